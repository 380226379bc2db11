import type { UsageLevels } from "../../workload/usage-model/usage-level.js";
import { modelledExecution } from "../../workload/usage-model/modelled-execution.js";
import { createUsageModel } from "../../workload/usage-model/usage-model.js";
import {
  BEST_EFFORT,
  isLatencyCritical,
  LATENCY_CRITICAL,
  MACHINE_EVENT,
  type MachineColumns,
  type MachineEventColumns,
  type ExecutionColumns,
  type UsageColumns,
} from "../../workload/workload.js";
import type { Outages } from "./failures.js";
import type { ResolvedOptions } from "./options.js";
import { microseconds, executionOrder, type ExecutionTable } from "./execution-table.js";

/** Returns the execution columns of a workload, in order of start, job and index. */
export function executionColumns(table: ExecutionTable, { lcRule }: ResolvedOptions): ExecutionColumns {
  const order = executionOrder(table);
  const count = table.rows;
  const { columns } = table;
  const taskClass = new Uint8Array(count);
  const job = new BigInt64Array(count);
  for (let execution = 0; execution < count; execution++) {
    const row = order[execution];
    job[execution] = BigInt(columns.job[row]);
    const isLc = isLatencyCritical(lcRule, columns.schedulingClass[row], columns.priority[row]);
    taskClass[execution] = isLc ? LATENCY_CRITICAL : BEST_EFFORT;
  }
  return {
    job,
    index: inOrder(new Int32Array(count), columns.index, order),
    taskClass,
    priority: inOrder(new Uint8Array(count), columns.priority, order),
    schedulingClass: inOrder(new Uint8Array(count), columns.schedulingClass, order),
    submit: inOrder(new Float64Array(count), columns.submit, order),
    start: inOrder(new Float64Array(count), columns.start, order),
    end: inOrder(new Float64Array(count), columns.end, order),
    outcome: inOrder(new Uint8Array(count), columns.outcome, order),
    cpuRequest: inOrder(new Float64Array(count), columns.cpuRequest, order),
    memoryRequest: inOrder(new Float64Array(count), columns.memoryRequest, order),
    machine: inOrder(new Int32Array(count), columns.machine, order),
    initial: inOrder(new Uint8Array(count), columns.initial, order),
    measured: new Uint8Array(count),
  };
}

function inOrder<Column extends Float64Array | Int32Array | Uint8Array>(
  target: Column,
  source: Column,
  order: readonly number[],
): Column {
  for (let execution = 0; execution < order.length; execution++) target[execution] = source[order[execution]];
  return target;
}

/**
 * Returns the modelled usage of all executions. Counts the samples first, to allocate two arrays of the exact
 * size: they take most of the memory of a long trace.
 */
export function modelUsage(
  executions: ExecutionColumns,
  { seed, stepSeconds, originSeconds }: ResolvedOptions,
  levels: UsageLevels,
  onExecutions: (done: number, total: number) => void,
): UsageColumns {
  const count = executions.job.length;
  const firstStep = Int32Array.from(executions.start, (start) => Math.floor(start / stepSeconds));
  const offsets = new Int32Array(count + 1);
  for (let execution = 0; execution < count; execution++) {
    const steps = Math.max(1, Math.ceil(executions.end[execution] / stepSeconds) - firstStep[execution]);
    offsets[execution + 1] = offsets[execution] + steps;
  }
  const cpu = new Float32Array(offsets[count]);
  const memory = new Float32Array(offsets[count]);
  const model = createUsageModel({ seed, stepSeconds, originSeconds, levels });
  for (let execution = 0; execution < count; execution++) {
    if (execution % 50_000 === 0) onExecutions(execution, count);
    model(modelledExecution(executions, execution), cpu, memory, offsets[execution], offsets[execution + 1]);
  }
  onExecutions(count, count);
  return { offsets, firstStep, cpu, memory };
}

/** Returns identical machines, all up at first. */
export function machineColumns({ machines, cpu, memory }: ResolvedOptions): MachineColumns {
  return {
    id: BigInt64Array.from({ length: machines }, (_, machine) => BigInt(machine + 1)),
    cpu: new Float64Array(machines).fill(cpu),
    memory: new Float64Array(machines).fill(memory),
    up: new Uint8Array(machines).fill(1),
  };
}

/** Returns the outages as events of machines that leave and join. */
export function machineEvents(outages: readonly Outages[], options: ResolvedOptions): MachineEventColumns {
  const horizon = options.steps * options.stepSeconds;
  const events = outages.flatMap((list, machine) =>
    list.flatMap(({ from, to }) => [
      { time: microseconds(from), machine, kind: MACHINE_EVENT.remove },
      { time: microseconds(to), machine, kind: MACHINE_EVENT.add },
    ]),
  );
  const kept = events
    .filter(({ time }) => time < horizon)
    .sort((a, b) => a.time - b.time || a.machine - b.machine);
  return {
    time: Float64Array.from(kept, ({ time }) => time),
    machine: Int32Array.from(kept, ({ machine }) => machine),
    kind: Uint8Array.from(kept, ({ kind }) => kind),
    cpu: new Float64Array(kept.length).fill(options.cpu),
    memory: new Float64Array(kept.length).fill(options.memory),
  };
}
