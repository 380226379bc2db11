import { InputError } from "../base/errors.js";
import { gini, lorenz } from "../metrics/gini.js";
import { writeFixed } from "../base/write-numbers.js";
import { nameInCorner } from "./build/corner-names.js";
import { lines } from "./build/lines.js";
import { POLICY } from "./columns.js";
import { toText, type Figure, type JsonObject, type Text } from "./figure.js";
import { inPercent } from "./sentence-numbers.js";
import { words } from "./words/words.js";

export interface LorenzSeries {
  readonly name: string | Text;
  /** A policy or configuration whose look the curve has. Default: the look of its place. */
  readonly key?: string;
  /** The values whose distribution is drawn, such as the utilization of each machine. */
  readonly values: ArrayLike<number>;
}

export interface LorenzOptions {
  /** The origin of the values, for the caption. */
  readonly origin?: Text;
}

/** The largest number of points of a curve; the coefficient in the legend uses all values. */
const MOST_POINTS = 200;

/**
 * Returns the chart of the Lorenz curves of one or more series, each with its Gini coefficient. Throws
 * InputError for no series and for two series with the same name.
 */
export function lorenzCurves(series: readonly LorenzSeries[], { origin }: LorenzOptions = {}): Figure {
  if (series.length === 0) throw new InputError("no series to draw: give at least one");
  const rows = series.flatMap(({ name, key, values }) => {
    const { population, share } = lorenz(values);
    const every = Math.ceil(values.length / MOST_POINTS);
    return Array.from(population, (machines, i) => ({
      series: key ?? toText(name).en,
      machines,
      load: share[i],
    })).filter((_, i) => i % every === 0 || i === values.length);
  });
  const names = series.map(({ name, key, values }) => {
    const coefficient = writeFixed(gini(values), 3);
    return [key ?? toText(name).en, words.lorenz.series(name, coefficient)] as const;
  });
  const axis = { range: [0, 100], dtick: 25 };
  const figure = lines(rows, {
    x: "machines",
    y: "load",
    color: "series",
    labels: {
      series: POLICY,
      machines: { label: words.lorenz.machines, unit: "%", scale: 100 },
      load: { label: words.lorenz.load, unit: "%", scale: 100 },
    },
    names: Object.fromEntries(names),
    axes: { machines: axis, load: axis },
    name: "lorenz",
    title: words.lorenz.title,
    caption: words.lorenz.caption,
    source: origin,
    aspect: 0.8,
  });
  const curves = { ...figure, says: saysOf(series), data: [DIAGONAL, ...figure.data] };
  return nameInCorner(curves);
}

/** Says what the less loaded half carries; for several curves, in the most and in the least even one. */
function saysOf(series: readonly LorenzSeries[]): Text {
  const halves = series
    .map(({ name, values }) => ({ name: toText(name), share: lowerHalf(values) }))
    .sort((a, b) => b.share - a.share);
  const [most, least] = [halves[0], halves[halves.length - 1]];
  const { says, saysOfOne } = words.lorenz;
  return halves.length === 1
    ? saysOfOne(inPercent(most.share))
    : says(inPercent(most.share), most.name, inPercent(least.share), least.name);
}

/** Returns the share of the load on the less loaded half of the machines, read from the curve. */
function lowerHalf(values: ArrayLike<number>): number {
  const { share } = lorenz(values);
  const [low, high] = [Math.floor, Math.ceil].map((round) => share[round((share.length - 1) / 2)]);
  return (low + high) / 2;
}

const DIAGONAL: JsonObject = {
  type: "scatter",
  mode: "lines",
  name: words.lorenz.equal,
  x: [0, 100],
  y: [0, 100],
  line: { color: "#777777", width: 0.9, dash: "solid", simplify: false },
  hoverinfo: "skip",
};
