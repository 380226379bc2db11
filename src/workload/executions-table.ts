/** Makes an arquero table of a workload's executions, to look at a trace. */
import { table, type ColumnTable } from "arquero";
import { tierOf } from "./tier.js";
import { LATENCY_CRITICAL, type Workload } from "./workload.js";

/**
 * Returns a table with one row per execution: the trace's data, the `hours` between start and end, and the
 * mean and peak of its usage. CPU and memory are fractions of the reference machine. The mean CPU is over
 * whole steps, also where the execution ran during only a part of a step.
 */
export function executionsTable({ executions, usage, machines }: Workload): ColumnTable {
  const rows = Array.from(executions.start.keys());
  const samples = (column: Float32Array, execution: number): Float32Array =>
    column.subarray(usage.offsets[execution], usage.offsets[execution + 1]);
  const mean = (column: Float32Array): Float64Array =>
    Float64Array.from(rows, (execution) => {
      const values = samples(column, execution);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    });
  return table({
    job: executions.job,
    index: executions.index,
    tier: Array.from(executions.priority, tierOf),
    taskClass: Array.from(executions.taskClass, (code) => (code === LATENCY_CRITICAL ? "LC" : "BE")),
    priority: executions.priority,
    schedulingClass: executions.schedulingClass,
    machine: Array.from(executions.machine, (machine) => (machine < 0 ? null : machines.id[machine])),
    start: executions.start,
    hours: Float64Array.from(
      rows,
      (execution) => (executions.end[execution] - executions.start[execution]) / 3600,
    ),
    cpuRequest: executions.cpuRequest,
    memoryRequest: executions.memoryRequest,
    cpuMean: mean(usage.cpu),
    memoryMean: mean(usage.memory),
    memoryPeak: Float64Array.from(rows, (execution) =>
      samples(usage.memory, execution).reduce((a, b) => Math.max(a, b), 0),
    ),
    measured: Array.from(executions.measured, (flag) => flag === 1),
  });
}
