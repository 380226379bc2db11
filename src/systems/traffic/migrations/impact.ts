/** What the migrations of simulated runs do to LC flows on the same links. */
import { from, type ColumnTable } from "arquero";
import { InputError } from "../../../base/errors.js";
import type { Manifest } from "../../../simulate/manifest.js";
import type { MigrationColumns } from "../../../simulate/run.js";
import { checkKeys, optional, SEED, whole, type Checks } from "../../../base/checks.js";
import { ascending, LOAD, SECONDS, SIZES } from "../check.js";
import { slowdowns } from "../control.js";
import { withBackground } from "../flows.js";
import { bigSwitch } from "../network.js";
import { runFlows, type FlowRun, type RunFlowsOptions } from "../run-flows.js";
import type { SizeDistribution } from "../sizes/distribution.js";
import { generateFlows } from "../sizes/generate.js";
import { burstsOf, type Burst } from "./bursts.js";
import { meetings } from "./meetings.js";

/** What is needed of a run; `simulate` returns it. */
export interface RunWithMigrations {
  readonly policy: string;
  readonly migrations: MigrationColumns;
  readonly manifest: Manifest;
}

/** How LC flows and migrations share links. */
export type Discipline = "fair" | "tagged-lowest" | "by-bytes-sent";

export interface ImpactOptions {
  /** Sizes of LC flows. */
  readonly sizes: SizeDistribution;
  /** Share of every uplink that LC flows need. Default .3. */
  readonly load?: number;
  /** Thresholds of "by-bytes-sent", in bytes: an optimum, or a learned rule's. */
  readonly thresholds: ArrayLike<number>;
  /** Windows of each run, and their length. Default 3 of 10 s. */
  readonly windows?: number;
  readonly seconds?: number;
  /** Servers of a window at least: those that take part in its migrations, and others. Default 8. */
  readonly servers?: number;
  /** Default 1. */
  readonly seed?: number;
}

/** Thresholds of "by-bytes-sent", which would be "fair" without any. */
export const QUEUES = ascending(undefined, 1);

const OPTIONS: Checks<ImpactOptions> = {
  ...{ sizes: SIZES, load: optional(LOAD), thresholds: QUEUES, seed: optional(SEED) },
  ...{ windows: optional(whole()), seconds: optional(SECONDS), servers: optional(whole(2)) },
};

/** Seconds of LC flows before a window, which are not counted. */
const WARM_UP = 2;

/** A row of the table of `migrationImpact`. */
interface ImpactRow {
  readonly policy: string;
  readonly migration: string;
  readonly discipline: Discipline;
  /** Number of the window, from 0, and the second of the run at which it starts. */
  readonly window: number;
  readonly start: number;
  readonly servers: number;
  readonly migrations: number;
  readonly migrationGb: number;
  readonly lcFlows: number;
  /** Share of the window's LC flows that meet a migration. */
  readonly meetShare: number;
  /** Mean slowdown of LC flows that meet a migration, and of the same flows without migrations. */
  readonly meetSlowdown: number;
  readonly meetSlowdownWithout: number;
  /** Mean slowdown of all LC flows, and without migrations. */
  readonly slowdown: number;
  readonly slowdownWithout: number;
  /** Largest difference of an LC flow's completion time from that without migrations, in seconds. */
  readonly largestChange: number;
  /** Mean time of a migration over that on links of its own. */
  readonly migrationSlowdown: number;
}

/**
 * Returns a table with a row for each run, each of its densest windows of migrations and each discipline: the
 * share of LC flows that meet a migration, and their slowdown with and without migrations. LC flows are
 * generated between the servers of the window. Links are as fast as in the run (`linkGbps`); a migration is a
 * flow of all its bytes from its start on, not limited to a channel as in the clock loop. Throws InputError
 * where no run has a migration.
 */
export function migrationImpact(runs: readonly RunWithMigrations[], options: ImpactOptions): ColumnTable {
  checkKeys("migrationImpact", options, OPTIONS);
  const { windows: count = 3, seconds = 10 } = options;
  const rows = runs.flatMap((run) =>
    burstsOf(run.migrations, { count, seconds }).flatMap((burst, window) =>
      rowsOf(run, burst, options).map((row) => ({ ...row, window })),
    ),
  );
  if (rows.length === 0) throw new InputError("no run has a migration: give runs of a policy that migrates");
  return from(rows satisfies ImpactRow[]);
}

function rowsOf(run: RunWithMigrations, burst: Burst, options: ImpactOptions): Omit<ImpactRow, "window">[] {
  const { sizes, load = 0.3, thresholds, servers: least = 8, seed = 1 } = options;
  const { model, migration } = run.manifest.simulation;
  const servers = Math.max(least, burst.machines.length);
  const network = bigSwitch(servers, model.linkGbps);
  const seconds = WARM_UP + burst.seconds;
  const lc = generateFlows(sizes, network, { load, seconds, seed });
  // LC flows are there before the window begins.
  const late = burst.flows.arrival.map((time) => time + WARM_UP);
  const flows = withBackground(lc, { ...burst.flows, arrival: late });
  const disciplines: Record<Discipline, RunFlowsOptions> = {
    fair: {},
    "tagged-lowest": { background: "lowest" },
    "by-bytes-sent": { thresholds },
  };
  const alone = {
    queued: runFlows(lc, network, { thresholds }),
    fair: runFlows(lc, network),
  };
  return Object.entries(disciplines).map(([discipline, how]) => ({
    policy: run.policy,
    migration,
    discipline: discipline as Discipline,
    start: burst.start,
    servers,
    migrations: burst.flows.arrival.length,
    migrationGb: burst.bytes / 1e9,
    ...compared(runFlows(flows, network, how), how.thresholds === undefined ? alone.fair : alone.queued),
  }));
}

/** Compares LC flows of the window with and without migrations. */
function compared(both: FlowRun, alone: FlowRun) {
  const { flows } = both;
  const met = meetings(both);
  const withThem = slowdowns(both);
  const without = slowdowns(alone);
  const lcRows = Array.from(flows.arrival.keys()).filter((f) => flows.background![f] === 0);
  // Row i of LC flows alone is the i-th LC row of both.
  const counted = lcRows.map((f, i) => ({ f, i })).filter(({ f }) => flows.arrival[f] >= WARM_UP);
  const meeting = counted.filter(({ f }) => met[f] === 1);
  const mean = <T>(rows: readonly T[], value: (row: T) => number): number =>
    rows.reduce((sum, row) => sum + value(row), 0) / rows.length;
  const change = ({ f, i }: { f: number; i: number }): number =>
    Math.abs(both.completionTime[f] - alone.completionTime[i]);
  return {
    lcFlows: counted.length,
    meetShare: meeting.length / counted.length,
    meetSlowdown: mean(meeting, ({ f }) => withThem[f]),
    meetSlowdownWithout: mean(meeting, ({ i }) => without[i]),
    slowdown: mean(counted, ({ f }) => withThem[f]),
    slowdownWithout: mean(counted, ({ i }) => without[i]),
    largestChange: counted.reduce((largest, row) => Math.max(largest, change(row)), 0),
    migrationSlowdown: meanOfMigrations(both, withThem),
  };
}

function meanOfMigrations({ flows }: FlowRun, slowdown: Float64Array): number {
  const rows = Array.from(slowdown).filter((_, f) => flows.background![f] === 1);
  return rows.reduce((sum, value) => sum + value, 0) / rows.length;
}
