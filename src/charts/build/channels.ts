/** From a column to an axis, or to the series and panels of a chart. */
import { InputError } from "../../base/errors.js";
import { writeNumber } from "../../base/write-numbers.js";
import { timeAxis } from "../columns.js";
import { toText, type JsonObject, type Text } from "../figure.js";
import { axisTitle, quantityOfColumn, type Quantity } from "../labels.js";
import { words } from "../words/say.js";
import type { ChartOptions, Range } from "./options.js";
import { widthOf } from "./panels.js";
import type { Column, Rows } from "./rows.js";

/** One value of a column of words, or of numbers where each stands for a series or a panel. */
export interface Category {
  readonly value: string;
  readonly name: Text;
}

/** A column on an axis. */
export interface Channel {
  readonly column: string;
  readonly quantity: Quantity;
  /** Of the axis; words stand at 0, 1, ... in their order. */
  readonly scale: "linear" | "log" | "words";
  readonly categories: readonly Category[];
  /** By row, as in the table; NaN where there is none. */
  readonly raw: Float64Array;
  /** From the table's number to the axis's. */
  readonly draw: (raw: number) => number;
  /** Seconds between neighbors on an axis of time where all are equally far apart. */
  readonly everySeconds?: number;
  /** For plotly. */
  readonly axis: JsonObject;
}

/** A column whose values are told apart by color or panel. */
export interface Grouping {
  readonly column: string;
  readonly label: Text;
  /** Numbers without names of their own: they say little without their column. */
  readonly isNumeric: boolean;
  readonly categories: readonly Category[];
  /** By row. */
  readonly index: Int32Array;
}

/** How the column is called and drawn: as `labels` say, or as the lab's metric of that name. */
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
    throw new InputError(`column ${name} holds words ("${word}"): ${role} wants numbers`);
  }
  return Float64Array.from(values, (value) => (typeof value === "number" ? value : NaN));
}

/** Returns the column as categories, in the order asked for. */
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

/** Stands for a row without a value. */
const MISSING = "–";

/** Values that no row has are passed over: one order serves many tables. */
function inOrder(column: string, values: readonly string[], { order = {} }: ChartOptions): string[] {
  const wanted = Object.hasOwn(order, column) ? order[column].map(String) : [];
  const first = wanted.filter((value) => values.includes(value));
  return [...first, ...values.filter((value) => !first.includes(value))];
}

/** Where an axis goes unless told otherwise; "padded" holds whole markers, "cells" whole cells. */
type Usual = "fit" | "zero" | "padded" | "cells";

/** What a mark wants of an axis. */
export interface AxisPlan {
  /** Where it goes unless `ranges` say otherwise. Default "fit". */
  readonly range?: Usual;
  /** "always": each value has a place, numbers too. Default: numbers alone. */
  readonly words?: "may" | "always";
  /** A number that must be in view, in the table's units. */
  readonly holds?: number;
}

/** What a column on an axis is for. */
export interface AxisUse extends AxisPlan {
  /** As errors say it: "y of lines". */
  readonly role: string;
  readonly isX: boolean;
  /** Columns that lie on the same axis, such as the ends of intervals. */
  readonly also?: readonly string[];
  /** How much of the plot's width a panel has. */
  readonly share?: number;
}

/**
 * Returns the column as an axis. Throws InputError for words where numbers are wanted or the axis is
 * logarithmic, and for x without values.
 */
export function channelOf(rows: Rows, name: string, options: ChartOptions, use: AxisUse): Channel {
  const column = rows.column(name);
  if (column.kind === "empty" && use.isX) {
    throw new InputError(`column ${name} has no values: ${use.role} wants some`);
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
  // Plotly finds no common range of its own for panels that share their axes.
  if (range === "zero") {
    const ends = [least < 0 && drawn.some((value) => value < 0) ? least : 0, Math.max(most, 0)];
    return isShared ? { range: ends } : { rangemode: "tozero" };
  }
  return isShared || range === "padded" ? { range: [least, most] } : {};
}

/** Returns the outer edges of cells around these values: halfway to where the next would be. */
function cellEdges(values: readonly number[]): [number, number] {
  const places = [...new Set(values)].sort((a, b) => a - b);
  if (places.length < 2) return padded(values);
  const [first, second] = places;
  const [before, last] = places.slice(-2);
  return [first - (second - first) / 2, last + (last - before) / 2];
}

/** Most values that are ticks themselves on a logarithmic axis: the settings of a parameter, say. */
const FEW_TICKS = 8;

/**
 * A logarithmic axis for plotly, with ticks at the values where these are few and round, else one per decade
 * where it is long. What is not above 0 does not count.
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

/** Returns a range that holds the values and whole markers; from 0 to 1 for none. */
export function padded(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const room = most === least ? Math.abs(most) * 0.1 || 1 : (most - least) * 0.08;
  return [least - room, most + room];
}

/** Times that are no more are single moments, not the starts of steps that go on to the end. */
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

/** Ems that the labels of one line have in a column of a page, from axis to edge. */
const LINE = 25;

function wordChannel(column: Column, quantity: Quantity, options: ChartOptions, use: AxisUse): Channel {
  const { categories, index } = categoriesOf(column, options);
  const names = categories.map(({ name }) => name);
  const longest = Math.max(...names.map(widthOf));
  const isTilted = longest + 0.8 > (LINE * (use.share ?? 1)) / names.length;
  const last = names.length - 0.5;
  // Slanted words would lie on each other where they are dense, and on the panel at their left.
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
