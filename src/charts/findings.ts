/** States the findings of a comparison over replicates, in sentences with its numbers. */
import type { ColumnTable } from "arquero";
import { REAL_CELL_GINI } from "./gini.js";
import { LABELS } from "./labels.js";
import { BALANCED_BELOW } from "../metrics/gini.js";
import {
  differences as differencesOf,
  means as meansOf,
  type DifferenceRow,
  type MeanRow,
} from "../study/differences.js";
import { type RunMetricName } from "../simulate/metrics/catalogue.js";
import { giniPrices, rankAgreement } from "../study/trade.js";
import { writeFixed, writeNumber } from "../base/write-numbers.js";

/** Metrics of harm to latency-critical work, each from a different point of view. */
const HARM: readonly RunMetricName[] = ["lcViolations", "lcHarmed", "lcTail"];
const METRICS: readonly RunMetricName[] = [
  "gini",
  "giniBound",
  "balancedShare",
  "utilization",
  "beThroughput",
  "migrationGb",
  "pingPong",
  ...HARM,
];

interface Study {
  readonly runs: ColumnTable;
  readonly baseline: string;
  readonly policies: readonly string[];
  readonly mean: (policy: string, metric: RunMetricName) => MeanRow;
  readonly differences: (metric: RunMetricName) => readonly DifferenceRow[];
}

/**
 * Returns the findings of a comparison, one paragraph each: which policies are more even, whether that counts
 * as balanced by the thesis's mark, the effects on utilization and on latency-critical work, and the price.
 * All numbers and verdicts come from these replicates. `runs` is a table from `experiment`, with one setting
 * of each policy. Throws the same errors as `differences`.
 */
export function policyFindings(
  runs: ColumnTable,
  { baseline = "no-migration" }: { readonly baseline?: string } = {},
): string[] {
  const means = meansOf(runs, { metrics: METRICS }).objects() as MeanRow[];
  const differences = differencesOf(runs, { baseline, metrics: METRICS }).objects() as DifferenceRow[];
  const study: Study = {
    runs,
    baseline,
    policies: [...new Set(means.map(({ policy }) => policy))],
    mean: (policy, metric) => means.find((row) => row.policy === policy && row.metric === metric)!,
    differences: (metric) => differences.filter((row) => row.metric === metric),
  };
  return [
    evenness(study),
    balance(study),
    utilization(study),
    ...HARM.map((metric) => harm(study, metric)),
    ...HARM.map((metric) => agreement(study, metric)),
    price(study),
    stealTime(study),
  ].filter((sentence) => sentence !== "");
}

function evenness({ policies, baseline, mean, differences }: Study): string {
  const base = mean(baseline, "gini");
  const lowest = lowestOf(policies, (policy) => mean(policy, "gini").mean);
  const gap = mean(lowest, "gini").mean - mean(lowest, "giniBound").mean;
  const least = Number.isNaN(gap)
    ? "."
    : `, is ${write(gap, GINI)} above the least that any placement of its best-effort work could reach.`;
  return (
    `Evenness. Gini of ${baseline}: ${withInterval(base, GINI)}. ${verdicts(differences("gini"), GINI)} ` +
    `The lowest${least === "." ? " is" : ","} ${lowest} at ${write(mean(lowest, "gini").mean, GINI)}${least}`
  );
}

function balance({ policies, baseline, mean }: Study): string {
  const [low, high] = REAL_CELL_GINI;
  const cell =
    low >= BALANCED_BELOW
      ? "is not balanced"
      : high < BALANCED_BELOW
        ? "is balanced"
        : "is balanced at times";
  const { mean: base } = mean(baseline, "gini");
  const place = base < low ? "below" : base > high ? "above" : "within";
  const most = lowestOf(policies, (policy) => -mean(policy, "balancedShare").mean);
  return (
    `The mark of ${BALANCED_BELOW}. Google's own cell (Gini ${low} to ${high} in 2011) ` +
    `${cell} by the thesis's mark; ${baseline} with ` +
    `${write(base, GINI)} is ${place} that range. Steps with a Gini below the mark: ` +
    `${write(mean(baseline, "balancedShare").mean, PERCENT)} under ${baseline}, ` +
    `at most ${write(mean(most, "balancedShare").mean, PERCENT)} (${most}).`
  );
}

function utilization({ policies, baseline, mean, differences }: Study): string {
  const best = lowestOf(policies, (policy) => -mean(policy, "utilization").mean);
  const rows = differences("utilization");
  const row = rows.find(({ policy }) => policy === best);
  const gain =
    row === undefined
      ? "no policy has a higher mean"
      : `the highest mean, ${best}'s, differs by ${withInterval(asInterval(row), POINTS)}`;
  return (
    `Utilization. ${baseline}: ${withInterval(mean(baseline, "utilization"), PERCENT)}; ` +
    `${gain}. ${verdicts(rows, POINTS)} ` +
    `Best-effort work done under ${baseline}: ` +
    `${write(mean(baseline, "beThroughput").mean, PERCENT)} of the trace's; the work is the ` +
    "same under every policy, " +
    "so that no more is to be gained here than what of it had to wait."
  );
}

function harm({ baseline, mean, differences }: Study, metric: RunMetricName): string {
  const base = mean(baseline, metric);
  const name = LABELS[metric].label.en;
  if (Number.isNaN(base.mean)) return `${name}: not defined, there is no LC work.`;
  const { value, difference } = formatOf(metric);
  return `${name}. ${baseline}: ${withInterval(base, value)}. ${verdicts(differences(metric), difference)}`;
}

