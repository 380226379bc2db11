import type { ColumnTable } from "arquero";
import { bands } from "./build/bands.js";
import { describeGroups, joinTexts } from "./captions.js";
import type { Figure, Text } from "./figure.js";
import type { Quartiles } from "./hourly-quartiles.js";
import type { Quantity } from "./labels.js";
import { words } from "./words/words.js";

/** What a chart of quartiles says of the values that it draws. */
export interface QuartileBands {
  readonly name: string;
  readonly title: Text;
  readonly caption: Text;
  readonly method: Text;
  readonly axis: Text;
  readonly quantity: Quantity;
  readonly source: ColumnTable;
  /** The order of the policies; others follow in the order of the rows. */
  readonly policies?: readonly string[];
}

/** Returns the chart over time with a median and a band between the quartiles for each policy. */
export function quartileBands(
  { rows, every, stepSeconds, duration }: Quartiles,
  { name, title, caption, method, axis, quantity, source, policies = [] }: QuartileBands,
): Figure {
  const { q25, median, q75 } = words.bands;
  return bands(rows, {
    x: "time",
    y: "median",
    low: "q25",
    high: "q75",
    color: "policy",
    name,
    title,
    caption: joinTexts(caption, describeGroups(every, stepSeconds)),
    method,
    source,
    labels: {
      q25: { ...quantity, label: q25 },
      median: { ...quantity, label: median },
      q75: { ...quantity, label: q75 },
    },
    order: { policy: policies },
    ranges: { time: [0, duration] },
    axes: { median: { title: axis } },
    columns: ["policy", "time", "q25", "median", "q75"],
    aspect: 0.68,
  });
}
