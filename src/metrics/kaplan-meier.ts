import { InputError } from "../base/errors.js";

/**
 * A survival curve: after `time[i]` (ascending), the share `survival[i]` of the executions is still running.
 */
export interface Survival {
  readonly time: Float64Array;
  readonly survival: Float64Array;
}

/**
 * Returns the Kaplan-Meier estimate of how long executions last, where some were still running when they were
 * last seen (Kaplan and Meier 1958): S(t) = product over times t_i <= t of (1 - ends at t_i / executions
 * under observation at t_i). The result holds only times at which an execution ended. An execution censored
 * at such a time counts as under observation. Throws InputError where the two columns differ in length.
 */
export function kaplanMeier(durations: ArrayLike<number>, ended: ArrayLike<number | boolean>): Survival {
  if (durations.length !== ended.length) {
    throw new InputError(
      `${durations.length} durations and ${ended.length} ends; give one end for each duration`,
    );
  }
  const order = Uint32Array.from({ length: durations.length }, (_, i) => i);
  order.sort((a, b) => durations[a] - durations[b]);
  const time: number[] = [];
  const survival: number[] = [];
  let share = 1;
  for (let i = 0; i < order.length;) {
    const now = durations[order[i]];
    const observed = order.length - i;
    let ends = 0;
    for (; i < order.length && durations[order[i]] === now; i++) ends += Number(ended[order[i]]);
    if (ends === 0) continue;
    share *= 1 - ends / observed;
    time.push(now);
    survival.push(share);
  }
  return { time: Float64Array.from(time), survival: Float64Array.from(survival) };
}

/** Returns the share of executions that last longer than `at`. */
export function survivalAt({ time, survival }: Survival, at: number): number {
  let share = 1;
  for (let i = 0; i < time.length && time[i] <= at; i++) share = survival[i];
  return share;
}

/** Returns the time by which the share `probability` has ended, NaN where the observation was too short. */
export function survivalQuantile({ time, survival }: Survival, probability: number): number {
  const i = survival.findIndex((share) => share <= 1 - probability + 1e-12);
  return i < 0 ? NaN : time[i];
}
