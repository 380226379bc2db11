import { desc, op, type ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import { toText, type Words } from "../base/text.js";
import { writeNumber } from "../base/write-numbers.js";
import { bars } from "./build/bars.js";
import { verticalLine } from "./build/panels.js";
import { checkColumn, readRows } from "./build/rows.js";
import { joinTexts } from "./captions.js";
import type { Figure, JsonObject } from "./figure.js";
import { textWidth } from "./legend.js";
import { axisTitle, columnOf, quantityOfColumn, type MetricColumn } from "./labels.js";
import { PALETTE } from "./looks.js";
import { words } from "./words/say.js";

export interface TornadoOptions {
  /** The metric of the effects. Default "gini". */
  readonly metric?: MetricColumn;
  /** States the effect and the base: policies, trace, seeds. */
  readonly caption: Words;
}

/** An effect under one setting of one assumption. */
interface Effect {
  readonly assumption: string;
  readonly setting: string | number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** The position of its bar among those of the assumption. */
  readonly place: number;
  /** Distance of the assumption's outermost means, including the base's. */
  readonly swing: number;
}

/**
 * Returns the tornado chart of an effect, such as a policy's difference from a baseline. Each assumption has
 * a row, with the widest swing at the top; its bars go from the effect under the base to the effect under
 * each setting, with intervals. The vertical line is the base. `effects` has the columns `assumption`,
 * `setting`, `difference`, `low` and `high` (as in `differences`), and one row whose assumption is "base".
 * Throws InputError for no rows and for no base.
 */
export function tornadoChart(effects: ColumnTable, { metric = "gini", caption }: TornadoOptions): Figure {
  const { base, rows } = readEffects(effects);
  const quantity = quantityOfColumn(metric);
  const { label, unit, scale } = quantity;
  const { tornado } = words;
  const change = tornado.title(label);
  const inUnit = (name: Words): { label: Words; unit: string; scale: number } => ({
    label: name,
    unit,
    scale,
  });
  const figure = bars(rows, {
    x: "difference",
    y: "assumption",
    low: "low",
    high: "high",
    color: "place",
    base,
    name: `tornado-${columnOf(metric)}`,
    title: change,
    caption: joinTexts(
      tornado.caption(label, `${writeNumber(base * scale, 3)}${unit && ` ${unit}`}`),
      toText(caption),
    ),
    labels: {
      assumption: tornado.assumption,
      setting: tornado.setting,
      difference: inUnit(tornado.difference),
      swing: inUnit(tornado.swing),
    },
    names: tornado.assumptions,
    looks: Object.fromEntries(rows.map(({ place }) => [place, { color: PALETTE[place % 2 === 0 ? 5 : 0] }])),
    ranges: { difference: rangeOf(rows, base) },
    axes: { difference: { title: axisTitle({ ...quantity, label: change }), showgrid: true } },
    columns: ["assumption", "setting", "difference", "low", "high", "swing"],
    aspect: 0.85,
  });
  return {
    ...figure,
    data: figure.data.map((trace) => ({ ...trace, showlegend: false })),
    layout: {
      ...figure.layout,
      shapes: [
        { ...verticalLine(base * scale)({ xAxis: 1, yAxis: 1 }), line: { color: "#111111", width: 1 } },
      ],
      annotations: labelsOf(rows, base, scale),
    },
  };
}

/** Returns the assumption with the widest swing; undefined where no setting changes the effect. */
export function widestSwing(effects: ColumnTable): string | undefined {
  const [widest] = readEffects(effects).rows as (Effect | undefined)[];
  return widest !== undefined && widest.swing > 0 ? widest.assumption : undefined;
}

/** Returns the rows with the widest swing first. */
function readEffects(effects: ColumnTable): { base: number; rows: Effect[] } {
  const { names } = readRows(effects);
  for (const name of ["assumption", "setting", "difference", "low", "high"]) checkColumn(name, names);
  const ofBase = effects.filter("(row) => row.assumption === 'base'");
  if (ofBase.numRows() === 0) {
    throw new InputError('no row of the base among the effects; give a row whose assumption is "base"');
  }
  const base = ofBase.get("difference", 0) as number;
  const rows = effects
    .filter("(row) => row.assumption !== 'base'")
    .groupby("assumption")
    .derive({
      place: () => op.row_number() - 1,
      swing:
        `(row) => op.greatest(op.max(row.difference), ${base}) - op.least(op.min(row.difference), ` +
        `${base})`,
    })
    .ungroup()
    .orderby(desc("swing"))
    .objects() as Effect[];
  return { base, rows };
}

/** The share of a place that its horizontal bars fill. */
const FILLED = 0.75;

/** Returns labels of the settings, each beyond the end of its bar. */
function labelsOf(rows: readonly Effect[], base: number, scale: number): JsonObject[] {
  const assumptions = [...new Set(rows.map(({ assumption }) => assumption))];
  const count = Math.max(...rows.map(({ place }) => place)) + 1;
  return rows.map((effect) => {
    const isRight = effect.difference >= base;
    return {
      text: String(effect.setting).replace("<", "&lt;").replace(">", "&gt;"),
      x: endOf(effect, base) * scale,
      y: assumptions.indexOf(effect.assumption) + FILLED * ((effect.place + 0.5) / count - 0.5),
      xanchor: isRight ? "left" : "right",
      xshift: isRight ? 3 : -3,
      yanchor: "middle",
    };
  });
}

/** Returns the end of the interval away from the base; few replicates have no interval. */
function endOf({ difference, low, high }: Effect, base: number): number {
  const end = difference >= base ? high : low;
  return Number.isFinite(end) ? end : difference;
}

/** The panel's width in a column of a page, in ems of the settings' labels. */
const PANEL = 23;

/** Returns a range with room for the settings at both sides. */
function rangeOf(rows: readonly Effect[], base: number): [number, number] {
  const ends = rows.flatMap((row) => [row.low, row.high, row.difference, base]).filter(Number.isFinite);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = (side: readonly Effect[]): number =>
    Math.min(0.4, Math.max(0, ...side.map(({ setting }) => textWidth(String(setting)) + 1.5)) / PANEL + 0.02);
  const left = room(rows.filter(({ difference }) => difference < base));
  const right = room(rows.filter(({ difference }) => difference >= base));
  const width = (high - low || Math.abs(high) || 1) / (1 - left - right);
  return [low - left * width, high + right * width];
}
