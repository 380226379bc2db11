/** The common part of all builders: turns columns into axes, series and panels. */
import { InputError } from "../../base/errors.js";
import { didYouMean } from "../../base/nearest.js";
import { groupMeans, numbers, stepsPerPoint } from "../columns.js";
import { toText, type Text } from "../figure.js";
import { seriesStyle, stylesOf, type SeriesStyle } from "../looks.js";
import { words } from "../words/words.js";
import {
  categoriesOf,
  channelOf,
  numbersOf,
  type AxisPlan,
  type AxisUse,
  type Category,
  type Channel,
  type Grouping,
} from "./channels.js";
import { CHART_OPTIONS, type ChartOptions, type Look } from "./options.js";
import { widthOf, panelsAcross, smallMultiples, stackedPanels, type Panels } from "./panels.js";
import { checkColumn, readRows, type RowTable, type Rows } from "./rows.js";

export type Mark = "lines" | "bands" | "points" | "bars" | "cells" | "intervals";

/** What a builder requires of the common part. */
export interface Plan {
  readonly mark: Mark;
  /** The options that only this mark has. */
  readonly own: readonly string[];
  readonly x: string;
  /** Several columns get one panel each, one above the other. */
  readonly y: string | readonly string[];
  readonly color?: string;
  /** Other columns that are drawn, by their role; numbers have the units of their axis. */
  readonly others?: Readonly<Record<string, Other | undefined>>;
  /** The default ranges of the axes, and whether they may hold words. */
  readonly xAxis?: AxisPlan;
  readonly yAxis?: AxisPlan;
  /** The largest number of points of a series; neighbors are averaged where there are more. */
  readonly most?: number;
  /** Whether the rows of a series are sorted by x. */
  readonly sorted?: boolean;
  readonly aspect?: number;
}

/** A column that is drawn besides x and y, in the units of an axis. */
export interface Other {
  readonly column: string;
  readonly axis: "x" | "y" | "none";
}

/** The rows of one series in one panel. */
export interface Lot {
  readonly series: number;
  readonly panel: number;
  readonly rows: readonly number[];
}

export interface Series {
  readonly name: Text;
  readonly style: SeriesStyle;
  readonly look: Look;
}

export interface Chart {
  readonly plan: Plan;
  readonly table: RowTable;
  readonly options: ChartOptions;
  readonly rows: Rows;
  readonly x: Channel;
  readonly ys: readonly Channel[];
  readonly color?: Grouping;
  readonly facet?: Grouping;
  readonly series: readonly Series[];
  readonly lots: readonly Lot[];
  readonly panels: Panels;
  /** The number of rows that a point stands for. */
  readonly every: number;
  /** The names of the panels that have no values. */
  readonly undrawn: readonly Text[];
  /** Whether the whole chart has no values. */
  readonly isEmpty: boolean;
}

/** Reads the columns of a chart. Throws InputError where they cannot be drawn. */
export function openChart(table: RowTable, plan: Plan, options: ChartOptions): Chart {
  checkOptions(plan, options);
  const rows = readRows(table);
  checkKeys(rows, options);
  const { others = {} } = plan;
  const yNames = yNamesOf(plan, options);
  const color = plan.color === undefined ? undefined : categoriesOf(rows.column(plan.color), options);
  const given = options.facet === undefined ? undefined : categoriesOf(rows.column(options.facet), options);
  const isDrawn = rowsWithValues(rows, [plan.x, ...(others.fill ? [others.fill.column] : yNames)]);
  const { facet, undrawn } = withoutEmpty(given, isDrawn);
  const ys = yNames.map((name) => channelOf(rows, name, options, useOf(plan, "y", 1)));
  const series = seriesOf(color, ys, options);
  const panels = panelsOf(plan, { ys, facet, series: series.length }, options);
  const x = channelOf(rows, plan.x, options, useOf(plan, "x", 1 / panels.across));
  const lots = lotsOf(rows.count, { color, facet, x, sorted: plan.sorted ?? false });
  const most = Math.max(...lots.map((lot) => lot.rows.length));
  return {
    plan,
    table,
    options,
    rows,
    x,
    ys,
    color,
    facet,
    series,
    lots,
    panels,
    every: plan.most === undefined ? 1 : stepsPerPoint(most, plan.most),
    undrawn,
    isEmpty: !Array.from({ length: rows.count }, (_, row) => row).some(isDrawn),
  };
}

