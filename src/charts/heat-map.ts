import { InputError } from "../base/errors.js";
import { meanOfDefined } from "../metrics/statistics.js";
import type { Run } from "../simulate/simulate.js";
import { arrange } from "./build/arrange.js";
import { cells as drawCells } from "./build/cells.js";
import { describeRuns, joinTexts, originOfRuns, withProvenance } from "./captions.js";
import type { Figure, JsonObject, Text } from "./figure.js";
import { comparedHistories, orderByMean } from "./machine-history.js";
import { durationOf } from "./run-rows.js";
import { inPercent } from "./sentence-numbers.js";
import { words } from "./words/words.js";

export interface HeatMapOptions {
  /**
   * The largest number of cells of a run's picture, half as many for two runs. Machines and steps are binned
   * where there are more; a cell is the mean of its bin. Default 10,000.
   */
  readonly cells?: number;
}

/** Bins of machines and steps: `values[row * columns + column]`, with one bin of machines per row. */
export interface Bins {
  readonly rows: number;
  readonly columns: number;
  readonly machinesPerRow: number;
  readonly stepsPerColumn: number;
  readonly values: Float64Array;
}

/** What the pictures of one or two runs have in common. */
interface Shared {
  readonly runs: readonly Run[];
  readonly bins: readonly Bins[];
}

/**
 * Returns the chart of each machine's CPU utilization over time. Machines are sorted by mean utilization,
 * with the lowest at the bottom. For two runs: the first, the second, and the difference of the second from
 * the first, with the machines in the order of the first run in all three. Throws InputError for more runs,
 * for runs of different machines or lengths, and where a run was not simulated with `keepMachines: true`.
 */
export function utilizationHeatMap(
  given: Run | readonly [before: Run, after: Run],
  { cells = 10_000 }: HeatMapOptions = {},
): Figure {
  const runs: readonly Run[] = "steps" in given ? [given] : given;
  const histories = comparedHistories(runs);
  if (runs.length > 2) throw new InputError(`${runs.length} runs to draw: give one, or two to compare`);
  if (histories.some(({ cpu }) => cpu.length !== histories[0].cpu.length)) {
    throw new InputError("the runs have different lengths: simulate the same steps");
  }
  const [{ cpu, machines }] = histories;
  const order = orderByMean(cpu, machines);
  const bins = histories.map((history) => binMachines(history.cpu, order, cells / runs.length));
  const shared = { runs, bins };
  if (runs.length === 1) return { ...pictureOf(shared, 0), says: saysOfOne(runs[0], bins[0]) };
  const [before, after] = [0, 1].map((run) => ({
    ...pictureOf(shared, run),
    title: titleOf(runs[run].policy),
  }));
  const figure = arrange([before, after, differenceOf(shared)], {
    name: "heat-maps",
    title: words.heatMap.titleOfBoth(runs.map(({ policy }) => policy)),
    says: saysOfBoth(shared),
    caption: joinTexts(
      words.heatMap.captionOfBoth(runs[0].policy),
      aboutBins(bins[0]),
      originOfRuns(runs).basis,
    ),
    share: "y",
    aspect: 0.85,
  });
  return withProvenance(figure, describeRuns(runs));
}

function titleOf(policy: string): Text {
  return { en: policy, zh: policy };
}

function aboutBins({ machinesPerRow, stepsPerColumn }: Bins): Text | false {
  return machinesPerRow * stepsPerColumn > 1 && words.heatMap.binned(machinesPerRow, stepsPerColumn);
}

/** Returns the options of a picture with this column as colors. */
function optionsOf({ runs }: Shared) {
  return {
    x: "time",
    y: "rank",
    axes: { rank: { title: words.heatMap.axis, showgrid: false } },
    ranges: { time: [0, durationOf(runs)] as const },
    ...originOfRuns(runs),
  };
}

function rowsOf({ runs, bins }: Shared, name: string, value: (cell: number) => number): object[] {
  const [{ columns, machinesPerRow, stepsPerColumn, values }] = bins;
  const { stepSeconds } = runs[0].manifest.workload;
  return Array.from(values, (_, i) => ({
    time: ((i % columns) + 0.5) * stepsPerColumn * stepSeconds,
    rank: (Math.floor(i / columns) + 0.5) * machinesPerRow,
    [name]: value(i),
  }));
}

