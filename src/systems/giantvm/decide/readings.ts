/** Computes the readings of each node from two samples of /proc/stat. */
import type { CpuTicks, NodeReading, StatSample } from "./decider.js";

/** USER_HZ, Linux's unit of CPU time on every architecture with NUMA nodes. */
export const TICKS_PER_SECOND = 100;

/** Ticks of one CPU between two samples. */
interface CpuUse {
  readonly busy: number;
  readonly steal: number;
  readonly elapsed: number;
}

/** A reading with the amount of time that it is based on. */
export interface WeighedReading extends NodeReading {
  /**
   * Ticks, summed over the node's CPUs, in which something ran or was ready to run: the denominator of
   * `stealShare`.
   */
  readonly runnableTicks: number;
  /** Elapsed ticks, summed over the node's CPUs. */
  readonly elapsedTicks: number;
  /** The number of the node's CPUs with valid counters. */
  readonly cpus: number;
}

/**
 * Returns a reading for each node. A CPU counts only where both samples have it and its counters are valid:
 * finite, not decreased (idle and iowait may decrease, as proc(5) warns, and then count as 0), and at most
 * twice the ticks that fit between the samples. A node without a valid CPU reads NaN, as does every node
 * without a previous sample or where no time has passed.
 */
export function readNodes(
  before: StatSample | undefined,
  after: StatSample,
  nodes: readonly (readonly number[])[],
): readonly WeighedReading[] {
  const seconds = before === undefined ? NaN : after.seconds - before.seconds;
  if (before === undefined || !(seconds > 0 && seconds < Infinity)) return nodes.map(() => NOTHING);
  const earlier = byNumber(before);
  const later = byNumber(after);
  return nodes.map((cpus) =>
    sumUp(
      cpus
        .map((cpu) => useBetween(earlier.get(cpu), later.get(cpu), seconds))
        .filter((use): use is CpuUse => use !== undefined),
    ),
  );
}

const NOTHING: WeighedReading = {
  stealTicks: NaN,
  stealShare: NaN,
  busyShare: NaN,
  runnableTicks: 0,
  elapsedTicks: 0,
  cpus: 0,
};

function sumUp(uses: readonly CpuUse[]): WeighedReading {
  if (uses.length === 0) return NOTHING;
  const total = (key: keyof CpuUse): number => uses.reduce((sum, use) => sum + use[key], 0);
  const busy = total("busy");
  const steal = total("steal");
  const elapsed = total("elapsed");
  return {
    stealTicks: steal,
    stealShare: busy + steal > 0 ? steal / (busy + steal) : NaN,
    busyShare: elapsed > 0 ? busy / elapsed : NaN,
    runnableTicks: busy + steal,
    elapsedTicks: elapsed,
    cpus: uses.length,
  };
}

function useBetween(
  before: CpuTicks | undefined,
  after: CpuTicks | undefined,
  seconds: number,
): CpuUse | undefined {
  if (before === undefined || after === undefined) return undefined;
  const busyColumns = BUSY.map((column) => after[column] - before[column]);
  const steal = after.steal - before.steal;
  const waiting = IDLE.reduce((sum, column) => sum + Math.max(0, after[column] - before[column]), 0);
  if (![...busyColumns, steal].every((ticks) => ticks >= 0)) return undefined;
  const busy = busyColumns.reduce((sum, ticks) => sum + ticks, 0);
  const elapsed = busy + steal + waiting;
  // Allow some tolerance: time stamps differ from samples by some milliseconds, and counters advance in
  // jumps.
  return elapsed <= 2 * seconds * TICKS_PER_SECOND + 10 ? { busy, steal, elapsed } : undefined;
}

const BUSY = ["user", "nice", "system", "irq", "softirq"] as const;
const IDLE = ["idle", "iowait"] as const;

function byNumber(sample: StatSample): Map<number, CpuTicks> {
  return new Map(sample.cpus.map((ticks) => [ticks.cpu, ticks]));
}
