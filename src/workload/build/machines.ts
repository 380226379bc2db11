import { pickColumns } from "../../base/columns/columns.js";
import { addRow, finishTable, growingTable } from "../../base/columns/growing-table.js";
import { MACHINE_EVENT, type MachineColumns } from "../workload.js";
import { add, type Counts } from "./counts.js";
import { groupRows } from "./tasks.js";

/** The assumed capacity if the trace gives none: the CPU of 93 % of the 2011 cell's machines. */
const ASSUMED = { cpu: 0.5, memory: 0.5 };

/** The events of machines; times in microseconds of trace time. */
export type MachineRows = {
  readonly id: BigInt64Array;
  readonly time: Float64Array;
  /** A code of MACHINE_EVENT. */
  readonly kind: Uint8Array;
  /** NaN if the event gives no value. */
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
};

/** Returns columns for this many machine events, filled with zeros. */
export function machineRows(rows: number): MachineRows {
  return {
    id: new BigInt64Array(rows),
    time: new Float64Array(rows),
    kind: new Uint8Array(rows),
    cpu: new Float64Array(rows),
    memory: new Float64Array(rows),
  };
}

/** Machines in ascending order of id, in their state at the beginning of step 0, and their later events. */
export interface Machines extends MachineColumns {
  /** In order of time, then machine; times in microseconds of trace time, after the beginning of step 0. */
  readonly events: MachineChanges;
}

export type MachineChanges = {
  readonly time: Float64Array;
  /** Row of the machine. */
  readonly machine: Int32Array;
  readonly kind: Uint8Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
};

/**
 * Returns the machines of the rows and those that only tasks name (`named`). The latter have an assumed
 * capacity of 0.5 / 0.5. They are up from the start if there are no rows at all (no machine_events table),
 * else never.
 *
 * An event without capacity keeps the last known one; if there is none, the event is dropped. An ADD of a
 * machine that is up becomes an UPDATE; a REMOVE or UPDATE of a machine that is not up is dropped. All these
 * cases are counted under "machines.".
 */
export function buildMachines(
  rows: MachineRows,
  named: Iterable<bigint>,
  origin: number,
  counts: Counts,
): Machines {
  for (const name of ["withoutCapacity", "redundantEvents", "assumedCapacity"]) {
    add(counts, `machines.${name}`, 0);
  }
  const isNamed = new Set(named);
  const ids = new BigInt64Array([...new Set([...rows.id, ...isNamed])]).sort();
  const rowOf = new Map([...ids].map((id, row) => [id, row] as const));
  const machineOf = Int32Array.from(rows.id, (id) => rowOf.get(id)!);
  const groups = groupRows(machineOf, ids.length);
  const cpu = new Float64Array(ids.length).fill(NaN);
  const memory = new Float64Array(ids.length).fill(NaN);
  const up = new Uint8Array(ids.length);
  const changes = createChanges();
  for (let machine = 0; machine < ids.length; machine++) {
    const own = groups.rows.subarray(groups.offsets[machine], groups.offsets[machine + 1]);
    const state = { cpu: NaN, memory: NaN, up: false };
    for (const row of orderRows(rows, own)) {
      const kind = applyRow(state, rows, row, counts);
      if (kind === undefined) continue;
      if (Number.isNaN(cpu[machine]) || rows.time[row] <= origin) {
        cpu[machine] = state.cpu;
        memory[machine] = state.memory;
      }
      if (rows.time[row] <= origin) up[machine] = Number(state.up);
      else changes.push(rows.time[row], machine, kind, state.cpu, state.memory);
    }
    if (!Number.isNaN(cpu[machine])) continue;
    cpu[machine] = ASSUMED.cpu;
    memory[machine] = ASSUMED.memory;
    up[machine] = Number(rows.id.length === 0);
    if (isNamed.has(ids[machine])) add(counts, "machines.assumedCapacity");
  }
  return { id: ids, cpu, memory, up, events: changes.finish() };
}

/**
 * Returns the rows in order of time. Within one microsecond, a REMOVE goes first if the machine is up, last
 * if it is not.
 */
function orderRows(rows: MachineRows, own: Int32Array): Int32Array {
  const sorted = own
    .slice()
    .sort(
      (a, b) =>
        rows.time[a] - rows.time[b] ||
        rows.kind[a] - rows.kind[b] ||
        (rows.cpu[a] || 0) - (rows.cpu[b] || 0) ||
        (rows.memory[a] || 0) - (rows.memory[b] || 0),
    );
  let isUp = false;
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (to < sorted.length && rows.time[sorted[to]] === rows.time[sorted[from]]) to++;
    const group = sorted.subarray(from, to);
    const removesFirst = isUp ? -1 : 1;
    const rank = (row: number): number =>
      rows.kind[row] === MACHINE_EVENT.remove ? removesFirst * 3 : rows.kind[row];
    group.sort((a, b) => rank(a) - rank(b));
    for (const row of group) {
      if (rows.kind[row] !== MACHINE_EVENT.update) isUp = rows.kind[row] === MACHINE_EVENT.add;
    }
    from = to;
  }
  return sorted;
}

/** Applies a row to the state. Returns the kind of the resulting event, undefined if nothing changes. */
function applyRow(
  state: { cpu: number; memory: number; up: boolean },
  rows: MachineRows,
  row: number,
  counts: Counts,
): number | undefined {
  const kind = rows.kind[row];
  if (kind !== MACHINE_EVENT.remove) {
    if (!Number.isNaN(rows.cpu[row])) state.cpu = rows.cpu[row];
    if (!Number.isNaN(rows.memory[row])) state.memory = rows.memory[row];
    if (Number.isNaN(rows.cpu[row]) || Number.isNaN(rows.memory[row])) {
      add(counts, "machines.withoutCapacity");
      if (Number.isNaN(state.cpu) || Number.isNaN(state.memory)) return undefined;
    }
  }
  if (kind === MACHINE_EVENT.add) {
    if (state.up) add(counts, "machines.redundantEvents");
    const amountsTo = state.up ? MACHINE_EVENT.update : MACHINE_EVENT.add;
    state.up = true;
    return amountsTo;
  }
  if (!state.up) {
    add(counts, "machines.redundantEvents");
    return undefined;
  }
  if (kind === MACHINE_EVENT.remove) state.up = false;
  return kind;
}

interface ChangesBuilder {
  readonly push: (time: number, machine: number, kind: number, cpu: number, memory: number) => void;
  readonly finish: () => MachineChanges;
}

function createChanges(): ChangesBuilder {
  const table = growingTable<MachineChanges>((rows) => ({
    time: new Float64Array(rows),
    machine: new Int32Array(rows),
    kind: new Uint8Array(rows),
    cpu: new Float64Array(rows),
    memory: new Float64Array(rows),
  }));
  return {
    push: (time, machine, kind, cpu, memory) => {
      const row = addRow(table);
      const { columns } = table;
      columns.time[row] = time;
      columns.machine[row] = machine;
      columns.kind[row] = kind;
      columns.cpu[row] = cpu;
      columns.memory[row] = memory;
    },
    finish: () => sortChanges(finishTable(table)),
  };
}

/**
 * Sorts by time. The rows were added machine by machine, so within one time they stay in order of machine.
 */
function sortChanges(changes: MachineChanges): MachineChanges {
  const { time } = changes;
  const order = Int32Array.from(time, (_, row) => row).sort((a, b) => time[a] - time[b] || a - b);
  return pickColumns(changes, order);
}