/** Returns the picture of one run. */
function pictureOf(shared: Shared, run: number): Figure {
  const { policy } = shared.runs[run];
  const { ranges, ...options } = optionsOf({ ...shared, runs: [shared.runs[run]] });
  return drawCells(
    rowsOf(shared, "utilization", (cell) => shared.bins[run].values[cell]),
    {
      ...options,
      fill: "utilization",
      labels: { rank: words.heatMap.rank },
      ranges: { ...ranges, utilization: [0, 1] },
      name: `heat-map-${policy}`,
      title: words.heatMap.title(policy),
      caption: joinTexts(words.heatMap.caption(policy), aboutBins(shared.bins[run])),
    },
  );
}

/** Dark to light, so that less and more also differ in gray print; gray is no difference. */
const LESS_TO_MORE = [
  [0, "#08306B"],
  [0.25, "#3F6FA8"],
  [0.5, "#A3A3A3"],
  [0.75, "#F2B366"],
  [1, "#FFF3D6"],
] as const;

/** Returns the picture of the second run less the first. */
function differenceOf(shared: Shared): Figure {
  const [before, after] = shared.bins;
  const differences = after.values.map((value, cell) => value - before.values[cell]);
  const most = differences.reduce((max, value) => Math.max(max, Math.abs(value) || 0), 0.01);
  const { ranges, ...options } = optionsOf(shared);
  const { difference } = words.heatMap;
  const figure = drawCells(
    rowsOf(shared, "difference", (cell) => differences[cell]),
    {
      ...options,
      fill: "difference",
      labels: { rank: words.heatMap.rank, difference: { label: difference, unit: "pp", scale: 100 } },
      ranges: { ...ranges, difference: [-most, most] },
      title: difference,
    },
  );
  const { coloraxis, ...layout } = figure.layout;
  return {
    ...figure,
    layout: { ...layout, coloraxis: { ...(coloraxis as JsonObject), colorscale: LESS_TO_MORE } },
  };
}

function saysOfOne({ policy }: Run, bins: Bins): Text {
  const [fullest, emptiest] = tenthsOf(bins);
  return words.heatMap.says(policy, inPercent(fullest), inPercent(emptiest));
}

function saysOfBoth({ runs, bins }: Shared): Text {
  const [before, after] = bins.map((ofRun) => tenthsOf(ofRun).map(inPercent));
  return words.heatMap.saysOfBoth(runs[1].policy, [before[0], after[0]], [before[1], after[1]]);
}

/** Returns the means of the upper and of the lowest tenth of the rows (at least one row). */
function tenthsOf({ rows, columns, values }: Bins): [number, number] {
  const count = Math.max(1, Math.round(rows / 10)) * columns;
  return [meanOfDefined(values.subarray(values.length - count)), meanOfDefined(values.subarray(0, count))];
}

/**
 * Returns the history (row-major, one step per row) with machines in this order, binned equally in both
 * directions to at most about `cells` cells. A bin is NaN where none of its machines was up.
 */
export function binMachines(cpu: ArrayLike<number>, order: readonly number[], cells: number): Bins {
  const machines = order.length;
  const steps = cpu.length / machines;
  const excess = Math.sqrt(Math.max(1, (machines * steps) / cells));
  const machinesPerRow = Math.min(machines, Math.ceil(excess));
  const stepsPerColumn = Math.ceil((machines * steps) / machinesPerRow / cells);
  const rows = Math.ceil(machines / machinesPerRow);
  const columns = Math.ceil(steps / stepsPerColumn);
  const sums = new Float64Array(rows * columns);
  const counts = new Int32Array(rows * columns);
  order.forEach((machine, rank) => {
    const row = Math.floor(rank / machinesPerRow) * columns;
    for (let step = 0; step < steps; step++) {
      const utilization = cpu[step * machines + machine];
      if (Number.isNaN(utilization)) continue;
      const cell = row + Math.floor(step / stepsPerColumn);
      sums[cell] += utilization;
      counts[cell]++;
    }
  });
  return {
    rows,
    columns,
    machinesPerRow,
    stepsPerColumn,
    values: sums.map((sum, cell) => sum / counts[cell]),
  };
}
