import type { ColumnTable } from "arquero";
import { CONFIGURATIONS, type ConfigurationName } from "../testbed/configurations.js";
import { FIGURES } from "../testbed/published.js";
import { InputError } from "../../../base/errors.js";
import { writeNumber } from "../../../base/write-numbers.js";
import { arrange } from "../../../charts/build/arrange.js";
import { intervals } from "../../../charts/build/intervals.js";
import { withProvenance } from "../../../charts/captions.js";
import type { Figure, Text } from "../../../charts/figure.js";
import { giantVmWords } from "./words/words.js";
import { differences, means, type DifferenceRow } from "../../../study/differences.js";

/** The metrics, and whether more of each is better (1) or less (-1). */
const BETTER = {
  moves: -1,
  movesToLc: -1,
  movedMb: -1,
  p95: -1,
  p99: -1,
  p999: -1,
  qps: 1,
  beThroughput: 1,
  cpu: 1,
  gini: -1,
} as const;
type Metric = keyof typeof BETTER;
const METRICS = Object.keys(BETTER) as Metric[];

interface Change {
  readonly metric: Metric;
  /** Over the baseline's mean; likewise the ends of the interval. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: "better" | "worse" | "none";
}

/** Changes from this share of the baseline on have a panel of their own. */
const LARGE = 0.2;
const LOOKS = {
  better: { color: "#0072B2", symbol: "circle", size: 6 },
  worse: { color: "#D55E00", symbol: "x", size: 6 },
  none: { color: "#8a8a8a", symbol: "circle-open", size: 6 },
} as const;

/**
 * Returns the forest plot of one configuration's paired differences from another, in percent of the other's
 * means, with 95 % intervals: large changes and small ones in panels of their own. `runs` is a table of
 * `repeatTestbed`. A metric whose mean is 0 in the baseline has no percentage and is left out. Throws the
 * same errors as `differences`, and InputError where no metric is left.
 */
export function pairedDifferences(
  runs: ColumnTable,
  { configuration, baseline }: { configuration: ConfigurationName; baseline: ConfigurationName },
): Figure {
  const changes = changesOf(runs, configuration, baseline);
  if (changes.length === 0)
    throw new InputError(`no metric of ${baseline} has a mean above 0 to compare with`);
  const groups = bySize(changes);
  const text = giantVmWords.testbed.paired;
  const names = [CONFIGURATIONS[configuration].label, CONFIGURATIONS[baseline].label] as const;
  const titles = groups.length === 1 ? [text.all] : [text.large(writeNumber(100 * LARGE)), text.small];
  const seeds = new Set(runs.array("seed")).size;
  const figure = arrange(
    groups.map((group, i) => panelOf(group, titles[i], names[1])),
    {
      name: "paired-differences",
      title: text.title(...names),
      says: saysOf(changes, names),
      caption: text.caption,
      width: "page",
      aspect: 0.15 + 0.12 * Math.max(...groups.map((group) => group.length)),
    },
  );
  return withProvenance(figure, text.source(seeds));
}

function changesOf(runs: ColumnTable, configuration: string, baseline: string): Change[] {
  const of = "configuration";
  const levels = means(runs, { of, metrics: METRICS }).objects() as Record<string, unknown>[];
  const level = (metric: string): number =>
    levels.find((row) => row[of] === baseline && row.metric === metric)!.mean as number;
  const rows = differences(runs, { of, baseline, metrics: METRICS }).objects() as (DifferenceRow & {
    configuration: string;
    metric: Metric;
  })[];
  return rows
    .filter((row) => row.configuration === configuration && level(row.metric) !== 0)
    .map(({ metric, difference, low, high, verdict }) => {
      const base = Math.abs(level(metric));
      const sign = verdict === "higher" ? 1 : verdict === "lower" ? -1 : 0;
      const told = sign === 0 ? "none" : sign === BETTER[metric] ? "better" : "worse";
      return { metric, difference: difference / base, low: low / base, high: high / base, verdict: told };
    });
}

/** Returns large and small changes apart; one group where there are only large or only small ones. */
function bySize(changes: readonly Change[]): Change[][] {
  const isLarge = ({ difference }: Change): boolean => Math.abs(difference) >= LARGE;
  return [changes.filter(isLarge), changes.filter((change) => !isLarge(change))].filter(
    (group) => group.length > 0,
  );
}

function panelOf(changes: readonly Change[], title: Text, baseline: Text): Figure {
  const { metric, difference, verdict, verdicts, metrics, lessIs, moreIs } = giantVmWords.testbed.paired;
  const named = METRICS.map((name) => {
    const label = Object.hasOwn(FIGURES, name) ? FIGURES[name as keyof typeof FIGURES] : metrics[name];
    return [name, (BETTER[name] < 0 ? lessIs : moreIs)(label)] as const;
  });
  return intervals(changes, {
    y: "metric",
    x: "difference",
    low: "low",
    high: "high",
    color: "verdict",
    reference: 0,
    title,
    looks: LOOKS,
    columns: ["metric", "difference", "low", "high", "verdict"],
    labels: {
      metric,
      verdict,
      difference: { label: difference(baseline), unit: "%", scale: 100 },
    },
    names: { ...Object.fromEntries(named), ...verdicts },
    order: { verdict: Object.keys(LOOKS) },
    axes: { difference: { showgrid: true, nticks: 5 }, metric: { title: "" } },
  });
}

function saysOf(changes: readonly Change[], [name, baseline]: readonly [Text, Text]): Text {
  const { says, part, nothing, metrics } = giantVmWords.testbed.paired;
  const best = (verdict: Change["verdict"]): Text => {
    const found = changes
      .filter((change) => change.verdict === verdict)
      .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
    if (found.length === 0) return nothing;
    const [{ metric, difference }] = found;
    const label = Object.hasOwn(FIGURES, metric) ? FIGURES[metric as keyof typeof FIGURES] : metrics[metric];
    const sign = difference > 0 ? "+" : "−";
    return part(found.length, label, `${sign}${writeNumber(Math.abs(100 * difference), 2)} %`);
  };
  return says(name, baseline, best("better"), best("worse"));
}
