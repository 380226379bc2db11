/**
 * Cost of migrations for the network and the tasks. Only migration traffic counts, because the trace does not
 * say which tasks communicate.
 */
import { checkAllNonNegative, checkNonNegative, checkSameLength } from "./check.js";

/**
 * Migrations as columns, one row per migration, in any order. An execution starts at most one migration in a
 * step.
 */
export interface MigrationTable {
  /** Step after which the migration was decided. */
  readonly step: ArrayLike<number>;
  /** The execution of a task that migrates. */
  readonly execution: ArrayLike<number>;
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  /** Start of the copy, in seconds from step 0. */
  readonly start: ArrayLike<number>;
  /** From the start to the switch. */
  readonly seconds: ArrayLike<number>;
  /** The last part of `seconds`, during which the task runs nowhere. */
  readonly downtime: ArrayLike<number>;
  readonly bytes: ArrayLike<number>;
}

export interface MigrationOptions {
  /** Machines whose links count, n. */
  readonly machines: number;
  /** Bandwidth of one link, R, in bytes a second. */
  readonly linkBytesPerSecond: number;
  /** Time that the metrics cover, T, in seconds. */
  readonly duration: number;
  /** A return to a machine left within this many steps is ping-pong; default 10. */
  readonly pingPongSteps?: number;
  /** Whether the migration of a row reached its switch; default: all did. */
  readonly completed?: (row: number) => boolean;
}

export interface MigrationFigures {
  /** Migrations started. */
  readonly migrations: number;
  /** Distinct executions that migrated. */
  readonly tasksMigrated: number;
  readonly bytes: number;
  /** NaN where nothing migrated. */
  readonly bytesPerMigration: number;
  /** bytes / (n R T): every byte is counted once, at the machine that sends it, not at the receiver. */
  readonly linkShare: number;
  /** Sum over completed migrations, in seconds. */
  readonly downtime: number;
  /** Completed migrations back to a machine that the execution left within the last `pingPongSteps` steps. */
  readonly pingPong: number;
  /**
   * Most copies under way at one moment. A copy that ends exactly when another starts does not overlap with
   * it.
   */
  readonly peakFlows: number;
}

/**
 * Returns the metrics of a table of migrations (defined at MigrationFigures). An aborted copy counts with its
 * bytes in `bytes` and with its planned `seconds` in `peakFlows`. Throws InputError on columns of unequal
 * length and on negative or non-finite bytes, times or options.
 */
export function migrationFigures(
  migrations: MigrationTable,
  { machines, linkBytesPerSecond, duration, pingPongSteps = 10, completed = () => true }: MigrationOptions,
): MigrationFigures {
  checkTable(migrations);
  checkNonNegative("number of machines", machines);
  checkNonNegative("link bandwidth", linkBytesPerSecond);
  checkNonNegative("duration", duration);
  const n = migrations.execution.length;
  const rows = Array.from({ length: n }, (_, row) => row);
  const done = rows.filter(completed);
  const bytes = sum(rows, migrations.bytes);
  return {
    migrations: n,
    tasksMigrated: new Set(rows.map((row) => migrations.execution[row])).size,
    bytes,
    bytesPerMigration: bytes / n,
    linkShare: bytes / (machines * linkBytesPerSecond * duration),
    downtime: sum(done, migrations.downtime),
    pingPong: countReturns(migrations, done, pingPongSteps),
    peakFlows: peakFlows(migrations),
  };
}

function countReturns({ step, execution, from, to }: MigrationTable, rows: number[], window: number): number {
  const ordered = [...rows].sort((a, b) => execution[a] - execution[b] || step[a] - step[b]);
  const leftAt = new Map<number, number>();
  let current = NaN;
  let returns = 0;
  for (const row of ordered) {
    if (execution[row] !== current) leftAt.clear();
    current = execution[row];
    const left = leftAt.get(to[row]);
    if (left !== undefined && step[row] - left <= window) returns++;
    leftAt.set(from[row], step[row]);
  }
  return returns;
}

function peakFlows({ start, seconds }: MigrationTable): number {
  const starts = new Float64Array(start).sort();
  const ends = new Float64Array(start).map((begin, row) => begin + seconds[row]).sort();
  let peak = 0;
  let ended = 0;
  for (let started = 0; started < starts.length; started++) {
    while (ends[ended] <= starts[started]) ended++;
    peak = Math.max(peak, started + 1 - ended);
  }
  return peak;
}

/** Sums in ascending order of value, so that the order of the rows has no effect on the rounding. */
function sum(rows: readonly number[], column: ArrayLike<number>): number {
  return Float64Array.from(rows, (row) => column[row])
    .sort()
    .reduce((total, value) => total + value, 0);
}

function checkTable(migrations: MigrationTable): void {
  for (const name of ["step", "from", "to", "start", "seconds", "downtime", "bytes"] as const) {
    checkSameLength(name, migrations[name], "execution", migrations.execution);
  }
  for (const name of ["start", "seconds", "downtime", "bytes"] as const) {
    checkAllNonNegative(`${name} of migration`, migrations[name]);
  }
}
