/**
 * Makes a smaller workload from an opened one (fewer machines or steps), or applies another rule for
 * latency-critical tasks.
 */
import { InputError } from "../base/errors.js";
import { pickColumns, rowsWhere } from "../base/columns/columns.js";
import { keepsUnplaced, type MachineChoice } from "./subset.js";
import {
  MACHINE_EVENT,
  OUTCOME,
  isLatencyCritical,
  type LcRule,
  type MachineColumns,
  type MachineEventColumns,
  type ExecutionColumns,
  type UsageColumns,
  type Workload,
} from "./workload.js";

/**
 * Returns the first `steps` steps of a workload, or all of it where it has fewer. Executions that start later
 * are left out; executions that end later are marked as still running (`OUTCOME.alive`).
 * @throws InputError where `steps` is not a whole number of 1 or more.
 */
export function keepSteps(workload: Workload, steps: number): Workload {
  if (!Number.isInteger(steps) || steps < 1) {
    throw new InputError(`invalid steps: ${steps}; give a whole number of 1 or more`);
  }
  return steps >= workload.steps ? workload : keepWindow(workload, 0, steps);
}

/**
 * Returns `steps` steps of a workload from step `from` on, as a separate workload whose times count from the
 * beginning of that step. Machines have the state and capacity of that moment. Executions that are running
 * then are `initial`, stay on the machine where the trace has them and begin at 0; their earlier part is left
 * out. Executions that end after the window are marked as still running (`OUTCOME.alive`). The counts in
 * `provenance.report` stay the counts of the whole trace.
 * @throws InputError where the window does not consist of whole steps inside the workload.
 */
export function keepWindow(workload: Workload, from: number, steps: number): Workload {
  if (
    !Number.isInteger(from) ||
    !Number.isInteger(steps) ||
    from < 0 ||
    steps < 1 ||
    from + steps > workload.steps
  ) {
    throw new InputError(
      `invalid window: ${steps} steps from step ${from}; the workload has ${workload.steps}, ` +
        "give a window inside them",
    );
  }
  const { stepSeconds, machines, executions, usage, machineEvents } = workload;
  const begin = from * stepSeconds;
  const horizon = begin + steps * stepSeconds;
  const { start, end } = executions;
  const rows = rowsWhere(
    executions.job.length,
    (row) => start[row] < horizon && (start[row] >= begin || end[row] > begin),
  );
  sortUnderWay(rows, executions, begin);
  const kept = pickColumns(executions, rows);
  for (let row = 0; row < rows.length; row++) {
    if (kept.start[row] < begin) kept.initial[row] = 1;
    if (kept.end[row] > horizon) kept.outcome[row] = OUTCOME.alive;
    kept.start[row] = Math.max(kept.start[row], begin) - begin;
    kept.end[row] = Math.min(kept.end[row], horizon) - begin;
    kept.submit[row] -= begin;
  }
  const { time } = machineEvents;
  const events = pickColumns(
    machineEvents,
    rowsWhere(time.length, (row) => time[row] >= begin && time[row] < horizon),
  );
  return {
    ...workload,
    steps,
    originSeconds: workload.originSeconds + begin,
    machines: machinesAt(machines, machineEvents, begin),
    machineEvents: { ...events, time: events.time.map((seconds) => seconds - begin) },
    executions: kept,
    usage: takeUsage(usage, rows, from, steps),
  };
}

/** Sorts the rows of the executions that will all begin at 0 by job, then index. */
function sortUnderWay(rows: Int32Array, { start, job, index }: ExecutionColumns, begin: number): void {
  const later = rows.findIndex((row) => start[row] > begin);
  rows.subarray(0, later < 0 ? rows.length : later).sort((a, b) => {
    if (job[a] !== job[b]) return job[a] < job[b] ? -1 : 1;
    return index[a] - index[b] || a - b;
  });
}

/** Returns the machines in the state after all events before `time`. */
function machinesAt(machines: MachineColumns, events: MachineEventColumns, time: number): MachineColumns {
  const then = {
    ...machines,
    cpu: machines.cpu.slice(),
    memory: machines.memory.slice(),
    up: machines.up.slice(),
  };
  for (let row = 0; row < events.time.length && events.time[row] < time; row++) {
    const machine = events.machine[row];
    const leaves = events.kind[row] === MACHINE_EVENT.remove;
    then.up[machine] = leaves ? 0 : 1;
    if (leaves) continue;
    then.cpu[machine] = events.cpu[row];
    then.memory[machine] = events.memory[row];
  }
  return then;
}

/**
 * Returns the workload with only the chosen machines, in their order, and the executions that the trace
 * placed on them. Where the trace does not give the machine of an execution, a seeded hash keeps the same
 * share of such executions as of the machines.
 */
export function keepMachines(
  workload: Workload,
  { rows: machines, fraction }: MachineChoice,
  seed: number,
): Workload {
  const { executions, usage, machineEvents } = workload;
  const newRow = new Int32Array(workload.machines.id.length).fill(-1);
  for (const [index, row] of machines.entries()) newRow[row] = index;
  const rows = rowsWhere(executions.job.length, (row) =>
    executions.machine[row] < 0
      ? keepsUnplaced(seed, executions.job[row], executions.index[row], fraction)
      : newRow[executions.machine[row]] >= 0,
  );
  const events = rowsWhere(machineEvents.time.length, (row) => newRow[machineEvents.machine[row]] >= 0);
  const keptExecutions = pickColumns(executions, rows);
  const keptEvents = pickColumns(machineEvents, events);
  return {
    ...workload,
    machines: pickColumns(workload.machines, machines),
    machineEvents: { ...keptEvents, machine: keptEvents.machine.map((row) => newRow[row]) },
    executions: {
      ...keptExecutions,
      machine: keptExecutions.machine.map((row) => (row < 0 ? -1 : newRow[row])),
    },
    usage: takeUsage(usage, rows, 0, Infinity),
  };
}

/** Returns the workload with the class of each execution set by this rule. */
export function applyLcRule(workload: Workload, lcRule: LcRule): Workload {
  const { schedulingClass, priority } = workload.executions;
  const taskClass = schedulingClass.map((value, row) =>
    Number(isLatencyCritical(lcRule, value, priority[row])),
  );
  return { ...workload, lcRule, executions: { ...workload.executions, taskClass } };
}

/** Returns the usage of these executions in `steps` steps from step `from` on. */
export function takeUsage(usage: UsageColumns, rows: Int32Array, from: number, steps: number): UsageColumns {
  const offsets = new Int32Array(rows.length + 1);
  const firstStep = rows.map((row) => Math.max(0, usage.firstStep[row] - from));
  const firstSample = rows.map((row) => usage.offsets[row] + Math.max(0, from - usage.firstStep[row]));
  rows.forEach((row, index) => {
    const samples = Math.min(usage.offsets[row + 1] - firstSample[index], steps - firstStep[index]);
    offsets[index + 1] = offsets[index] + samples;
  });
  const cpu = new Float32Array(offsets[rows.length]);
  const memory = new Float32Array(offsets[rows.length]);
  firstSample.forEach((sample, index) => {
    const to = sample + offsets[index + 1] - offsets[index];
    cpu.set(usage.cpu.subarray(sample, to), offsets[index]);
    memory.set(usage.memory.subarray(sample, to), offsets[index]);
  });
  return { offsets, firstStep, cpu, memory };
}