function agreement({ runs, mean }: Study, metric: RunMetricName): string {
  const { correlation, pairs, opposite, clear } = rankAgreement(runs, "gini", metric);
  const name = LABELS[metric].label.en;
  const [first] = clear;
  if (Number.isNaN(correlation.mean)) return `Gini against ${name}: the second tells no policies apart here.`;
  const { value } = formatOf(metric);
  const example =
    clear.length === 0
      ? "none of them with both intervals clear of 0"
      : `${clear.length} of them with both intervals (here not adjusted for their number) clear ` +
        `of 0, such as ${first.policy}, more even than ${first.other} ` +
        `(${write(mean(first.policy, "gini").mean, GINI)} against ` +
        `${write(mean(first.other, "gini").mean, GINI)}) and worse for LC work ` +
        `(${write(mean(first.policy, metric).mean, value)} against ` +
        `${write(mean(first.other, metric).mean, value)})`;
  return (
    `Gini against ${name}: rank correlation over the policies ${withInterval(correlation, PLAIN)} ` +
    "(1: the more even, the better for LC work; 0: evenness says nothing about it). " +
    `${opposite} of ${pairs} pairs of policies are in opposite order, ${example}.`
  );
}

function price({ runs, baseline, policies, mean, differences }: Study): string {
  const prices = giniPrices(runs, baseline);
  const still = policies.filter((policy) => mean(policy, "migrationGb").mean === 0);
  const free = differences("gini").filter(
    ({ policy, verdict }) => still.includes(policy) && verdict === "lower",
  );
  const list = prices.map((row) => `${row.policy} ${withInterval(row, PLAIN)}`).join(", ");
  const paid =
    prices.length === 0
      ? "No policy that migrates is lower in Gini in every replicate"
      : `GB for each .01 of Gini below ${baseline}, cheapest first: ${list}`;
  const unpaid =
    free.length === 0
      ? "No policy lowers the Gini without migrating."
      : `Without migrating: ${free
          .map((row) => `${row.policy} ${withInterval(asInterval(row), GINI)}`)
          .join(", ")}.`;
  return `Price. ${paid}. ${unpaid}`;
}

function stealTime({ policies, mean, differences }: Study): string {
  const name = "steal-time";
  if (!policies.includes(name)) return "";
  const row = differences("gini").find(({ policy }) => policy === name);
  if (row === undefined) return "";
  return (
    `The thesis's rule carried to many machines, ${name}: Gini ` +
    `${withInterval(asInterval(row), GINI)} (${row.verdict}) for ` +
    `${write(mean(name, "migrationGb").mean, PLAIN)} GB, ` +
    `${write(mean(name, "pingPong").mean, PLAIN)} returns to a machine just left.`
  );
}

/** Returns, for example, "Lower: a (-0.1 [-0.2, -0.05]), b (...). Higher: none. No difference shown: c." */
function verdicts(rows: readonly DifferenceRow[], format: Format): string {
  if (rows.some(({ verdict }) => verdict === "too few replicates")) return "Too few replicates for verdicts.";
  const those = (wanted: DifferenceRow["verdict"]): readonly DifferenceRow[] =>
    rows.filter(({ verdict }) => verdict === wanted);
  const listed = (wanted: "lower" | "higher"): string =>
    those(wanted)
      .map((row) => `${row.policy} (${withInterval(asInterval(row), format)})`)
      .join(", ") || "none";
  const rest = those("no difference").map(({ policy }) => policy);
  const same = rest.length === rows.length ? "all" : rest.join(", ") || "none";
  return `Lower: ${listed("lower")}. Higher: ${listed("higher")}. No difference shown: ${same}.`;
}

type Numbers = Pick<MeanRow, "mean" | "low" | "high">;

/** How a number is written; the unit comes last, after the interval. */
interface Format {
  readonly write: (x: number) => string;
  readonly unit: string;
}

const significant =
  (digits: number, scale = 1) =>
  (x: number): string =>
    writeNumber(scale * x, digits);
const GINI: Format = { write: (x) => writeFixed(x, 3), unit: "" };
const PERCENT: Format = { write: significant(4, 100), unit: " %" };
/** The format of differences between percentages. */
const POINTS: Format = { write: significant(2, 100), unit: " pp" };
const PLAIN: Format = { write: significant(3), unit: "" };

function formatOf(metric: RunMetricName): { readonly value: Format; readonly difference: Format } {
  const isPercent = LABELS[metric].unit === "%";
  return isPercent ? { value: PERCENT, difference: POINTS } : { value: PLAIN, difference: PLAIN };
}

function write(x: number, format: Format): string {
  return `${format.write(x)}${format.unit}`;
}

function withInterval({ mean, low, high }: Numbers, format: Format): string {
  const interval = Number.isNaN(low) ? "" : ` [${format.write(low)}, ${format.write(high)}]`;
  return `${format.write(mean)}${interval}${format.unit}`;
}

function asInterval({ difference, low, high }: DifferenceRow): Numbers {
  return { mean: difference, low, high };
}

function lowestOf(policies: readonly string[], value: (policy: string) => number): string {
  return policies.reduce((best, policy) => (value(policy) < value(best) ? policy : best));
}
