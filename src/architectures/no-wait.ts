/** The probability that a job does not wait, in closed form (Ousterhout et al., SOSP 2013, section 3). */
import { InputError } from "../base/errors.js";

export interface Sampled {
  /** Share of the workers that are busy; each has one slot. */
  readonly load: number;
  /** Tasks of the job. */
  readonly tasks: number;
  /** Probes for each task. Default 2. */
  readonly probeRatio?: number;
}

/**
 * Returns the probability that all tasks of a job begin without waiting, where each worker is busy with
 * probability `load`, independently of the others. Random: all m workers are idle, (1 - load)^m. Per task: at
 * least one of the d probed workers of each task is idle, (1 - load^d)^m. Batch, and late binding, which uses
 * every idle worker that it has probed: at least m of the d m probed workers are idle. Throws InputError for
 * numbers out of range.
 */
export function noWait(
  sampling: "random-sampling" | "per-task-sampling" | "batch-sampling" | "sparrow",
  { load, tasks, probeRatio = 2 }: Sampled,
): number {
  if (!(load >= 0 && load <= 1)) throw new InputError(`load is ${load}: give a number from 0 to 1`);
  if (!Number.isInteger(tasks) || tasks < 1)
    throw new InputError(`tasks is ${tasks}: give a whole number of 1 or more`);
  const probes = Math.ceil(probeRatio * tasks);
  if (!(probes >= tasks)) throw new InputError(`probeRatio is ${probeRatio}: give a number of 1 or more`);
  switch (sampling) {
    case "random-sampling":
      return (1 - load) ** tasks;
    case "per-task-sampling":
      return (1 - load ** probeRatio) ** tasks;
    case "batch-sampling":
    case "sparrow":
      return atLeast(tasks, probes, 1 - load);
  }
}

/** P(at least `least` of `count` independent events, each of probability `p`). */
function atLeast(least: number, count: number, p: number): number {
  if (p === 0 || p === 1) return p;
  let sum = 0;
  // Logarithms, because the binomial coefficients of hundreds of probes overflow.
  let logChoose = 0;
  for (let i = 0; i <= count; i++) {
    if (i > 0) logChoose += Math.log((count - i + 1) / i);
    if (i >= least) sum += Math.exp(logChoose + i * Math.log(p) + (count - i) * Math.log1p(-p));
  }
  return Math.min(1, sum);
}
