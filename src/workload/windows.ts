/** The replicates of an experiment over the time of one trace. */
import { InputError } from "../base/errors.js";
import { keepWindow } from "./narrow.js";
import type { Workload } from "./workload.js";

/** Which stretch of a trace is meant. */
export interface Window {
  /** From 0. */
  readonly row: number;
  readonly count: number;
  /** Default: all steps shared out evenly, the last few left over. */
  readonly steps?: number;
}

/**
 * Returns one of `count` stretches of the workload, one after the other. Throws InputError where they are
 * longer than it.
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