function yNamesOf({ mark, y }: Plan, { facet }: ChartOptions): readonly string[] {
  const names = typeof y === "string" ? [y] : y;
  if (names.length === 0) throw new InputError(`no y column to draw: ${mark} need at least one`);
  if (names.length > 1 && facet !== undefined) {
    throw new InputError(`${mark} take either several y columns or a facet: give one of the two`);
  }
  return names;
}

/** Returns the use of an axis in panels that have this share of the plot's width. */
function useOf(plan: Plan, letter: "x" | "y", share: number): AxisUse {
  const others = Object.values(plan.others ?? {}).filter((other) => other?.axis === letter);
  return {
    ...(letter === "x" ? plan.xAxis : plan.yAxis),
    role: `${letter} of ${plan.mark}`,
    isX: letter === "x",
    also: others.map((other) => other!.column),
    share,
  };
}

/** Default aspects of a panel: alone, among small multiples, and among stacked panels. */
const [ALONE, MULTIPLE, STACKED] = [0.62, 0.75, 0.4];

function panelsOf(
  plan: Plan,
  { ys, facet, series }: { ys: readonly Channel[]; facet?: Grouping; series: number },
  options: ChartOptions,
): Panels {
  const { aspect = plan.aspect } = options;
  const [{ categories }] = ys;
  const hasWords = categories.length > 0;
  const ems = plotEms(categories, plan.mark);
  const lines = (categories.length + 0.7) * Math.max(1.5, 0.5 * Math.min(series, 6));
  const shapeOf = (across: number, usual: number): number =>
    aspect ?? (hasWords ? Math.max(0.4, (lines * across) / ems) : usual);
  if (facet === undefined) return stackedPanels(ys.length, shapeOf(1, ys.length > 1 ? STACKED : ALONE));
  const titles = facet.categories.map(({ name }) => titleOf(facet, name));
  const across = options.across ?? Math.min(panelsAcross(titles), hasWords ? 2 : 3);
  return smallMultiples(titles, shapeOf(across, titles.length > 1 ? MULTIPLE : ALONE), { across, ems });
}

/** Returns the ems of a page's column that words and a color bar leave to the plot. */
function plotEms(categories: readonly Category[], mark: Mark): number {
  const longest = categories.reduce((most, { name }) => Math.max(most, widthOf(name)), 0);
  return 30 - Math.min(Math.max(4.6, longest + 2.8), 14) - (mark === "cells" ? 7.2 : 0);
}

/** Throws InputError for an unknown option and where x or y is missing. */
function checkOptions({ mark, x, y, own }: Plan, options: ChartOptions): void {
  const known = [...own, ...CHART_OPTIONS];
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    throw new InputError(
      `${mark}: unknown option ${key}${didYouMean(key, known)}; there are ${known.join(", ")}`,
    );
  }
  for (const [role, name] of Object.entries({ x, y }) as [string, unknown][]) {
    if (name === undefined) throw new InputError(`${mark}: no ${role} given: name a column`);
  }
}

/** Throws InputError where an option names a column that the table does not have. */
function checkKeys(rows: Rows, { labels, order, scales, ranges, axes, columns }: ChartOptions): void {
  const keys = [labels, order, scales, ranges, axes].flatMap((byColumn) => Object.keys(byColumn ?? {}));
  for (const key of [...keys, ...(columns ?? [])]) checkColumn(key, rows.names);
}

function rowsWithValues(rows: Rows, [x, ...ys]: readonly string[]): (row: number) => boolean {
  const across = rows.column(x);
  const columns = ys.map((y) => rows.column(y));
  return (row) => across.values[row] !== null && columns.some(({ values }) => values[row] !== null);
}

