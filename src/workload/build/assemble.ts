import { InputError } from "../../base/errors.js";
import { pickRows } from "../../base/columns/move-rows.js";
import { rowsWhere } from "../../base/columns/columns.js";
import type { MachineChoice } from "../subset.js";
import {
  BEST_EFFORT,
  isLatencyCritical,
  LATENCY_CRITICAL,
  OUTCOME,
  type LcRule,
  type MachineColumns,
  type MachineEventColumns,
  type ExecutionColumns,
} from "../workload.js";
import { add, type Counts } from "./counts.js";
import type { Machines } from "./machines.js";
import type { ExecutionRows } from "./executions.js";

/**
 * The spans of executions in microseconds from step 0, with the task and machine by which their windows are
 * found.
 */
export interface ExecutionSpans {
  readonly task: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly machine: BigInt64Array;
}

/** Executions with all values filled in; times in microseconds of trace time. */
export interface ExecutionTable extends Omit<ExecutionRows, "priority"> {
  readonly job: BigInt64Array;
  readonly index: Int32Array;
  /** 0 to 11. */
  readonly priority: Uint8Array;
}

export interface MachineAssemblyOptions {
  readonly origin: number;
  readonly horizon: number;
  /** The table that would name machines, for an error. */
  readonly machineTable: string;
  readonly counts: Counts;
}

export interface MachineAssembly {
  readonly machines: MachineColumns;
  readonly events: MachineEventColumns;
  /** Row in `machines` by machine id; machines that are not kept are missing. */
  readonly rowOf: ReadonlyMap<bigint, number>;
}

/**
 * Returns the chosen machines and their events before the horizon. Leaves out machines that are not up at the
 * start, do not join before the horizon and are not named by an execution.
 * @throws InputError if no machine is left.
 */
export function assembleMachines(
  machines: Machines,
  choice: MachineChoice,
  named: Iterable<bigint>,
  { origin, horizon, machineTable, counts }: MachineAssemblyOptions,
): MachineAssembly {
  const { events } = machines;
  const inHorizon = rowsWhere(events.time.length, (row) => events.time[row] - origin < horizon);
  const isNamed = new Set(named);
  const joins = new Set(inHorizon.map((row) => events.machine[row]));
  const kept = choice.rows.filter(
    (row) => machines.up[row] === 1 || joins.has(row) || isNamed.has(machines.id[row]),
  );
  if (kept.length === 0)
    throw new InputError(`no machine in this trace: no row names one; add ${machineTable}`);
  const newRow = new Int32Array(machines.id.length).fill(-1);
  kept.forEach((row, place) => (newRow[row] = place));
  const own = inHorizon.filter((row) => newRow[events.machine[row]] >= 0);
  const up = pickRows(machines.up, kept);
  add(counts, "machines.kept", kept.length);
  add(
    counts,
    "machines.notUpAtStart",
    up.reduce((sum, isUp) => sum + (1 - isUp), 0),
  );
  return {
    machines: {
      id: pickRows(machines.id, kept),
      cpu: pickRows(machines.cpu, kept),
      memory: pickRows(machines.memory, kept),
      up,
    },
    events: {
      time: Float64Array.from(own, (row) => (events.time[row] - origin) / 1e6),
      machine: Int32Array.from(own, (row) => newRow[events.machine[row]]),
      kind: pickRows(events.kind, own),
      cpu: pickRows(events.cpu, own),
      memory: pickRows(events.memory, own),
    },
    rowOf: new Map([...kept].map((row, place) => [machines.id[row], place] as const)),
  };
}

export interface ExecutionAssemblyOptions {
  readonly origin: number;
  readonly horizon: number;
  readonly lcRule: LcRule;
  /** Of the kept machines. */
  readonly up: Uint8Array;
  readonly counts: Counts;
}

/**
 * Returns the kept executions without their usage, in the Workload's order and units, and their spans in
 * microseconds from step 0. An execution that is running when step 0 begins starts there; one that is running
 * at the horizon ends there as `alive`.
 * @throws InputError if the trace has executions, but none is kept.
 */
export function assembleExecutions(
  table: ExecutionTable,
  rowOf: ReadonlyMap<bigint, number>,
  keep: (task: number, machine: bigint) => boolean,
  { origin, horizon, lcRule, up, counts }: ExecutionAssemblyOptions,
): { executions: Omit<ExecutionColumns, "measured">; spans: ExecutionSpans } {
  const startOf = (row: number): number => Math.max(0, table.start[row] - origin);
  const order = rowsWhere(
    table.task.length,
    (row) =>
      keep(table.task[row], table.machine[row]) &&
      table.end[row] > origin &&
      table.start[row] - origin < horizon,
  ).sort(
    (a, b) =>
      startOf(a) - startOf(b) ||
      (table.job[a] === table.job[b]
        ? table.index[a] - table.index[b]
        : table.job[a] < table.job[b]
          ? -1
          : 1),
  );
  if (order.length === 0 && table.task.length > 0)
    throw new InputError(
      `no execution is on the ${up.length} machines kept (the trace has ${table.task.length}); keep ` +
        "more with --machines, or all of them",
    );
  // A loop, because `from` would use a slow iterator.
  const fill = <T extends Float64Array | Uint8Array>(column: T, value: (row: number) => number): T => {
    for (let place = 0; place < order.length; place++) column[place] = value(order[place]);
    return column;
  };
  const floats = (value: (row: number) => number): Float64Array =>
    fill(new Float64Array(order.length), value);
  const bytes = (value: (row: number) => number): Uint8Array => fill(new Uint8Array(order.length), value);
  const spans: ExecutionSpans = {
    task: pickRows(table.task, order),
    start: floats(startOf),
    end: floats((row) => Math.min(table.end[row] - origin, horizon)),
    machine: pickRows(table.machine, order),
  };
  const executions = {
    job: pickRows(table.job, order),
    index: pickRows(table.index, order),
    taskClass: bytes((row) =>
      isLatencyCritical(lcRule, table.schedulingClass[row], table.priority[row])
        ? LATENCY_CRITICAL
        : BEST_EFFORT,
    ),
    priority: pickRows(table.priority, order),
    schedulingClass: pickRows(table.schedulingClass, order),
    submit: floats((row) => Math.max(0, table.submit[row] - origin) / 1e6),
    start: spans.start.map((time) => time / 1e6),
    end: spans.end.map((time) => time / 1e6),
    outcome: bytes((row) => (table.end[row] - origin > horizon ? OUTCOME.alive : table.outcome[row])),
    cpuRequest: pickRows(table.cpu, order),
    memoryRequest: pickRows(table.memory, order),
    machine: order.map((row) => rowOf.get(table.machine[row]) ?? -1),
    initial: bytes((row) => Number(table.start[row] < origin)),
  };
  countExecutions(executions, up, counts);
  return { executions, spans };
}

function countExecutions(
  { initial, machine }: Pick<ExecutionColumns, "initial" | "machine">,
  up: Uint8Array,
  counts: Counts,
): void {
  let onMachineNotUp = 0;
  let withoutMachine = 0;
  for (let execution = 0; execution < machine.length; execution++) {
    if (machine[execution] < 0) withoutMachine++;
    else if (initial[execution] === 1 && up[machine[execution]] === 0) onMachineNotUp++;
  }
  add(counts, "executions.kept", machine.length);
  add(counts, "executions.initialOnMachineNotUp", onMachineNotUp);
  add(counts, "executions.withoutMachine", withoutMachine);
}
