import { InputError } from "../base/errors.js";
import { refuseUnknownKeys } from "../base/known-keys.js";
import { gini } from "../metrics/gini.js";
import type { Run } from "../simulate/simulate.js";
import { lines } from "./build/lines.js";
import { originOfRuns } from "./captions.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { axisTitle } from "./labels.js";
import { stylesOf } from "./looks.js";
import { comparedHistories, machineUtilization } from "./machine-history.js";
import { coefficient, clock, inPercent } from "./sentence-numbers.js";
import { words } from "./words/words.js";

export interface HistogramOptions {
  /** The step whose loads are drawn. Default: each machine's mean over the steps in which it was up. */
  readonly step?: number;
  /** Width of a bin, as a share of a machine's capacity. Default 0.05. */
  readonly bin?: number;
}

const LINE = { mode: "lines", width: 1.8 } as const;
/** Dashes would hide corners; the fill tells the first two outlines apart. */
const SOLID = { ...LINE, dash: "solid" };

/** The loads of one run's machines: those that were up, in ascending order. */
interface Loads {
  readonly policy: string;
  readonly sorted: Float64Array;
  readonly mean: number;
  readonly gini: string;
}

/**
 * Returns the histogram of the machines' CPU utilization: an outline for each run, its mean as a vertical
 * line, and the Gini coefficient of the drawn loads in its name. The first run is filled. Throws InputError
 * for no run, for runs of different machines, for a run without `keepMachines: true`, for a step that a run
 * does not have, and for a bin that is not between 0 and 1.
 */
export function loadHistogram(
  runs: readonly Run[],
  { step, bin = 0.05, ...rest }: HistogramOptions = {},
): Figure {
  refuseUnknownKeys(rest, ["step", "bin"], "option of loadHistogram");
  if (!(bin > 0 && bin <= 1)) throw new InputError(`invalid bin: ${bin}; give a share from 0 to 1`);
  comparedHistories(runs);
  const loads = runs.map((run) => loadsOf(run, step));
  const rows = loads.flatMap((one) => outlineOf(one, bin));
  const { histogram: text } = words;
  const figure = lines(rows, {
    x: "load",
    y: "machines",
    color: "policy",
    stairs: true,
    name: "load-histogram",
    title: text.title,
    caption:
      step === undefined ? text.caption : text.captionAt(clock(step * runs[0].manifest.workload.stepSeconds)),
    method: text.about(inPercent(bin)),
    ...originOfRuns(runs),
    labels: { load: { label: text.load, unit: "%", scale: 100 }, machines: text.machines },
    names: Object.fromEntries(loads.map((one) => [one.policy, text.series(one.policy, one.gini)])),
    looks: Object.fromEntries(runs.map(({ policy }, i) => [policy, i < 2 ? SOLID : LINE])),
    ranges: { load: [0, 1] },
    axes: { load: { dtick: 25, title: axisTitle({ label: text.load, unit: "%", scale: 1 }) } },
    aspect: 0.68,
  });
  return withMarks(figure, loads);
}

function loadsOf(run: Run, step: number | undefined): Loads {
  const sorted = machineUtilization(run, step).sort();
  const mean = sorted.reduce((sum, load) => sum + load, 0) / sorted.length;
  const g = gini(sorted);
  return { policy: run.policy, sorted, mean, gini: Number.isNaN(g) ? "–" : coefficient(g) };
}

/** Returns the corners of the outline: the number of machines in each bin, which includes its lower end. */
function outlineOf({ policy, sorted }: Loads, bin: number) {
  const bins = Math.ceil(1 / bin - 1e-9);
  const counts = new Float64Array(bins);
  for (const load of sorted) counts[Math.min(bins - 1, Math.floor(load / bin + 1e-9))]++;
  return Array.from(counts).flatMap((machines, i) =>
    [i * bin, Math.min(1, (i + 1) * bin)].map((load) => ({ policy, load, machines })),
  );
}

/** Adds the fill of the first outline and the lines of the means. */
function withMarks(figure: Figure, loads: readonly Loads[]): Figure {
  const [first, ...others] = figure.data;
  const { labels: _, yaxis, ...plain } = figure.layout;
  const { mean, meanAndGini } = words.histogram;
  const highest = Math.max(1, ...figure.data.flatMap(({ y }) => y as readonly number[]));
  const colors = stylesOf(
    "policy",
    loads.map(({ policy }) => policy),
  ).map(({ color }) => color);
  const means = loads.map(({ mean }) => inPercent(mean));
  // One line serves all runs where the means are equal in print.
  const distinct = means.flatMap((mean, i) =>
    means.indexOf(mean) < i || loads[i].sorted.length === 0 ? [] : [i],
  );
  const colorOf = (i: number): string => (means.every((mean) => mean === means[0]) ? "#555555" : colors[i]);
  const at = (i: number): JsonObject => ({ xref: "x", yref: "y domain", x: 100 * loads[i].mean });
  return {
    ...figure,
    says: saysOf(loads),
    data: [{ ...first, fill: "tozeroy", fillcolor: "rgba(120,120,120,0.22)" }, ...others],
    layout: {
      ...plain,
      yaxis: { ...(yaxis as JsonObject), range: [0, 1.15 * highest] },
      shapes: distinct.map((i) => {
        const { x, ...refs } = at(i);
        return {
          type: "line",
          ...refs,
          x0: x,
          x1: x,
          y0: 0,
          y1: 1,
          line: { color: colorOf(i), width: 1.2, dash: "dot" },
        };
      }),
      annotations: distinct.map((i) => ({
        ...at(i),
        y: 1,
        yanchor: "top",
        xanchor: i === distinct[0] && distinct.length > 1 ? "right" : "left",
        text: loads.length > 1 ? mean(means[i]) : meanAndGini(means[i], loads[i].gini),
        align: "left",
        font: { color: colorOf(i) },
      })),
    },
  };
}

/** Says between which loads the middle half of the machines are. */
function saysOf(loads: readonly Loads[]): Text {
  const at = (sorted: Float64Array, share: number): string =>
    sorted.length === 0 ? "–" : inPercent(sorted[Math.round(share * (sorted.length - 1))]);
  const { halfOf, says } = words.histogram;
  const parts = loads.map(({ policy, sorted, gini: g }) =>
    halfOf(at(sorted, 0.25), at(sorted, 0.75), policy, g),
  );
  return says(words.build.list(parts));
}
