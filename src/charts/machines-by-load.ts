import { quantileOfSorted } from "../metrics/statistics.js";
import type { Run } from "../simulate/simulate.js";
import { nameInCorner } from "./build/corner-names.js";
import { lines } from "./build/lines.js";
import { originOfRuns } from "./captions.js";
import type { Figure } from "./figure.js";
import { LABELS } from "./labels.js";
import { historyOf } from "./machine-history.js";
import { checkNames, checkRuns } from "./run-rows.js";
import { words } from "./words/words.js";

/** The number of points of a curve. */
const POINTS = 101;
const AXIS = { range: [0, 100], dtick: 25 };

/**
 * Returns the chart of machines sorted by load, one line per policy: in each step the machines that are up
 * are sorted by CPU utilization, then the values of each rank are averaged over the steps. A flat line is an
 * even load. Throws InputError for no run, and for a run without `keepMachines: true`.
 */
export function machinesByLoad(runs: readonly Run[]): Figure {
  checkRuns(runs);
  checkNames(runs.map(({ policy }) => policy));
  const rows = runs.flatMap((run) => {
    const loads = meanByRank(run);
    return Array.from(loads, (utilization, i) => ({
      policy: run.policy,
      machines: i / (loads.length - 1),
      utilization,
    }));
  });
  const figure = lines(rows, {
    x: "machines",
    y: "utilization",
    color: "policy",
    labels: {
      machines: { label: words.machinesByLoad.axis, unit: "%", scale: 100 },
      utilization: LABELS.utilization,
    },
    looks: Object.fromEntries(runs.map(({ policy }) => [policy, { mode: "lines", width: 1.8 }])),
    axes: { machines: AXIS, utilization: AXIS },
    name: "machines-by-load",
    title: words.machinesByLoad.title,
    caption: words.machinesByLoad.caption,
    ...originOfRuns(runs),
    aspect: 0.8,
  });
  return nameInCorner(figure);
}

/** Returns the mean over the steps of the utilization at each rank, from the least loaded machine on. */
export function meanByRank(run: Run): Float64Array {
  const { machines, cpu } = historyOf(run);
  const sums = new Float64Array(POINTS);
  let count = 0;
  for (let at = 0; at < cpu.length; at += machines) {
    const up = cpu
      .slice(at, at + machines)
      .filter((value) => !Number.isNaN(value))
      .sort();
    if (up.length === 0) continue;
    count++;
    for (let i = 0; i < POINTS; i++) sums[i] += quantileOfSorted(up, i / (POINTS - 1));
  }
  return sums.map((sum) => sum / count);
}
