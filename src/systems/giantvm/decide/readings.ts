/** From two samples of /proc/stat to what each node did in between. */
import type { CpuTicks, NodeReading, StatSample } from "./decider.js";

/** USER_HZ: what Linux counts CPU time in, on every architecture that has NUMA nodes. */
export const TICKS_PER_SECOND = 100;

/** Ticks of one CPU between two samples. */
interface CpuUse {
  readonly busy: number;
  readonly steal: number;
  readonly elapsed: number;
}

/** A reading, and how much stands behind it. */
export interface WeighedReading extends NodeReading {
  /** Ticks, over the node's CPUs, in which something ran or wanted to: what `stealShare` is a share of. */
  readonly runnableTicks: number;
  /** Ticks that passed, over the node's CPUs. */
  readonly elapsedTicks: number;
  /** CPUs of the node whose counters made sense. */
  readonly cpus: number;
}

/**
 * Returns a reading for each node. A CPU counts only where both samples have it and its counters make sense:
 * finite, not gone back (idle and iowait may, as proc(5) warns: they then count as 0), and no more than twice
 * the ticks that the time between the samples holds. A node without such a CPU, and every node where time
 * stood still or the sample before is missing, reads NaN.
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
  // Samples are some milliseconds apart from their time stamps, and CPUs report in jumps.
  return elapsed <= 2 * seconds * TICKS_PER_SECOND + 10 ? { busy, steal, elapsed } : undefined;
}

const BUSY = ["user", "nice", "system", "irq", "softirq"] as const;
const IDLE = ["idle", "iowait"] as const;

function byNumber(sample: StatSample): Map<number, CpuTicks> {
  return new Map(sample.cpus.map((ticks) => [ticks.cpu, ticks]));
}
