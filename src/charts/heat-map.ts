import { InputError } from "../errors.js";
import type { Run } from "../simulate/simulate.js";
import { describeRuns, joinTexts } from "./captions.js";
import { column, numbers } from "./columns.js";
import { fileName, type Figure, type Text } from "./figure.js";
import { timeOf } from "./lines-over-time.js";

export interface HeatMapOptions {
  /** Cells drawn at most; above it machines and steps are binned, each cell the mean of its bin. */
  readonly cells?: number;
}

/** Machines by steps, binned: `values[row * columns + column]`, one bin of machines per row. */
export interface Bins {
  readonly rows: number;
  readonly columns: number;
  readonly machinesPerRow: number;
  readonly stepsPerColumn: number;
  readonly values: Float64Array;
}

/**
 * Returns the chart of each machine's CPU utilization over time. Machines are in order of their mean utilization,
 * least at the bottom. Throws InputError where the run was not simulated with `keepMachines: true`.
 */
export function utilizationHeatMap(run: Run, { cells = 10_000 }: HeatMapOptions = {}): Figure {
  if (run.machines === undefined) {
    throw new InputError(`run of ${run.policy} has no machines: simulate with keepMachines: true`);
  }
  const { machines, cpu } = run.machines;
  const bins = binMachines(cpu, machines, cells);
  const { axis, stepSeconds } = timeOf([run]);
  const time = Array.from(
    { length: bins.columns },
    (_, i) => ((i + 0.5) * bins.stepsPerColumn * stepSeconds) / axis.seconds,
  );
  const rank = Array.from({ length: bins.rows }, (_, i) => (i + 0.5) * bins.machinesPerRow);
  const percent = bins.values.map((u) => u * 100);
  const z = rank.map((_, row) => numbers(percent.subarray(row * bins.columns, (row + 1) * bins.columns)));
  return {
    name: fileName(`heat-map-${run.policy}`),
    title: {
      en: `CPU utilization of every machine: ${run.policy}`,
      zh: `每台机器的 CPU 利用率：${run.policy}`,
    },
    caption: joinTexts(whatIsShown(run.policy, bins), describeRuns([run])),
    data: [
      {
        type: "heatmap",
        x: time,
        y: rank,
        z,
        zmin: 0,
        zmax: 100,
        // Rises in lightness all the way, so that it reads in grey; machines that are down stay white.
        colorscale: "Cividis",
        zsmooth: false,
        hoverongaps: false,
        hovertemplate: `%{x:.2f} ${axis.unit}, %{y:.0f}: %{z:.1f} %<extra></extra>`,
        colorbar: {
          title: { text: "%", side: "top" },
          thickness: 10,
          outlinewidth: 0.5,
          len: 1,
          xpad: 4,
          ypad: 0,
          tickvals: [0, 25, 50, 75, 100],
        },
      },
    ],
    layout: {
      xaxis: axis.layout,
      yaxis: { title: { en: "Machines, by mean load", zh: "机器（按平均负载排序）" }, showgrid: false },
    },
    aspect: 0.62,
    table: {
      name: "heat-map",
      caption: { en: "CPU utilization of machines", zh: "机器 CPU 利用率" },
      columns: [
        column(
          "time",
          { en: "Time", zh: "时间" },
          axis.unit,
          rank.flatMap(() => time),
        ),
        column(
          "rank",
          { en: "Rank of the machine", zh: "机器排名" },
          "",
          rank.flatMap((at) => time.map(() => at)),
        ),
        column("utilization", { en: "CPU utilization", zh: "CPU 利用率" }, "%", percent),
      ],
    },
  };
}

/**
 * Returns the history (row-major, one step per row) with machines in order of their mean, binned to at most about
 * `cells` cells; both sides are binned alike. NaN where no machine of a bin was up.
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
  orderByMean(cpu, machines, steps).forEach((machine, rank) => {
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

function orderByMean(cpu: ArrayLike<number>, machines: number, steps: number): number[] {
  const means = Float64Array.from({ length: machines }, (_, machine) => {
    let sum = 0;
    let count = 0;
    for (let step = 0; step < steps; step++) {
      const utilization = cpu[step * machines + machine];
      if (Number.isNaN(utilization)) continue;
      sum += utilization;
      count++;
    }
    return count > 0 ? sum / count : 0;
  });
  return Array.from(means.keys()).sort((a, b) => means[a] - means[b] || a - b);
}

function whatIsShown(policy: string, { machinesPerRow, stepsPerColumn }: Bins): Text {
  const binned = machinesPerRow * stepsPerColumn > 1;
  return {
    en:
      `CPU delivered under ${policy}, share of each machine's capacity; machines in order of ` +
      "their " +
      `mean.${binned ? ` Each cell is the mean of ${machinesPerRow} machines over ${stepsPerColumn} steps.` : ""}`,
    zh:
      `策略 ${policy} 下各机器实际获得的 CPU 占其容量的比例，机器按均值排序。` +
      (binned ? `每格为 ${machinesPerRow} 台机器、${stepsPerColumn} 步的均值。` : ""),
  };
}
