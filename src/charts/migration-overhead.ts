import type { Run } from "../simulate/simulate.js";
import { bars } from "./build/bars.js";
import { describeRuns } from "./captions.js";
import { POLICY } from "./columns.js";
import type { Figure } from "./figure.js";
import { SUMMARY_LABELS, type Quantity } from "./labels.js";
import { checkRuns } from "./run-rows.js";
import { say } from "./words/say.js";

/** What migrations cost, of a whole run. */
export type OverheadFigure = "migrationGb" | "linkShare" | "downtimeSeconds" | "stalledSeconds";

const STALLED: Quantity = { label: say(({ overhead }) => overhead.stalled), unit: "s", scale: 1 };

/**
 * Returns the chart of what migrations cost, by policy (groups) and by the way tasks are moved (bars). A pair
 * of the two without a run has no bar. Throws InputError for no run and for two of one pair.
 */
export function migrationOverhead(
  runs: readonly Run[],
  figure: OverheadFigure = "migrationGb",
  { scale = "linear" }: { scale?: "linear" | "log" } = {},
): Figure {
  checkRuns(runs);
  const quantity = figure === "stalledSeconds" ? STALLED : SUMMARY_LABELS[figure];
  const rows = runs.map((run) => ({
    category: run.policy,
    series: run.manifest.simulation.migration,
    value: figure === "stalledSeconds" ? stalledSeconds(run) : run.summary[figure],
  }));
  return bars(rows, {
    x: "category",
    y: "value",
    columns: ["category", "series", "value"],
    color: "series",
    name: `migration-overhead-${figure}`,
    title: say(({ overhead }, of) => overhead.title(of(quantity.label))),
    caption: say(({ overhead }) => overhead.caption),
    source: describeRuns(runs),
    labels: { category: POLICY, series: say(({ common }) => common.migration), value: quantity },
    scales: { value: scale },
  });
}

/** Seconds that tasks stood still besides downtime, in all migrations that reached their end. */
function stalledSeconds({ moves }: Run): number {
  return moves.stalled.reduce((sum, seconds, row) => (moves.outcome[row] === 1 ? sum + seconds : sum), 0);
}
