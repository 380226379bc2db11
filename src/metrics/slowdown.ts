/** How much slower best-effort tasks are than in the trace, and how much best-effort work is done. */
import { checkNonNegative, checkRow, checkSameLength } from "./check.js";
import { meanOf, quantileOfSorted } from "./statistics.js";

export interface SlowdownFigures {
  /** Number of tasks that count. */
  readonly tasks: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
}

/**
 * Returns statistics of the slowdown of tasks: time taken over time in the trace (both in seconds, one row
 * per task; 1 means as fast as in the trace). Tasks that did not end (time taken NaN) or took no time in the
 * trace are left out. This favors policies that leave long tasks unfinished, so read the slowdown together
 * with the throughput. The statistics are NaN where no task is left.
 *
 * `boundSeconds` above 0 gives the bounded slowdown max(1, taken / max(traced, bound)) of Feitelson and
 * Rudolph, which prevents very short tasks from dominating the mean.
 *
 * Throws InputError on negative or infinite times and on unequal lengths.
 */
export function slowdownFigures(
  taken: ArrayLike<number>,
  traced: ArrayLike<number>,
  { boundSeconds = 0 }: { boundSeconds?: number } = {},
): SlowdownFigures {
  checkSameLength("time taken", taken, "time in the trace", traced);
  checkNonNegative("bound", boundSeconds);
  const slowdowns: number[] = [];
  for (let row = 0; row < taken.length; row++) {
    if (Number.isNaN(taken[row])) continue;
    checkRow("time taken by task", row, taken[row]);
    checkRow("time in the trace of task", row, traced[row]);
    const least = Math.max(traced[row], boundSeconds);
    if (least > 0) slowdowns.push(Math.max(boundSeconds > 0 ? 1 : 0, taken[row] / least));
  }
  const sorted = Float64Array.from(slowdowns).sort();
  return {
    tasks: sorted.length,
    mean: meanOf(sorted),
    p50: quantileOfSorted(sorted, 0.5),
    p95: quantileOfSorted(sorted, 0.95),
  };
}

/**
 * Returns best-effort throughput relative to a reference: work delivered over work in the reference, both in
 * CPU-seconds over the same time. NaN where the reference has none. Throws InputError on a negative or
 * non-finite number.
 */
export function relativeThroughput(delivered: number, reference: number): number {
  checkNonNegative("work delivered", delivered);
  checkNonNegative("work in the reference", reference);
  return reference > 0 ? delivered / reference : NaN;
}
