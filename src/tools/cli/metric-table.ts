/** Tables of metrics: in their units, decimal points below each other, the best values marked. */
import { columnWriter } from "../../base/write-numbers.js";
import { toText } from "../../base/text.js";
import type { Metric } from "../../simulate/metrics/metric.js";
import type { Column } from "./text-table.js";
import { wrapLines } from "./wrap.js";

/** The metrics of a policy. Values are as computed, not yet in the metric's unit; NaN is undefined. */
export interface MetricRow {
  readonly values: Readonly<Record<string, number>>;
  /** Of means: the longer arms of their intervals, NaN without one. */
  readonly arms?: Readonly<Record<string, number>>;
  /** A character after each value, such as "<"; "" is none. */
  readonly marks?: Readonly<Record<string, string>>;
  /** Whether its values may be the best of a column. Default true; bounds, which see the future, do not. */
  readonly competes?: boolean;
}

/** The mark of the best values in a column of plain text. */
export const BEST = "*";

interface MetricCell {
  /** Padded: in all cells of a column, decimal points are at the same place. */
  readonly text: string;
  readonly isBest: boolean;
}

/** Returns the column of a metric in plain text: its unit above the values, `BEST` beside the best. */
export function metricColumn(rows: readonly MetricRow[], metric: Metric): Column {
  const cells = metricCells(rows, metric);
  const width = Math.max(...cells.map(({ text, isBest }) => text.trimEnd().length + Number(isBest)));
  // The head stands over the numbers, not over the marks behind them.
  const behind = width - Math.max(...cells.map(({ text }) => text.trimEnd().length));
  return {
    head: [...headOf(metric), ...(metric.unit === undefined ? [] : [metric.unit])].map(
      (line) => line + " ".repeat(behind),
    ),
    cells: cells.map(({ text, isBest }) => (text.trimEnd() + (isBest ? BEST : "")).padEnd(width)),
    align: "right",
  };
}

/** Returns a table in Markdown: the keys, then the metrics, with the best values bold. */
export function markdownTable(
  keys: readonly Column[],
  metrics: readonly Metric[],
  rows: readonly MetricRow[],
): string {
  const columns = [
    ...keys.map(({ head, cells }) => ({
      head: head.join(" "),
      cells: cells.map(escapeMarkdown),
      rule: ":--",
    })),
    ...metrics.map((metric) => ({
      head: headOf(metric).join(" ") + (metric.unit === undefined ? "" : ` (${metric.unit})`),
      cells: metricCells(rows, metric).map(({ text, isBest }) =>
        isBest ? `**${text.trim()}**` : text.trim(),
      ),
      rule: "--:",
    })),
  ];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return [
    line(columns.map(({ head }) => head)),
    line(columns.map(({ rule }) => rule)),
    ...rows.map((_, row) => line(columns.map(({ cells }) => cells[row]))),
  ].join("");
}

/**
 * Returns the rows by a metric, the best first (the lowest, where neither is better), rows without a value
 * last. Rows with equal values keep their order.
 */
export function sortRows<Row extends MetricRow>(rows: readonly Row[], { name, better }: Metric): Row[] {
  const sign = better === "more" ? -1 : 1;
  return [...rows].sort(({ values: { [name]: a } }, { values: { [name]: b } }) => {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return sign * (a - b);
  });
}

function headOf({ label, short }: Metric): string[] {
  return short === undefined ? wrapLines(toText(label).en, 12) : wrapLines(short, 7);
}

/**
 * Equal texts are equally good: a reader cannot tell them apart. Where more than half of the policies are
 * equally good, none is marked: the mark would say nothing.
 */
function metricCells(rows: readonly MetricRow[], metric: Metric): MetricCell[] {
  const { name, scale = 1, better } = metric;
  const values = rows.map((row) => row.values[name] * scale);
  const texts = alignPoints(writeAll(values));
  const rivals = rows.flatMap(({ competes = true, values: { [name]: value } }, row) =>
    competes && !Number.isNaN(value) ? [{ values: { [name]: value }, text: texts[row] }] : [],
  );
  const best = sortRows(rivals, metric).at(0)?.text;
  const equals = rivals.filter(({ text }) => text === best).length;
  const isJudged = better !== undefined && 2 * equals <= rivals.length;
  const arms = armsOf(rows, metric);
  return rows.map(({ marks, competes = true }, row) => ({
    text: `${texts[row]}${arms[row]}${marks?.[name] ?? ""}`,
    isBest: isJudged && competes && texts[row] === best,
  }));
}

/** Returns " ±0.012" for each row, in equal lengths; "" where no row has an interval. */
function armsOf(rows: readonly MetricRow[], { name, scale = 1 }: Metric): string[] {
  const arms = rows.map((row) => (row.arms?.[name] ?? NaN) * scale);
  if (arms.every(Number.isNaN)) return arms.map(() => "");
  const texts = alignPoints(writeAll(arms, 2));
  return texts.map((text, row) => (Number.isNaN(arms[row]) ? "" : ` ±${text}`).padEnd(text.length + 2));
}

function writeAll(values: readonly number[], digits = 4): string[] {
  const write = columnWriter(values, digits);
  return values.map((value) => (Number.isNaN(value) ? "-" : write(value)));
}

/** Pads numbers to one length so that their decimal points are below each other. */
function alignPoints(texts: readonly string[]): string[] {
  const parts = texts.map((text) => {
    const [whole] = text.split(".");
    return { whole, rest: text.slice(whole.length) };
  });
  const before = Math.max(...parts.map(({ whole }) => whole.length));
  const after = Math.max(...parts.map(({ rest }) => rest.length));
  return parts.map(({ whole, rest }) => whole.padStart(before) + rest.padEnd(after));
}

/** Returns a text that Markdown shows as it is, in a cell of a table. */
function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*[\]<&|]/g, (character) => `\\${character}`);
}
