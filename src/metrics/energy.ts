/**
 * Power and energy of a cluster's machines. A machine at utilization 0 is idle, not off. (CloudSim counts no
 * energy where the previous sample is 0.) Where no policy switches machines off, energy differs little
 * between policies.
 */
import { InputError } from "../base/errors.js";
import { checkNonNegative } from "./check.js";

/** Power in watts at a CPU utilization from 0 to 1. Utilizations outside this range count as 0 or 1. */
export type PowerModel = (utilization: number) => number;

/** Power at 0, 10, ... 100 % load of an HP ProLiant ML110 G4 (SPECpower_ssj2008), in watts. */
export const ML110_G4: readonly number[] = [86, 89.4, 92.6, 96, 99.5, 102, 106, 108, 112, 114, 117];

/** The same for an HP ProLiant ML110 G5. */
export const ML110_G5: readonly number[] = [93.7, 97, 101, 105, 110, 116, 121, 125, 129, 133, 135];

/** Returns P(u) = idle + (max - idle) u. Throws InputError where a power is negative or idle exceeds max. */
export function linearPower(idle: number, max: number): PowerModel {
  checkNonNegative("idle power", idle);
  checkNonNegative("maximum power", max);
  if (idle > max) throw new InputError(`idle power is ${idle}, above the maximum ${max}: exchange them`);
  return (utilization) => idle + (max - idle) * clamp(utilization);
}

/**
 * Returns the power model of a table of watts at evenly spaced utilizations from 0 to 1, linear in between: a
 * SPECpower table has 11. Throws InputError where the table has fewer than two entries or a negative one.
 */
export function tablePower(watts: readonly number[]): PowerModel {
  if (watts.length < 2) throw new InputError(`power table has ${watts.length} entries: give 2 or more`);
  for (const entry of watts) checkNonNegative("power in the table", entry);
  const cells = watts.length - 1;
  return (utilization) => {
    const position = clamp(utilization) * cells;
    const cell = Math.min(Math.floor(position), cells - 1);
    return watts[cell] + (position - cell) * (watts[cell + 1] - watts[cell]);
  };
}

/**
 * Returns the energy in joules of a machine whose utilization was sampled every `stepSeconds`: the trapezoid
 * rule over the n - 1 intervals between samples. 0 for fewer than two samples.
 */
export function energyJoules(
  utilization: ArrayLike<number>,
  stepSeconds: number,
  power: PowerModel = tablePower(ML110_G5),
): number {
  checkNonNegative("step", stepSeconds);
  let joules = 0;
  for (let i = 1; i < utilization.length; i++) {
    joules += ((power(utilization[i - 1]) + power(utilization[i])) / 2) * stepSeconds;
  }
  return joules;
}

function clamp(utilization: number): number {
  return Math.min(1, Math.max(0, utilization));
}
