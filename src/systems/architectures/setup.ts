/** What every engine is given: jobs, machines, and how to run them. */
import type { Cluster } from "./cluster.js";
import type { Jobs } from "./jobs/jobs.js";
import type { ProbeLists } from "./workers/probes.js";

/** `clean` is the architecture as it should be; the others reproduce a reference program, faults included. */
export const MODES = ["clean", "omega-sim", "sparrow-sim", "eagle-sim"] as const;
export type Mode = (typeof MODES)[number];

export interface Setup {
  readonly jobs: Jobs;
  readonly cluster: Cluster;
  /** Jobs that are on the machines at time 0. */
  readonly prefill?: Jobs;
  readonly mode: Mode;
  /** The seed of the random draws; in a reference program's mode, that program's seed. */
  readonly seed: number;
  /** The run ends with the first event after this time. */
  readonly horizon: number;
  /** The run ends when the last task of so many jobs is settled. */
  readonly stopAfterJobs: number;
  /** The workers that the jobs probe, where they are not to be drawn. */
  readonly probes?: ProbeLists;
}
