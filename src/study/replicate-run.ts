import type { Manifest } from "../simulate/manifest.js";
import type { Run } from "../simulate/simulate.js";

/** What is kept of a run that is one of many repetitions: a study has hundreds of them. */
export type ReplicateRun = Pick<Run, "policy" | "summary" | "steps" | "manifest">;

/** Returns the parts of a run that a study keeps. */
export function keep({ policy, summary, steps, manifest }: Run): ReplicateRun {
  return { policy, summary, steps, manifest };
}

/** Returns the step of its trace with which a run's window begins; 0 where it is no window. */
export function firstStepOf({ workload: { options } }: Manifest): number {
  return "firstStep" in options ? Number(options.firstStep) : 0;
}
