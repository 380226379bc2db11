/**
 * When latency-critical (LC) work suffers from best-effort work, and when best-effort work counts as carried.
 */
import { type RunMetricName } from "../../simulate/metrics/catalogue.js";

/** What is kept of a run at the load found: figures of the summary. */
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
 * Best-effort work may be left undone up to this share of it, or that share of the trace's where it is more.
 */
export const UNDONE = 0.05;
export const UNDONE_OF_TRACE = 0.01;

/**
 * Returns the share of LC work that is violated on account of best-effort work: the greater of two increases
 * over LC work alone on the same machines, at least 0. The one is of `lcTailViolations`, LC load on machines
 * whose modelled tail is above the SLO; the other of `lcViolations`, LC task-steps with less than 95 % of the
 * CPU wanted, those of tasks that wait for a machine among them. Increases, since LC work alone violates
 * both: its floor says nothing about best-effort work. Both are absolute marks, so that layouts with LC tasks
 * elsewhere compare; `lcHarmed`, which sets each machine against itself without best-effort work, would find
 * nothing wrong with LC work crowded onto few machines of its own.
 */
export function addedViolations(run: CapacityFigures, alone: CapacityFigures): number {
  return Math.max(0, run.lcTailViolations - alone.lcTailViolations, run.lcViolations - alone.lcViolations);
}

/**
 * Whether best-effort work of `factor` times the trace's was carried: all but 5 % of it was done by the end.
 * Work that waits is not carried. Up to 1 % of the trace's own work may be undone in any case: where the
 * factor is small, one task that starves on a hot machine is no verdict on the rest.
 */
export function isCarried(factor: number, { beThroughput }: CapacityFigures): boolean {
  // Throughput is NaN where there is no such work.
  return !(factor * (1 - beThroughput) > Math.max(UNDONE * factor, UNDONE_OF_TRACE));
}
