import { gini } from "../../metrics/gini.js";
import { nearestRankOfSorted } from "../../metrics/statistics.js";
import { TIERS, tierOf } from "../tier.js";
import { LATENCY_CRITICAL, type Workload } from "../workload.js";
import { describeRow, percent, type DescribeRow } from "./row.js";

/** Returns the number of machines, their capacity and the ten most common shapes. */
export function describeMachines({ machines }: Workload): DescribeRow[] {
  const shapes = new Map<string, number>();
  let up = 0;
  let [cpu, memory] = [0, 0];
  for (let machine = 0; machine < machines.id.length; machine++) {
    if (machines.up[machine] === 0) continue;
    up++;
    cpu += machines.cpu[machine];
    memory += machines.memory[machine];
    const shape = `${round2(machines.cpu[machine])}/${round2(machines.memory[machine])}`;
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  const common = [...shapes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 10);
  return [
    describeRow("machines", "in the trace", machines.id.length, "machines"),
    describeRow("machines", "up when it begins", up, "machines"),
    describeRow("machines", "CPU capacity", cpu, "reference machines"),
    describeRow("machines", "memory capacity", memory, "reference machines"),
    ...common.map(([shape, count]) => describeRow("machines", `share of shape ${shape}`, count / up)),
  ];
}

/**
 * Returns statistics of the tasks that are running when the trace begins: number, tiers, classes, requests
 * and placement.
 */
export function describeStart(workload: Workload): DescribeRow[] {
  const { machines, executions, lcRule } = workload;
  const rows = initialRows(workload);
  const up = upMachines(workload);
  const count = new Float64Array(machines.id.length);
  const cpu = new Float64Array(machines.id.length);
  const memory = new Float64Array(machines.id.length);
  const hosts = new Uint8Array(machines.id.length);
  for (const execution of rows) {
    const machine = executions.machine[execution];
    if (machine < 0) continue;
    count[machine]++;
    cpu[machine] += executions.cpuRequest[execution];
    memory[machine] += executions.memoryRequest[execution];
    hosts[machine] |= executions.taskClass[execution] === LATENCY_CRITICAL ? 1 : 2;
  }
  const perMachine = Float64Array.from(up, (machine) => count[machine]).sort();
  const capacity = sum(up, (machine) => machines.cpu[machine]);
  const memoryCapacity = sum(up, (machine) => machines.memory[machine]);
  const requested = (keep: (execution: number) => boolean): number =>
    sum(rows.filter(keep), (execution) => executions.cpuRequest[execution]) / capacity;
  const isLc = (execution: number): boolean => executions.taskClass[execution] === LATENCY_CRITICAL;
  const row = (statistic: string, value: number, unit = ""): DescribeRow =>
    describeRow("start", statistic, value, unit);
  return [
    row("running tasks", rows.length, "tasks"),
    row("tasks per machine", sum(up, (machine) => count[machine]) / up.length, "tasks"),
    row("tasks per machine, 5 %", nearestRankOfSorted(perMachine, 0.05), "tasks"),
    row("tasks per machine, median", nearestRankOfSorted(perMachine, 0.5), "tasks"),
    row("tasks per machine, 95 %", nearestRankOfSorted(perMachine, 0.95), "tasks"),
    row(
      `machines with LC and BE tasks (${lcRule})`,
      up.filter((machine) => hosts[machine] === 3).length / up.length,
    ),
    row(`share of tasks, LC (${lcRule})`, rows.filter(isLc).length / rows.length),
    ...TIERS.map((tier) =>
      row(
        `share of tasks, ${tier}`,
        rows.filter((execution) => tierOf(executions.priority[execution]) === tier).length / rows.length,
      ),
    ),
    ...[0, 1, 2, 3].map((c) =>
      row(
        `share of tasks, class ${c}`,
        rows.filter((execution) => executions.schedulingClass[execution] === c).length / rows.length,
      ),
    ),
    row(
      "CPU requested",
      requested(() => true),
      "of capacity",
    ),
    row(`CPU requested, LC (${lcRule})`, requested(isLc), "of capacity"),
    row(
      `CPU requested, BE (${lcRule})`,
      requested((execution) => !isLc(execution)),
      "of capacity",
    ),
    ...TIERS.map((tier) =>
      row(
        `CPU requested, ${tier}`,
        requested((execution) => tierOf(executions.priority[execution]) === tier),
        "of capacity",
      ),
    ),
    row(
      "memory requested",
      sum(rows, (execution) => executions.memoryRequest[execution]) / memoryCapacity,
      "of capacity",
    ),
    row("Gini of CPU requested", gini(up.map((machine) => cpu[machine] / machines.cpu[machine]))),
    row("Gini of memory requested", gini(up.map((machine) => memory[machine] / machines.memory[machine]))),
    ...requestQuantiles(workload, rows),
  ];
}

function requestQuantiles({ executions }: Workload, rows: readonly number[]): DescribeRow[] {
  return (["CPU", "memory"] as const).flatMap((resource) => {
    const column = resource === "CPU" ? executions.cpuRequest : executions.memoryRequest;
    const sorted = Float64Array.from(rows, (execution) => column[execution]).sort();
    return [0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((p) =>
      describeRow(
        "start",
        `${resource} request, ${percent(p)}`,
        nearestRankOfSorted(sorted, p),
        "reference machines",
      ),
    );
  });
}

function initialRows({ executions }: Workload): number[] {
  const rows: number[] = [];
  for (let execution = 0; execution < executions.job.length; execution++)
    if (executions.initial[execution] === 1) rows.push(execution);
  return rows;
}

/** Returns the rows of the machines that are up when the trace begins and have CPU and memory. */
export function upMachines({ machines }: Workload): number[] {
  const rows: number[] = [];
  for (let machine = 0; machine < machines.id.length; machine++) {
    if (machines.up[machine] === 1 && machines.cpu[machine] > 0 && machines.memory[machine] > 0)
      rows.push(machine);
  }
  return rows;
}

function sum(rows: readonly number[], value: (row: number) => number): number {
  let total = 0;
  for (const row of rows) total += value(row);
  return total;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
