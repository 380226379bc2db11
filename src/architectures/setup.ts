/** The input of every engine: jobs, machines, and how to run them. */
import type { CapacityChanges, Cluster } from "./cluster.js";
import type { Jobs } from "./jobs/jobs.js";
import type { ProbeLists } from "./workers/probes.js";

/**
 * `clean` runs an architecture without faults; the other modes reproduce a reference program and its faults.
 */
export const MODES = ["clean", "omega-sim", "sparrow-sim", "eagle-sim"] as const;
export type Mode = (typeof MODES)[number];

export interface Setup {
  readonly jobs: Jobs;
  readonly cluster: Cluster;
  /** Jobs that run at time 0, only in mode omega-sim; in mode clean, they are among the changes. */
  readonly prefill?: Jobs;
  /** Changes of what is free on the machines. */
  readonly changes: CapacityChanges;
  readonly mode: Mode;
  /** The seed of the random draws; in a reference program's mode, that program's seed. */
  readonly seed: number;
  /** The run ends with the first event after this time. */
  readonly horizon: number;
  /** The run ends when start and end of all tasks are known for this number of jobs. */
  readonly stopAfterJobs: number;
  /** The workers that the jobs probe; absent: they are drawn at random. */
  readonly probes?: ProbeLists;
}
