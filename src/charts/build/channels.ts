/** Maps columns to axes, series and panels of a chart. */
import { InputError } from "../../base/errors.js";
import { writeNumber } from "../../base/write-numbers.js";
import { timeAxis } from "../columns.js";
import { toText, type JsonObject, type Text } from "../figure.js";
import { axisTitle, quantityOfColumn, type Quantity } from "../labels.js";
import { words } from "../words/words.js";
import type { ChartOptions, Range } from "./options.js";
import { widthOf } from "./panels.js";
import type { Column, Rows } from "./rows.js";

/** One value of a column that defines places, series or panels, and its displayed name. */
export interface Category {
  readonly value: string;
  readonly name: Text;
}

/** A column on an axis. */
export interface Channel {
  readonly column: string;
  readonly quantity: Quantity;
  /** The scale of the axis. Words are at 0, 1, ... in their order. */
  readonly scale: "linear" | "log" | "words";
  readonly categories: readonly Category[];
  /** The table's values by row; NaN where there is none. */
  readonly raw: Float64Array;
  /** Converts a number of the table to the unit of the axis. */
  readonly draw: (raw: number) => number;
  /** Seconds between neighbors on a time axis, where all distances are equal. */
  readonly everySeconds?: number;
  /** Plotly's settings of the axis. */
  readonly axis: JsonObject;
}

/** A column whose values are distinguished by color or panel. */
export interface Grouping {
  readonly column: string;
  readonly label: Text;
  /** Whether the values are numbers without names, which need the column's name beside them. */
  readonly isNumeric: boolean;
  readonly categories: readonly Category[];
  /** The index of the category by row. */
  readonly index: Int32Array;
}

/**
 * Returns the label, unit and scale of a column: those in `labels`, or those of the built-in metric of that
 * name.
 */
export function describeColumn(column: string, { labels = {} }: ChartOptions): Quantity {
  const own = Object.hasOwn(labels, column) ? labels[column] : undefined;
  const known = quantityOfColumn(column);
  if (own === undefined) return known;
  if (typeof own === "string" || !("label" in own)) return { ...known, label: toText(own) };
  return { label: toText(own.label), unit: own.unit ?? "", scale: own.scale ?? 1 };
}

/** Returns the column as numbers. Throws InputError for words. */
export function numbersOf({ name, kind, values }: Column, role: string): Float64Array {
  if (kind === "words") {
    const word = values.find((value) => typeof value === "string");
    throw new InputError(`column ${name} holds words ("${word}"): ${role} needs numbers`);
  }
  return Float64Array.from(values, (value) => (typeof value === "number" ? value : NaN));
}

/** Returns the column as categories, in the order of `options.order`. */
export function categoriesOf(column: Column, options: ChartOptions): Grouping {
  const quantity = describeColumn(column.name, options);
  const keys = column.values.map((value) => (value === null ? MISSING : String(value)));
  const values = inOrder(column.name, [...new Set(keys)], options);
  const { names = {} } = options;
  const isNumeric = column.kind === "numbers" && !values.some((value) => Object.hasOwn(names, value));
  const nameOf = (value: string): Text => {
    if (Object.hasOwn(names, value)) return toText(names[value]);
    if (!isNumeric || value === MISSING) return toText(value);
    return toText(`${writeNumber(Number(value) * quantity.scale, 6)}${quantity.unit && ` ${quantity.unit}`}`);
  };
  const place = new Map(values.map((value, i) => [value, i]));
  return {
    column: column.name,
    label: quantity.label,
    isNumeric,
    categories: values.map((value) => ({ value, name: nameOf(value) })),
    index: Int32Array.from(keys, (key) => place.get(key)!),
  };
}

/** The category of rows without a value. */
const MISSING = "–";

/** Sorts values by `order`. Values that no row has are ignored, so one order can serve many tables. */
function inOrder(column: string, values: readonly string[], { order = {} }: ChartOptions): string[] {
  const wanted = Object.hasOwn(order, column) ? order[column].map(String) : [];
  const first = wanted.filter((value) => values.includes(value));
  return [...first, ...values.filter((value) => !first.includes(value))];
}

