/** Cuts a trace into windows of time, the replicates of an experiment. */
import { InputError } from "../base/errors.js";
import { keepWindow } from "./narrow.js";
import type { Workload } from "./workload.js";

/** One of `count` windows of a trace. */
export interface Window {
  /** The number of the window, from 0. */
  readonly row: number;
  readonly count: number;
  /**
   * Steps of a window. Default: the steps of the trace over `count`, rounded down; the last few are not used.
   */
  readonly steps?: number;
}

/**
 * Returns one of `count` consecutive windows of the workload. Throws InputError where the windows together
 * are longer than the workload.
 */
export function windowOf(whole: Workload, { row, count, steps: given }: Window): Workload {
  const steps = given ?? Math.floor(whole.steps / count);
  if (steps < 1 || count * steps > whole.steps) {
    const length = given === undefined ? "" : ` of ${given} steps`;
    throw new InputError(
      `${count} windows${length} are longer than the trace, which has ${whole.steps} steps; ` +
        `give fewer${length === "" ? "" : " or shorter ones"}`,
    );
  }
  const firstStep = row * steps;
  const window = keepWindow(whole, firstStep, steps);
  const options = { ...whole.provenance.options, firstStep, steps };
  return { ...window, provenance: { ...whole.provenance, options } };
}