/** Leaves out the categories without a row that has a value to draw. */
function withoutEmpty(
  facet: Grouping | undefined,
  isDrawn: (row: number) => boolean,
): { facet?: Grouping; undrawn: readonly Text[] } {
  if (facet === undefined) return { undrawn: [] };
  const drawn = new Set(Array.from(facet.index).filter((_, row) => isDrawn(row)));
  if (drawn.size === 0) return { facet, undrawn: [] };
  const place = new Map([...drawn].sort((a, b) => a - b).map((old, i) => [old, i]));
  const isThere = (_: Category, i: number): boolean => drawn.has(i);
  return {
    facet: {
      ...facet,
      categories: facet.categories.filter(isThere),
      index: facet.index.map((old) => place.get(old) ?? -1),
    },
    undrawn: facet.categories.filter((category, i) => !isThere(category, i)).map(({ name }) => name),
  };
}

/** Returns a panel's title. A number is unclear alone, so the column's label precedes it. */
function titleOf({ label, isNumeric }: Grouping, name: Text): Text {
  return isNumeric ? words.build.named(label, name) : name;
}

/** The largest number of series: more cannot be distinguished. */
const MOST_SERIES = 60;

function seriesOf(
  color: Grouping | undefined,
  [{ quantity }]: readonly Channel[],
  { looks = {}, series = quantity.label, look = {} }: ChartOptions,
): Series[] {
  const categories = color?.categories ?? [];
  if (color !== undefined && categories.length > MOST_SERIES) {
    throw new InputError(
      `color ${color.column} has ${categories.length} different values: give a column with at most ` +
        `${MOST_SERIES}`,
    );
  }
  if (color === undefined) return [{ name: toText(series), look, style: { ...seriesStyle(0), ...look } }];
  const styles = stylesOf(
    color.column,
    categories.map(({ value }) => value),
  );
  return categories.map(({ value, name }, i) => {
    const own = Object.hasOwn(looks, value) ? looks[value] : {};
    return { name, look: own, style: { ...styles[i], ...own } };
  });
}

interface Split {
  readonly color?: Grouping;
  readonly facet?: Grouping;
  readonly x: Channel;
  readonly sorted: boolean;
}

/** Returns the lots ordered by panel and series, without rows that have no place on the x axis. */
function lotsOf(count: number, { color, facet, x, sorted }: Split): Lot[] {
  const lots = new Map<number, number[]>();
  const width = color?.categories.length ?? 1;
  for (let row = 0; row < count; row++) {
    const panel = facet?.index[row] ?? 0;
    if (panel < 0 || Number.isNaN(x.raw[row])) continue;
    const key = panel * width + (color?.index[row] ?? 0);
    const lot = lots.get(key);
    if (lot === undefined) lots.set(key, [row]);
    else lot.push(row);
  }
  return [...lots]
    .sort(([a], [b]) => a - b)
    .map(([key, rows]) => ({
      panel: Math.floor(key / width),
      series: key % width,
      rows: sorted ? rows.sort((a, b) => x.raw[a] - x.raw[b] || a - b) : rows,
    }));
}

/** Returns the lot's values in axis units; means of neighbors where the chart is thinned. */
export function drawnOf(chart: Chart, lot: Lot, { raw, draw }: Pick<Channel, "raw" | "draw">): Float64Array {
  return groupMeans(
    lot.rows.map((row) => raw[row]),
    chart.every,
  ).map(draw);
}

/** Returns `drawnOf` as JSON; on a logarithmic axis, values of 0 or less become null. */
export function plottedOf(chart: Chart, lot: Lot, channel: Channel): (number | null)[] {
  const drawn = drawnOf(chart, lot, channel);
  return numbers(channel.scale === "log" ? drawn.map((value) => (value > 0 ? value : NaN)) : drawn);
}

/**
 * Returns the numbers of the column for `role`, in the units of the axis; undefined without such a column.
 */
export function otherOf(
  chart: Chart,
  role: string,
  axis: Channel,
): Pick<Channel, "raw" | "draw"> | undefined {
  const other = chart.plan.others?.[role];
  if (other === undefined) return undefined;
  return {
    raw: numbersOf(chart.rows.column(other.column), `${role} of ${chart.plan.mark}`),
    draw: axis.draw,
  };
}
