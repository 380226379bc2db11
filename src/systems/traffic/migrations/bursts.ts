/** Where the migrations of a run are dense: windows of some seconds with the most bytes. */
import { checkKeys, optional, whole, type Checks } from "../../../base/checks.js";
import { SECONDS } from "../check.js";
import type { MigrationColumns } from "../../../simulate/run.js";
import { flowsFrom, type Flows } from "../flows.js";

/** Migrations of a run that start in a window, as flows between servers. */
export interface Burst {
  /** Second of the run at which the window begins; times of the flows count from here. */
  readonly start: number;
  readonly seconds: number;
  readonly bytes: number;
  /** Machines of the run that take part, as servers 0, 1, ... */
  readonly machines: Int32Array;
  readonly flows: Flows;
}

export interface BurstOptions {
  /** Windows at most. Default 3. */
  readonly count?: number;
  /** Length of a window. Default 10. */
  readonly seconds?: number;
}

const OPTIONS: Checks<BurstOptions> = { count: optional(whole()), seconds: optional(SECONDS) };

/**
 * Returns the windows in which the most bytes of migrations start, which do not overlap: at most `count`, the
 * largest first. Throws InputError for options out of range.
 */
export function burstsOf(migrations: MigrationColumns, options: BurstOptions = {}): Burst[] {
  checkKeys("burstsOf", options, OPTIONS);
  const { count = 3, seconds = 10 } = options;
  const rows = Array.from(migrations.start.keys())
    .filter((m) => migrations.bytes[m] > 0 && migrations.from[m] !== migrations.to[m])
    .sort((a, b) => migrations.start[a] - migrations.start[b] || a - b);
  const windows = rows.map((first, i) => {
    const start = migrations.start[first];
    let end = i;
    while (end < rows.length && migrations.start[rows[end]] < start + seconds) end++;
    const own = rows.slice(i, end);
    return { start, own, bytes: own.reduce((sum, m) => sum + migrations.bytes[m], 0) };
  });
  windows.sort((a, b) => b.bytes - a.bytes || a.start - b.start);
  const chosen: typeof windows = [];
  for (const window of windows) {
    if (chosen.length === count) break;
    if (chosen.every(({ start }) => Math.abs(start - window.start) >= seconds)) chosen.push(window);
  }
  return chosen.map(({ start, own, bytes }) => {
    const machines = Int32Array.from(
      new Set(own.flatMap((m) => [migrations.from[m], migrations.to[m]])),
    ).sort();
    const serverOf = new Map(Array.from(machines, (machine, server) => [machine, server]));
    const flows = flowsFrom(
      own.map((m) => ({
        arrival: migrations.start[m] - start,
        source: serverOf.get(migrations.from[m])!,
        target: serverOf.get(migrations.to[m])!,
        bytes: migrations.bytes[m],
        background: true,
      })),
    );
    return { start, seconds, bytes, machines, flows };
  });
}
