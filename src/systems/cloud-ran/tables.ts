/** Runs of the subframe loop as arquero tables, for notebooks and exports. */
import { table, type ColumnTable } from "arquero";
import { descriptionColumns } from "../../base/definition.js";
import { quantileOfSorted } from "../../metrics/statistics.js";
import { SUBFRAME_OUTCOME } from "./loop/loop.js";
import type { SubframePolicyDefinition } from "./policy.js";
import type { SubframeRun } from "./run.js";

/** The summary of a run. Shares are of all subframes. */
export interface SubframeSummary {
  /** Share that missed the deadline: given up, or late. */
  readonly missRate: number;
  readonly givenUp: number;
  readonly late: number;
  /** Work over the time of all cores, from the first slot to the last. */
  readonly utilization: number;
  /** 99th percentile of the time from arrival to end, of the subframes that met the deadline; us. */
  readonly responseP99: number;
  /** Subtasks that other cores did, per subframe. */
  readonly moved: number;
}

/** Returns the summary of a run. */
export function subframeSummary({
  outcome,
  response,
  busy,
  moved,
  slots,
  cores,
  model,
}: SubframeRun): SubframeSummary {
  const counts = SUBFRAME_OUTCOME.map(() => 0);
  for (const code of outcome) counts[code]++;
  const [met, givenUp, late] = counts.map((count) => count / outcome.length);
  const work = busy.reduce((sum, time) => sum + time, 0);
  return {
    missRate: givenUp + late,
    givenUp,
    late,
    utilization: work / (cores * slots * model.slot),
    responseP99: met > 0 ? quantileOfSorted(response.filter((_, i) => outcome[i] === 0).sort(), 0.99) : NaN,
    moved: moved / outcome.length,
  };
}

/** Returns a table with one row per run: policy, cells, cores, antennas, RTT/2, and the summary. */
export function subframesTable(runs: readonly SubframeRun[]): ColumnTable {
  const rows = runs.map((run) => {
    const { policy, cells, cores, antennas, slots, model } = run;
    return { policy, cells, cores, antennas, halfRtt: model.halfRtt, slots, ...subframeSummary(run) };
  });
  const names = rows.length === 0 ? [] : (Object.keys(rows[0]) as (keyof (typeof rows)[0])[]);
  return table(Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])));
}

/** Returns the share of missed deadlines of each cell. */
export function missRateByCell({ cells, slots, outcome }: SubframeRun): Float64Array {
  const missed = new Float64Array(cells);
  for (let i = 0; i < outcome.length; i++) if (outcome[i] > 0) missed[i % cells]++;
  return missed.map((count) => count / slots);
}

/** Returns a table with one row per rule: rule, source, fidelity and deviations. */
export function subframePoliciesTable(policies: readonly SubframePolicyDefinition[]): ColumnTable {
  return table(descriptionColumns(policies));
}
