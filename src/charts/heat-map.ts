import { InputError } from "../base/errors.js";
import type { Run } from "../simulate/simulate.js";
import { cells as drawCells } from "./build/cells.js";
import { describeRuns, joinTexts } from "./captions.js";
import type { Figure } from "./figure.js";
import { meansOfMachines } from "./lorenz.js";
import { durationOf } from "./run-rows.js";
import { words } from "./words/say.js";

export interface HeatMapOptions {
  /**
   * The largest number of cells. Machines and steps are binned where there are more; a cell is the mean of
   * its bin.
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

/**
 * Returns the chart of each machine's CPU utilization over time. Machines are sorted by mean utilization,
 * with the lowest at the bottom. Throws InputError where the run was not simulated with `keepMachines: true`.
 */
export function utilizationHeatMap(run: Run, { cells = 10_000 }: HeatMapOptions = {}): Figure {
  const { policy } = run;
  if (run.machines === undefined) {
    throw new InputError(
      `the run of ${policy} has no utilization per machine: simulate with keepMachines: true`,
    );
  }
  const { machines, cpu } = run.machines;
  const bins = binMachines(cpu, machines, cells);
  const { columns, machinesPerRow, stepsPerColumn } = bins;
  const { stepSeconds } = run.manifest.workload;
  const rows = Array.from(bins.values, (utilization, i) => ({
    time: ((i % columns) + 0.5) * stepsPerColumn * stepSeconds,
    rank: (Math.floor(i / columns) + 0.5) * machinesPerRow,
    utilization,
  }));
  return drawCells(rows, {
    x: "time",
    y: "rank",
    fill: "utilization",
    labels: { rank: words.heatMap.rank },
    ranges: { time: [0, durationOf([run])], utilization: [0, 1] },
    axes: { rank: { title: words.heatMap.axis, showgrid: false } },
    name: `heat-map-${policy}`,
    title: words.heatMap.title(policy),
    caption: joinTexts(
      words.heatMap.caption(policy),
      machinesPerRow * stepsPerColumn > 1 && words.heatMap.binned(machinesPerRow, stepsPerColumn),
    ),
    source: describeRuns([run]),
  });
}

/**
 * Returns the history (row-major, one step per row) with machines sorted by their mean, binned equally in
 * both directions to at most about `cells` cells. A bin is NaN where none of its machines was up.
 */
export function binMachines(cpu: ArrayLike<number>, machines: number, cells: number): Bins {
  const steps = cpu.length / machines;
  const excess = Math.sqrt(Math.max(1, (machines * steps) / cells));
  const machinesPerRow = Math.min(machines, Math.ceil(excess));
  const stepsPerColumn = Math.ceil((machines * steps) / machinesPerRow / cells);
  const rows = Math.ceil(machines / machinesPerRow);
  const columns = Math.ceil(steps / stepsPerColumn);
  const sums = new Float64Array(rows * columns);
  const counts = new Int32Array(rows * columns);
  orderByMean(cpu, machines).forEach((machine, rank) => {
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

/** Returns the machines sorted by mean; those that were never up come first. */
function orderByMean(cpu: ArrayLike<number>, machines: number): number[] {
  const means = meansOfMachines(cpu, machines).map((mean) => mean || 0);
  return Array.from(means.keys()).sort((a, b) => means[a] - means[b] || a - b);
}
