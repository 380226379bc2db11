/** A workload's runs as an arquero table, for looking at a trace. */
import { table, type ColumnTable } from "arquero";
import { tierOf } from "./tier.js";
import { LATENCY_CRITICAL, type Workload } from "./workload.js";

/**
 * Returns a table with one row per run: what the trace says of it, `hours` between start and end, mean and
 * peak of its usage. CPU and memory are fractions of the reference machine; a run's mean CPU counts the whole
 * of a step that it was in for a part.
 */
export function runsTable({ runs, usage, machines }: Workload): ColumnTable {
  const rows = Array.from(runs.start.keys());
  const samples = (column: Float32Array, run: number): Float32Array =>
    column.subarray(usage.offsets[run], usage.offsets[run + 1]);
  const mean = (column: Float32Array): Float64Array =>
    Float64Array.from(rows, (run) => {
      const values = samples(column, run);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    });
  return table({
    job: runs.job,
    index: runs.index,
    tier: Array.from(runs.priority, tierOf),
    taskClass: Array.from(runs.taskClass, (code) => (code === LATENCY_CRITICAL ? "LC" : "BE")),
    priority: runs.priority,
    schedulingClass: runs.schedulingClass,
    machine: Array.from(runs.machine, (machine) => (machine < 0 ? null : machines.id[machine])),
    start: runs.start,
    hours: Float64Array.from(rows, (run) => (runs.end[run] - runs.start[run]) / 3600),
    cpuRequest: runs.cpuRequest,
    memoryRequest: runs.memoryRequest,
    cpuMean: mean(usage.cpu),
    memoryMean: mean(usage.memory),
    memoryPeak: Float64Array.from(rows, (run) =>
      samples(usage.memory, run).reduce((a, b) => Math.max(a, b), 0),
    ),
    measured: Array.from(runs.measured, (flag) => flag === 1),
  });
}
