/** A smaller workload out of an opened one: fewer machines, fewer steps, another rule for latency-critical tasks. */
import { InputError } from "../errors.js";
import { keepsUnplaced, type MachineChoice } from "./subset.js";
import {
  OUTCOME,
  isLatencyCritical,
  type LcRule,
  type MachineColumns,
  type MachineEventColumns,
  type RunColumns,
  type UsageColumns,
  type Workload,
} from "./workload.js";

/**
 * Returns the first `steps` steps of a workload, all of it where it has no more. Runs that start later are left out; runs that end later are
 * still running (`OUTCOME.alive`) when it stops.
 * @throws InputError where `steps` is not a whole number of 1 or more.
 */
export function keepSteps(workload: Workload, steps: number): Workload {
  if (!Number.isInteger(steps) || steps < 1) {
    throw new InputError(`invalid steps: ${steps}; give a whole number of 1 or more`);
  }
  if (steps >= workload.steps) return workload;
  const { stepSeconds, runs, usage, machineEvents } = workload;
  const horizon = steps * stepSeconds;
  const rows = rowsWhere(runs.job.length, (row) => runs.start[row] < horizon);
  const kept = takeRows(runs, rows);
  for (let row = 0; row < rows.length; row++) {
    if (kept.end[row] <= horizon) continue;
    kept.end[row] = horizon;
    kept.outcome[row] = OUTCOME.alive;
  }
  const events = rowsWhere(machineEvents.time.length, (row) => machineEvents.time[row] < horizon);
  return {
    ...workload,
    steps,
    machineEvents: takeEvents(machineEvents, events),
    runs: kept,
    usage: takeUsage(usage, rows, steps),
  };
}

/**
 * Returns the workload with the chosen machines alone, in their order, and the runs that the trace placed on them.
 * Of the runs whose machine the trace does not say, the same share is kept as of the machines, by seeded hash.
 */
export function keepMachines(
  workload: Workload,
  { rows: machines, fraction }: MachineChoice,
  seed: number,
): Workload {
  const { runs, usage, machineEvents } = workload;
  const newRow = new Int32Array(workload.machines.id.length).fill(-1);
  for (const [index, row] of machines.entries()) newRow[row] = index;
  const rows = rowsWhere(runs.job.length, (row) =>
    runs.machine[row] < 0
      ? keepsUnplaced(seed, runs.job[row], runs.index[row], fraction)
      : newRow[runs.machine[row]] >= 0,
  );
  const events = rowsWhere(machineEvents.time.length, (row) => newRow[machineEvents.machine[row]] >= 0);
  const keptRuns = takeRows(runs, rows);
  const keptEvents = takeEvents(machineEvents, events);
  return {
    ...workload,
    machines: takeMachines(workload.machines, machines),
    machineEvents: { ...keptEvents, machine: keptEvents.machine.map((row) => newRow[row]) },
    runs: { ...keptRuns, machine: keptRuns.machine.map((row) => (row < 0 ? -1 : newRow[row])) },
    usage: takeUsage(usage, rows, Infinity),
  };
}

/** Returns the workload with the class of each run decided by this rule. */
export function applyLcRule(workload: Workload, lcRule: LcRule): Workload {
  const { schedulingClass, priority } = workload.runs;
  const taskClass = schedulingClass.map((value, row) =>
    Number(isLatencyCritical(lcRule, value, priority[row])),
  );
  return { ...workload, lcRule, runs: { ...workload.runs, taskClass } };
}

function rowsWhere(rows: number, keep: (row: number) => boolean): Int32Array {
  const kept = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) if (keep(row)) kept[count++] = row;
  return kept.slice(0, count);
}

function takeMachines(machines: MachineColumns, rows: Int32Array): MachineColumns {
  return {
    id: BigInt64Array.from(rows, (row) => machines.id[row]),
    cpu: Float64Array.from(rows, (row) => machines.cpu[row]),
    memory: Float64Array.from(rows, (row) => machines.memory[row]),
    up: Uint8Array.from(rows, (row) => machines.up[row]),
  };
}

function takeEvents(events: MachineEventColumns, rows: Int32Array): MachineEventColumns {
  return {
    time: Float64Array.from(rows, (row) => events.time[row]),
    machine: rows.map((row) => events.machine[row]),
    kind: Uint8Array.from(rows, (row) => events.kind[row]),
    cpu: Float64Array.from(rows, (row) => events.cpu[row]),
    memory: Float64Array.from(rows, (row) => events.memory[row]),
  };
}

function takeRows(runs: RunColumns, rows: Int32Array): RunColumns {
  const bytes = (column: Uint8Array): Uint8Array => Uint8Array.from(rows, (row) => column[row]);
  const doubles = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]);
  return {
    job: BigInt64Array.from(rows, (row) => runs.job[row]),
    index: rows.map((row) => runs.index[row]),
    taskClass: bytes(runs.taskClass),
    priority: bytes(runs.priority),
    schedulingClass: bytes(runs.schedulingClass),
    submit: doubles(runs.submit),
    start: doubles(runs.start),
    end: doubles(runs.end),
    outcome: bytes(runs.outcome),
    cpuRequest: doubles(runs.cpuRequest),
    memoryRequest: doubles(runs.memoryRequest),
    machine: rows.map((row) => runs.machine[row]),
    initial: bytes(runs.initial),
    measured: bytes(runs.measured),
  };
}

/** Usage of these runs, up to and without step `steps`. */
function takeUsage(usage: UsageColumns, rows: Int32Array, steps: number): UsageColumns {
  const offsets = new Int32Array(rows.length + 1);
  const firstStep = rows.map((row) => usage.firstStep[row]);
  rows.forEach((row, index) => {
    const samples = Math.min(usage.offsets[row + 1] - usage.offsets[row], steps - usage.firstStep[row]);
    offsets[index + 1] = offsets[index] + samples;
  });
  const cpu = new Float32Array(offsets[rows.length]);
  const memory = new Float32Array(offsets[rows.length]);
  rows.forEach((row, index) => {
    const from = usage.offsets[row];
    const to = from + offsets[index + 1] - offsets[index];
    cpu.set(usage.cpu.subarray(from, to), offsets[index]);
    memory.set(usage.memory.subarray(from, to), offsets[index]);
  });
  return { offsets, firstStep, cpu, memory };
}
