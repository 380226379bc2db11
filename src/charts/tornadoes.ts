import { escape, type ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import type { Words } from "../base/text.js";
import { arrange } from "./build/arrange.js";
import { checkColumn, readRows } from "./build/rows.js";
import { joinTexts } from "./captions.js";
import { toText, type Figure, type Text } from "./figure.js";
import { columnOf, quantityOfColumn, type MetricColumn } from "./labels.js";
import { tornadoChart, widestSwing } from "./tornado.js";
import { words } from "./words/say.js";

export interface TornadoesOptions {
  /** The metrics of the effects, one panel for each. */
  readonly metrics: readonly MetricColumn[];
  /** States the effect and the base: policies, trace, seeds. */
  readonly caption: Words;
}

/**
 * Returns the tornado charts of several metrics side by side. A metric that no assumption changes has no
 * panel: the figure's sentence and its caption say so. `effects` has the columns of `tornadoChart` and
 * `metric`, as in `differences`. Throws InputError for a metric without rows, where no metric changes at all,
 * and the same errors as `tornadoChart`.
 */
export function tornadoCharts(effects: ColumnTable, { metrics, caption }: TornadoesOptions): Figure {
  checkColumn("metric", readRows(effects).names);
  const parts = metrics.map((metric) => {
    const name = columnOf(metric);
    const rows = effects.filter(escape((row: { metric: string }) => row.metric === name)).reify();
    if (rows.numRows() === 0)
      throw new InputError(`no effect on ${name} in the table: compute its differences`);
    return { metric, label: quantityOfColumn(metric).label, rows, widest: widestSwing(rows) };
  });
  const moved = parts.filter(({ widest }) => widest !== undefined);
  if (moved.length === 0) {
    throw new InputError(
      `no assumption changes ${metrics.map(columnOf).join(", ")}: there is nothing to draw`,
    );
  }
  const still = parts.filter(({ widest }) => widest === undefined).map(({ label }) => label);
  const { tornado } = words;
  const unchanged = still.length > 0 && tornado.unchanged(still);
  return arrange(
    moved.map(({ metric, label, rows }) => ({
      ...tornadoChart(rows, { metric, caption }),
      title: label,
    })),
    {
      name: "tornado",
      title: tornado.titleOfAll,
      says: joinTexts(...moved.map(({ label, widest }) => tornado.most(label, nameOf(widest!))), unchanged),
      caption: joinTexts(tornado.captionOfAll, unchanged, toText(caption)),
    },
  );
}

function nameOf(assumption: string): Text {
  const { assumptions } = words.tornado;
  const known: Readonly<Record<string, Text>> = assumptions;
  if (!Object.hasOwn(known, assumption)) return toText(assumption);
  const { en, zh } = known[assumption];
  return { en: en.replace("<br>", " ").toLowerCase().replace(/^lc/, "LC"), zh: zh.replace("<br>", "") };
}
