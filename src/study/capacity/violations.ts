/**
 * When latency-critical (LC) work suffers from best-effort work, and when best-effort work counts as carried.
 */
import { type RunMetricName } from "../../simulate/metrics/catalogue.js";

/** The metrics of the summary that are kept of a run at the load found. */
export const CAPACITY_FIGURES = [
  "utilization",
  "beUtilization",
  "gini",
  "migrationGb",
  "beThroughput",
  "pending",
  "lcViolations",
  "lcTailViolations",
  "lcHarmed",
  "lcTail",
] as const satisfies readonly RunMetricName[];
export type CapacityFigure = (typeof CAPACITY_FIGURES)[number];
export type CapacityFigures = Readonly<Record<CapacityFigure, number>>;

/**
 * This share of the best-effort work may remain undone, or the second share of the trace's own best-effort
 * work where that is more.
 */
export const UNDONE = 0.05;
export const UNDONE_OF_TRACE = 0.01;

/**
 * Returns the share of LC work that is violated because of best-effort work: the larger of two increases over
 * LC work alone on the same machines, at least 0. The first is the increase of `lcTailViolations`, the LC
 * load on machines whose modelled tail is above the SLO. The second is the increase of `lcViolations`, the LC
 * task-steps with less than 95 % of the wanted CPU, including tasks that wait for a machine. Increases are
 * used because LC work alone already causes some violations. Both metrics have absolute limits, so layouts
 * that place LC tasks on other machines are comparable. `lcHarmed` compares each machine with itself without
 * best-effort work, so it would not detect LC work that is crowded onto few dedicated machines.
 */
export function addedViolations(run: CapacityFigures, alone: CapacityFigures): number {
  return Math.max(0, run.lcTailViolations - alone.lcTailViolations, run.lcViolations - alone.lcViolations);
}

/**
 * Whether best-effort work of `factor` times the trace's was carried: all but 5 % of it was done by the end.
 * Work that waits is not carried. Up to 1 % of the trace's own work may always be undone: at a small factor,
 * one task that starves on a hot machine must not decide the result.
 */
export function isCarried(factor: number, { beThroughput }: CapacityFigures): boolean {
  // The throughput is NaN where there is no best-effort work; the negated comparison then returns true.
  return !(factor * (1 - beThroughput) > Math.max(UNDONE * factor, UNDONE_OF_TRACE));
}
