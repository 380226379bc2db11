import type { ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import { toText, type Text, type Words } from "../base/text.js";
import { arrange } from "./build/arrange.js";
import { intervals } from "./build/intervals.js";
import { checkColumn, readRows } from "./build/rows.js";
import { joinTexts, withProvenance } from "./captions.js";
import { withUnit } from "./columns.js";
import type { Figure } from "./figure.js";
import { columnOf, quantityOfColumn, type MetricColumn, type Quantity } from "./labels.js";
import { words } from "./words/words.js";

export interface AssumptionEffectsOptions {
  /** The metrics of the effects, one panel for each. Default "gini". */
  readonly metrics?: readonly MetricColumn[];
  /** States the effect and the base, for the provenance: policies, trace, seeds. */
  readonly caption: Words;
}

/** An effect on a metric under one setting of one assumption. */
interface Effect {
  readonly metric: string;
  readonly assumption: string;
  readonly setting: string | number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/** The effects on one metric. */
interface Panel {
  readonly quantity: Quantity;
  readonly base: number;
  readonly rows: readonly Effect[];
  /** By assumption, the distance of its outermost effects, including the base's; the widest first. */
  readonly swings: readonly (readonly [assumption: string, swing: number])[];
}

const COLUMNS = ["metric", "assumption", "setting", "difference", "low", "high"];

/**
 * Returns the chart of an effect, such as a policy's difference from a baseline, under other assumptions: a
 * row for each setting of each assumption, with its interval, and a panel for each metric. The vertical line
 * is the effect under the defaults. The assumption with the widest swing in the first panel is on top. A
 * metric whose effect no assumption changes has no panel: the figure's sentence says so. `effects` has the
 * columns of `differences`, `assumption` and `setting`, and for each metric one row whose assumption is
 * "base". Throws InputError for a metric without rows or base, and where no assumption changes any metric.
 */
export function assumptionEffects(
  effects: ColumnTable,
  { metrics = ["gini"], caption }: AssumptionEffectsOptions,
): Figure {
  for (const name of COLUMNS) checkColumn(name, readRows(effects).names);
  const all = effects.objects() as Effect[];
  const panels = metrics.map((metric) => panelOf(all, metric));
  const moved = panels.filter(({ swings }) => swings.some(([, swing]) => swing > 0));
  const labelOf = ({ quantity }: Panel): Text => quantity.label;
  if (moved.length === 0) {
    const names = metrics.map(columnOf).join(", ");
    throw new InputError(`no assumption changes ${names}: there is nothing to draw`);
  }
  const still = panels.filter((panel) => !moved.includes(panel)).map(labelOf);
  const { assumptions: said } = words;
  const unchanged = still.length > 0 && said.unchanged(still);
  const order = moved[0].swings.map(([assumption]) => assumption);
  const figure = arrange(
    moved.map((panel) => chartOf(panel, order)),
    {
      name: "assumptions",
      title: said.title,
      says: joinTexts(
        ...moved.map((panel) => said.most(labelOf(panel), nameOf(panel.swings[0][0]))),
        unchanged,
      ),
      caption: joinTexts(said.caption, unchanged),
      titles: moved.map(labelOf),
      share: "y",
    },
  );
  return withProvenance(figure, said.method, toText(caption));
}

function panelOf(all: readonly Effect[], metric: MetricColumn): Panel {
  const name = columnOf(metric);
  const ofMetric = all.filter((effect) => effect.metric === name);
  const base = ofMetric.find(({ assumption }) => assumption === "base")?.difference;
  if (base === undefined) {
    throw new InputError(`no base among the effects on ${name}: give a row whose assumption is "base"`);
  }
  const rows = ofMetric.filter(({ assumption }) => assumption !== "base");
  if (rows.length === 0) throw new InputError(`no effect on ${name} beside the base: give other settings`);
  const swings = [...new Set(rows.map(({ assumption }) => assumption))].map((assumption) => {
    const own = rows.filter((row) => row.assumption === assumption).map(({ difference }) => difference);
    return [assumption, Math.max(base, ...own) - Math.min(base, ...own)] as const;
  });
  swings.sort(([, a], [, b]) => b - a);
  return { quantity: quantityOfColumn(metric), base, rows, swings };
}

function chartOf({ quantity, base, rows }: Panel, order: readonly string[]): Figure {
  const { assumptions: said } = words;
  const { label, unit, scale } = quantity;
  const drawn = [...rows]
    .sort((a, b) => order.indexOf(a.assumption) - order.indexOf(b.assumption))
    .map((row) => ({ ...row, row: `${row.assumption} ${row.setting}` }));
  return intervals(drawn, {
    x: "difference",
    y: "row",
    low: "low",
    high: "high",
    reference: base,
    labels: {
      difference: { label: said.effect, unit, scale },
      row: said.setting,
    },
    names: Object.fromEntries(
      drawn.map(({ row, assumption, setting }) => [row, said.row(nameOf(assumption), String(setting))]),
    ),
    axes: { difference: { title: withUnit(said.effect, unit), showgrid: true }, row: { title: "" } },
    columns: ["assumption", "setting", "difference", "low", "high"],
    title: label,
    look: { size: 5 },
  });
}

function nameOf(assumption: string): Text {
  const names: Readonly<Record<string, Text>> = words.assumptions.names;
  return Object.hasOwn(names, assumption) ? names[assumption] : toText(assumption);
}
