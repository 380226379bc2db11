import { escape, type ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import { writeNumber } from "../base/write-numbers.js";
import { isBound } from "../simulate/manifest.js";
import type { Run } from "../simulate/simulate.js";
import { capacityPoints } from "../study/capacity/points.js";
import { isReference, NO_CO_LOCATION } from "../study/capacity/references.js";
import { differences, type DifferenceRow } from "../study/differences.js";
import { arrange } from "./build/arrange.js";
import { levelName } from "./capacity.js";
import { joinTexts, originOfRuns } from "./captions.js";
import { carriedWork } from "./carried-work.js";
import type { Figure, Text } from "./figure.js";
import { machinesByLoad } from "./machines-by-load.js";
import { checkWorkload } from "./machine-history.js";
import { checkRuns } from "./run-rows.js";
import { coefficient } from "./sentence-numbers.js";
import { tradeOff } from "./trade-off.js";
import { words } from "./words/words.js";

export interface OverviewOptions {
  /** The level of violations that best-effort work may add. Default 0.01. */
  readonly level?: number;
}

/**
 * Returns the one figure that answers the thesis's question: the machines sorted by load before and after
 * (the first run, and the policy with the lowest Gini that is no bound), Gini against migration traffic for
 * all runs, and the best-effort work that policies and references carry. `runs` are of one workload,
 * simulated with `keepMachines: true`, the run without migration first; `found` is the table from
 * `carryingCapacity`. Throws InputError for fewer than two runs, and the same errors as the three charts.
 */
export function overview(
  runs: readonly Run[],
  found: ColumnTable,
  { level = 0.01 }: OverviewOptions = {},
): Figure {
  checkRuns(runs);
  checkWorkload(runs);
  const other = runs.find(({ steps }) => steps.time.length !== runs[0].steps.time.length);
  if (other) throw new InputError(`${runs[0].policy} and ${other.policy} were simulated for different steps`);
  const [before, ...others] = runs;
  const after = others
    .filter((run) => !isBound(run))
    .reduce<Run | undefined>(
      (best, run) => (best && best.summary.gini <= run.summary.gini ? best : run),
      undefined,
    );
  if (after === undefined) throw new InputError("one run is nothing to compare: give two policies or more");
  const { title } = words.overview;
  return arrange([machinesByLoad([before, after]), tradeOff(runs), carriedWork(found, { level })], {
    name: "overview",
    title,
    says: says(before, after, found, level),
    caption: joinTexts(words.overview.caption(levelName(level)), originOfRuns(runs).basis),
    titles: [words.machinesByLoad.title, words.overview.balance, words.overview.carried(levelName(level))],
    aspect: 1,
  });
}

function says(before: Run, after: Run, found: ColumnTable, level: number): Text {
  const { evens, noneEvens, carries, times } = words.overview;
  const points = capacityPoints(found).filter((point) => point.level === level);
  const shared = points.filter(({ policy }) => !isReference(policy)).map(({ factor }) => factor.mean);
  const separate = points.find(({ policy }) => policy === NO_CO_LOCATION)?.factor.mean ?? NaN;
  const at = (value: number): string => writeNumber(value, 2);
  const [from, to] = [before, after].map(({ summary }) => coefficient(summary.gini));
  return joinTexts(
    after.summary.gini < before.summary.gini
      ? evens(after.policy, from, to, writeNumber(after.summary.migrationGb, 3))
      : noneEvens(before.policy, from),
    carries(
      times(at(Math.min(...shared)), at(Math.max(...shared))),
      times(at(separate), at(separate)),
      levelName(level),
      carryMore(found, level),
    ),
  );
}

/** Returns the policies that were shown to carry more than the first policy. */
function carryMore(found: ColumnTable, level: number): string[] {
  const atLevel = found.filter(escape((row: { level: number }) => row.level === level));
  const policies = [...new Set(atLevel.array("policy") as Iterable<string>)].filter(
    (name) => !isReference(name),
  );
  if (policies.length < 2) return [];
  const rows = differences(atLevel, {
    baseline: policies[0],
    metrics: ["factor"],
  }).objects() as DifferenceRow[];
  return rows
    .filter(({ policy, verdict }) => verdict === "higher" && !isReference(policy))
    .map(({ policy }) => policy);
}
