import { gini } from "../../metrics/gini.js";
import { meanOfDefined, nearestRankOfSorted } from "../../metrics/statistics.js";
import { TIERS, tierOf, type Tier } from "../tier.js";
import type { Workload } from "../workload.js";
import type { MachineLoad } from "./load.js";
import { describeRow, percent, type DescribeRow } from "./row.js";
import { upMachines } from "./start.js";

/**
 * Returns CPU and memory used and requested, as shares of capacity and by tier, and the variation of
 * production load over the day.
 */
export function describeUse(workload: Workload, load: MachineLoad): DescribeRow[] {
  const { machines } = workload;
  const up = upMachines(workload);
  const cpuCapacity = up.reduce((sum, machine) => sum + machines.cpu[machine], 0);
  const memoryCapacity = up.reduce((sum, machine) => sum + machines.memory[machine], 0);
  const tiers = tierTotals(workload);
  const total = (key: keyof TierTotals): number => TIERS.reduce((sum, tier) => sum + tiers[tier][key], 0);
  const row = (statistic: string, value: number, unit = "of capacity"): DescribeRow =>
    describeRow("use", statistic, value, unit);
  return [
    row("CPU used", total("cpu") / (cpuCapacity * workload.steps)),
    row("CPU used, first step", up.reduce((sum, m) => sum + load.cpu[m * load.steps], 0) / cpuCapacity),
    row("memory used", total("memory") / (memoryCapacity * workload.steps)),
    row("CPU requested", total("cpuRequested") / (cpuCapacity * workload.steps)),
    row("memory requested", total("memoryRequested") / (memoryCapacity * workload.steps)),
    ...TIERS.flatMap((tier) => {
      const { cpu, memory, cpuRequested, memoryRequested } = tiers[tier];
      return [
        row(`CPU used over requested, ${tier}`, cpu / cpuRequested, ""),
        row(`memory used over requested, ${tier}`, memory / memoryRequested, ""),
      ];
    }),
    row("production CPU, highest hour of the day over lowest", dailySwing(workload), ""),
  ];
}

interface TierTotals {
  cpu: number;
  memory: number;
  cpuRequested: number;
  memoryRequested: number;
}

/**
 * Returns sums over executions and steps. A CPU request counts for the time in which the execution is
 * present, memory for whole steps.
 */
function tierTotals({ executions, usage, stepSeconds }: Workload): Record<Tier, TierTotals> {
  const zero = (): TierTotals => ({ cpu: 0, memory: 0, cpuRequested: 0, memoryRequested: 0 });
  const totals = { free: zero(), beb: zero(), prod: zero() };
  for (let execution = 0; execution < executions.job.length; execution++) {
    const tier = totals[tierOf(executions.priority[execution])];
    const samples = usage.offsets[execution + 1] - usage.offsets[execution];
    for (let sample = usage.offsets[execution]; sample < usage.offsets[execution + 1]; sample++) {
      tier.cpu += usage.cpu[sample];
      tier.memory += usage.memory[sample];
    }
    tier.cpuRequested +=
      (executions.cpuRequest[execution] * (executions.end[execution] - executions.start[execution])) /
      stepSeconds;
    tier.memoryRequested += executions.memoryRequest[execution] * samples;
  }
  return totals;
}

/**
 * Returns the highest over the lowest mean production CPU among the 24 hours of the day, which count from the
 * beginning of the trace; NaN for less than a day.
 */
function dailySwing({ executions, usage, steps, stepSeconds }: Workload): number {
  if (steps * stepSeconds < 86_400) return NaN;
  const total = new Float64Array(steps);
  for (let execution = 0; execution < executions.job.length; execution++) {
    if (tierOf(executions.priority[execution]) !== "prod") continue;
    const shift = usage.firstStep[execution] - usage.offsets[execution];
    for (let sample = usage.offsets[execution]; sample < usage.offsets[execution + 1]; sample++) {
      if (shift + sample < steps) total[shift + sample] += usage.cpu[sample];
    }
  }
  const sums = new Float64Array(24);
  const counts = new Float64Array(24);
  total.forEach((cpu, step) => {
    const hour = Math.floor((step * stepSeconds) / 3600) % 24;
    sums[hour] += cpu;
    counts[hour]++;
  });
  const means = sums.map((value, hour) => value / counts[hour]).filter((mean) => !Number.isNaN(mean));
  const least = Math.min(...means);
  return least > 0 ? Math.max(...means) / least : NaN;
}

/** Returns NaN where the load of a machine is not known. */
function giniOf(load: Float64Array): number {
  return load.some(Number.isNaN) ? NaN : gini(load);
}

/** Returns how evenly the trace's own placement loads the machines, and how fast the load changes. */
export function describeBalance(workload: Workload, load: MachineLoad): DescribeRow[] {
  const { machines, stepSeconds } = workload;
  const up = upMachines(workload);
  const column = (of: Float32Array, capacity: Float64Array, step: number): Float64Array =>
    Float64Array.from(up, (machine) => of[machine * load.steps + step] / capacity[machine]);
  const cpu = column(load.cpu, machines.cpu, 0);
  const memory = column(load.memory, machines.memory, 0);
  const meanGini = (of: Float32Array, capacity: Float64Array): number =>
    // A step without any load has no Gini coefficient.
    meanOfDefined(Array.from({ length: load.steps }, (_, step) => giniOf(column(of, capacity, step))));
  const sorted = cpu.slice().sort();
  const changes = changeStatistics(workload, load, up, Math.max(1, Math.round(3300 / stepSeconds)));
  const row = (statistic: string, value: number, unit = ""): DescribeRow =>
    describeRow("balance", statistic, value, unit);
  return [
    row("Gini of CPU, first step", giniOf(cpu)),
    row("Gini of CPU, mean of steps", meanGini(load.cpu, machines.cpu)),
    row("Gini of memory, first step", giniOf(memory)),
    row("Gini of memory, mean of steps", meanGini(load.memory, machines.memory)),
    ...[0.05, 0.25, 0.5, 0.75, 0.95].map((p) =>
      row(`CPU of a machine, ${percent(p)}`, nearestRankOfSorted(sorted, p), "of capacity"),
    ),
    row(`change of a machine's CPU in ${stepSeconds} s, sd`, changes.deviation, "of capacity"),
    row("correlation of machines' CPU over 55 min", changes.correlation),
  ];
}

function changeStatistics(
  { machines }: Workload,
  load: MachineLoad,
  up: readonly number[],
  lag: number,
): { deviation: number; correlation: number } {
  let [changes, squares] = [0, 0];
  let [pairs, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (const machine of up) {
    const capacity = machines.cpu[machine];
    const series = load.cpu.subarray(machine * load.steps, (machine + 1) * load.steps);
    for (let step = 1; step < series.length; step++) {
      const now = series[step] / capacity;
      const change = now - series[step - 1] / capacity;
      changes++;
      squares += change * change;
      if (step < lag) continue;
      const before = series[step - lag] / capacity;
      pairs++;
      x += before;
      y += now;
      xx += before * before;
      yy += now * now;
      xy += before * now;
    }
  }
  const covariance = xy / pairs - (x / pairs) * (y / pairs);
  const variances = (xx / pairs - (x / pairs) ** 2) * (yy / pairs - (y / pairs) ** 2);
  return { deviation: Math.sqrt(squares / changes), correlation: covariance / Math.sqrt(variances) };
}
