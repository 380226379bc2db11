/**
 * Quality of service of latency-critical (LC) tasks: how often they get less CPU than they want, or have a
 * longer tail latency than agreed. The CPU is measured in the simulation; the latency comes from the queueing
 * model.
 */
import { lcTail, type LcTailInput } from "./queueing.js";

/** An LC task that gets less than this share of the CPU that it wants counts as a violation. */
export const SHORTFALL_MARK = 0.95;

/** The default service level objective (SLO) is this many times the undisturbed tail. */
export const SLO_FACTOR = 1.2;

/** Tolerance for shares computed from sums of floats, so that rounding alone makes no violation. */
const ROUNDING = 1e-9;

/**
 * Whether a task that wants `demanded` CPU and gets `delivered` falls short; false where it wants nothing.
 */
export function fallsShort(demanded: number, delivered: number, mark: number = SHORTFALL_MARK): boolean {
  return demanded > 0 && delivered / demanded < mark - ROUNDING;
}

/** Returns the share of the wanted CPU that was not delivered, at least 0; NaN where none was wanted. */
export function shortfall(demanded: number, delivered: number): number {
  return demanded > 0 ? Math.max(0, 1 - delivered / demanded) : NaN;
}

/**
 * Returns the default SLO on `lcTail`: `factor` (1.2) times the tail of the LC work alone, on the whole
 * capacity, at the given load: the median LC load of a machine in the trace. Throws InputError as lcTail
 * does.
 */
export function defaultSlo(
  medianLoad: number,
  machine: Omit<LcTailInput, "load" | "effectiveCapacity">,
  factor: number = SLO_FACTOR,
): number {
  return factor * lcTail({ ...machine, load: medianLoad, effectiveCapacity: machine.capacity });
}
