/** What `schedlab compare` prints of a comparison, once or over replicates. */
import { table } from "arquero";
import { tableCsv } from "../../base/csv.js";
import { InputError } from "../../base/errors.js";
import { didYouMean } from "../../base/nearest.js";
import { toText } from "../../base/text.js";
import { COMPARED, findMetric, RUN_METRICS } from "../../simulate/metrics/catalogue.js";
import type { Metric } from "../../simulate/metrics/metric.js";
import { BEST, markdownTable, metricColumn, sortRows, type MetricRow } from "./metric-table.js";
import { layOut, textColumns } from "./text-table.js";
import { wrap } from "./wrap.js";

/** The options of `compare` that say how the table is printed. */
export interface ComparisonOptions {
  readonly sort?: string;
  readonly columns?: readonly string[];
  readonly allColumns?: boolean;
  readonly csv?: boolean;
  readonly markdown?: boolean;
}

/** The metrics of the table's columns, and the one by which its rows are sorted. */
export interface ComparisonChoice {
  readonly metrics: readonly Metric[];
  readonly sort: Metric;
}

/** Returns the chosen metrics. Throws InputError for an unknown metric and for one given twice. */
export function chooseColumns({
  sort = "gini",
  allColumns = false,
  columns = allColumns ? RUN_METRICS : COMPARED,
}: ComparisonOptions): ComparisonChoice {
  const twice = columns.find((name, i) => columns.indexOf(name) < i);
  if (twice !== undefined) throw new InputError(`two columns ${twice}; give it once`);
  return { metrics: columns.map((name) => ofRun(name, "column")), sort: ofRun(sort, "metric to sort by") };
}

function ofRun(name: string, what: string): Metric {
  if ((RUN_METRICS as readonly string[]).includes(name)) return findMetric(name);
  throw new InputError(
    `unknown ${what}: ${name}${didYouMean(name, RUN_METRICS)}; known: ${RUN_METRICS.join(", ")}`,
  );
}

/** A policy's metrics. */
export interface PolicyRow extends MetricRow {
  readonly policy: string;
}

/** What is printed below a table. */
export interface Below {
  /** Of the marks, if there are some besides `BEST`. */
  readonly legend?: string;
  /** Lines about what was simulated, each with a line feed. */
  readonly basis: string;
}

/**
 * Returns the rows in the chosen order as a table of text that fits the width, or in Markdown, and below it
 * how to read it.
 */
export function comparisonText(
  given: readonly PolicyRow[],
  { metrics, sort }: ComparisonChoice,
  {
    width,
    isMarkdown = false,
    legend,
    basis,
  }: Below & { readonly width: number; readonly isMarkdown?: boolean },
): string {
  const rows = sortRows(given, sort);
  const keys = textColumns(rows.map(({ policy }) => ({ policy })));
  const shown = metrics.map((metric) => metricColumn(rows, metric));
  const isMarked = shown.some(({ cells }) => cells.some((cell) => cell.endsWith(BEST)));
  const order = sort.better === "more" ? "highest" : "lowest";
  const below = [
    `sorted by ${toText(sort.label).en}, ${order} first`,
    ...(isMarked ? [`${isMarkdown ? "bold" : BEST}: best of its column`] : []),
    ...(legend === undefined ? [] : [legend]),
  ].join("; ");
  const lines = [below, ...basis.trimEnd().split("\n")];
  if (isMarkdown) return `${markdownTable(keys, metrics, rows)}\n${lines.join("\n\n")}\n`;
  return `${layOut([...keys, ...shown], { width })}\n${lines.map((line) => wrap(line, width)).join("")}`;
}

/** Returns the rows in the chosen order as CSV, one column for each metric, with values as computed. */
export function comparisonCsv(given: readonly PolicyRow[], { metrics, sort }: ComparisonChoice): string {
  const rows = sortRows(given, sort);
  return tableCsv(
    table({
      policy: rows.map(({ policy }) => policy),
      ...Object.fromEntries(metrics.map(({ name }) => [name, rows.map(({ values }) => values[name])])),
    }),
  );
}