/** The default range of an axis; "padded" has room for whole markers, "cells" for whole cells. */
type Usual = "fit" | "zero" | "padded" | "cells";

/** What a mark requires of an axis. */
export interface AxisPlan {
  /** The range unless `ranges` gives another. Default "fit". */
  readonly range?: Usual;
  /** Whether the axis may hold words; "always" treats numbers as words, too. Default: numbers only. */
  readonly words?: "may" | "always";
  /** A number that must be visible, in the table's units. */
  readonly holds?: number;
}

/** The purpose of a column on an axis. */
export interface AxisUse extends AxisPlan {
  /** The term in error messages, such as "y of lines". */
  readonly role: string;
  readonly isX: boolean;
  /** Other columns on the same axis, such as the ends of intervals. */
  readonly also?: readonly string[];
  /** A panel's share of the plot's width. */
  readonly share?: number;
}

/**
 * Returns the column as an axis. Throws InputError for words where numbers are required or the axis is
 * logarithmic, and for x without values.
 */
export function channelOf(rows: Rows, name: string, options: ChartOptions, use: AxisUse): Channel {
  const column = rows.column(name);
  if (column.kind === "empty" && use.isX) {
    throw new InputError(`column ${name} has no values: ${use.role} needs some`);
  }
  const quantity = describeColumn(name, options);
  const scale = options.scales?.[name] ?? "linear";
  if (use.words === "always" || (use.words === "may" && column.kind === "words")) {
    if (scale === "log")
      throw new InputError(`column ${name} is drawn as words: its axis cannot be logarithmic`);
    return wordChannel(column, quantity, options, use);
  }
  const raw = numbersOf(column, use.role);
  const labels = options.labels ?? {};
  if (use.isX && name === "time" && !Object.hasOwn(labels, name) && scale === "linear") {
    return timeChannel(raw, options, use);
  }
  const draw = (value: number): number => value * quantity.scale;
  const range = options.ranges?.[name] ?? use.range ?? "fit";
  const all = [
    raw,
    ...(use.holds === undefined ? [] : [[use.holds]]),
    ...(use.also ?? []).map((also) => numbersOf(rows.column(also), use.role)),
  ];
  const drawn = all.flatMap((values) => Array.from(values, draw)).filter(Number.isFinite);
  return {
    column: name,
    quantity,
    scale,
    categories: [],
    raw,
    draw,
    axis: {
      title: axisTitle(quantity),
      ...rangeOf(range, drawn, { draw, scale, isShared: options.facet !== undefined }),
      ...options.axes?.[name],
    },
  };
}

function rangeOf(
  range: Range | Usual,
  drawn: readonly number[],
  { draw, scale, isShared }: { draw: Channel["draw"]; scale: "linear" | "log"; isShared: boolean },
): JsonObject {
  if (typeof range !== "string") {
    const ends = range.map(draw);
    return scale === "log" ? { type: "log", range: ends.map(Math.log10) } : { range: ends };
  }
  if (scale === "log") return logAxis(drawn);
  if (range === "cells") return { range: cellEdges(drawn) };
  const [least, most] = padded(drawn);
  // Plotly does not compute a common range for panels that share their axes.
  if (range === "zero") {
    const ends = [least < 0 && drawn.some((value) => value < 0) ? least : 0, Math.max(most, 0)];
    return isShared ? { range: ends } : { rangemode: "tozero" };
  }
  return isShared || range === "padded" ? { range: [least, most] } : {};
}

/** Returns the outer edges of cells around these values: half a cell beyond the first and last value. */
function cellEdges(values: readonly number[]): [number, number] {
  const places = [...new Set(values)].sort((a, b) => a - b);
  if (places.length < 2) return padded(values);
  const [first, second] = places;
  const [before, last] = places.slice(-2);
  return [first - (second - first) / 2, last + (last - before) / 2];
}

/**
 * The largest number of values that become ticks themselves on a logarithmic axis, such as settings of a
 * parameter.
 */
const FEW_TICKS = 8;

/**
 * Returns plotly's settings of a logarithmic axis. Its ticks are at the values where these are few and round;
 * else a long axis has one tick per decade. Values of 0 or less are ignored.
 */
function logAxis(values: readonly number[]): JsonObject {
  const shown = values.filter((value) => value > 0).map(Math.log10);
  if (shown.length === 0) return { type: "log" };
  const low = shown.reduce((a, b) => Math.min(a, b));
  const high = shown.reduce((a, b) => Math.max(a, b));
  const decades = high - low;
  const room = 0.06 * decades + 0.02;
  const axis: JsonObject = { type: "log", range: [low - room, high + room] };
  const places = [...new Set(values)].filter((value) => value > 0).sort((a, b) => a - b);
  const isRound = places.every((value) => Number(value.toPrecision(2)) === value);
  const isApart = places.every((value, i) => i === 0 || value >= 1.3 * places[i - 1]);
  if (places.length <= FEW_TICKS && isRound && isApart)
    return { ...axis, tickvals: places, ticktext: places.map(String) };
  return decades >= 1.2 ? { ...axis, dtick: Math.ceil(decades / 7) } : axis;
}

/** Returns a range with room for the values and their markers; 0 to 1 without values. */
export function padded(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const room = most === least ? Math.abs(most) * 0.1 || 1 : (most - least) * 0.08;
  return [least - room, most + room];
}

/**
 * Up to this number of times are single moments; more times are the starts of steps, the last of which has a
 * length.
 */
const FEW_TIMES = 12;

function timeChannel(raw: Float64Array, options: ChartOptions, { share = 1, range }: AxisUse): Channel {
  const { ranges = {}, axes = {} } = options;
  const times = [...new Set(raw)].filter((time) => !Number.isNaN(time)).sort((a, b) => a - b);
  const [first, last] = [times[0], times[times.length - 1]];
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  const step = gaps.reduce((least, gap) => Math.min(least, gap), Infinity);
  const isRegular = gaps.length > 0 && gaps.every((gap) => gap <= 1.001 * step);
  const given = ranges.time;
  const start = first >= 0 && first <= last - first ? 0 : first;
  const end = gaps.length === 0 ? first + 3600 : times.length > FEW_TIMES ? last + step : last;
  const usual = range === "cells" ? cellEdges(times) : [start, end];
  const [from, to] = typeof given === "object" ? given : usual;
  const time = timeAxis(to, { start: from, ticks: share === 1 ? 6 : share > 0.4 ? 3 : 2 });
  return {
    column: "time",
    quantity: { label: words.common.time, unit: time.unit, scale: 1 / time.seconds },
    scale: "linear",
    categories: [],
    raw,
    draw: (seconds) => seconds / time.seconds,
    ...(isRegular ? { everySeconds: step } : {}),
    axis: { ...time.layout, ...axes.time },
  };
}

/** Width in ems that one line of labels has in a column of a page, from axis to edge. */
const LINE = 25;

function wordChannel(column: Column, quantity: Quantity, options: ChartOptions, use: AxisUse): Channel {
  const { categories, index } = categoriesOf(column, options);
  const names = categories.map(({ name }) => name);
  const longest = Math.max(...names.map(widthOf));
  const isTilted = longest + 0.8 > (LINE * (use.share ?? 1)) / names.length;
  const last = names.length - 0.5;
  // Dense labels must be vertical, because slanted ones would overlap each other and the panel at their left.
  const tilt = options.facet === undefined && LINE / names.length > 1.8 ? -35 : -90;
  return {
    column: column.name,
    quantity,
    scale: "words",
    categories,
    raw: Float64Array.from(index),
    draw: (place) => place,
    axis: {
      title: axisTitle({ ...quantity, unit: "" }),
      tickvals: names.map((_, place) => place),
      ticktext: names,
      range: use.isX ? [-0.5, last] : [last, -0.5],
      ...(use.isX ? { tickangle: isTilted ? tilt : 0 } : { ticks: "", showgrid: false }),
      ...options.axes?.[column.name],
    },
  };
}
