/** The cell: what is allocated on each machine, and private views of the cell at an earlier time. */
import { InputError } from "../../base/errors.js";
import { totalOf, type Cluster } from "../cluster.js";

export interface Cell {
  readonly cpuCapacity: Float64Array;
  readonly memoryCapacity: Float64Array;
  readonly totalCpu: number;
  readonly totalMemory: number;
  /** A demand fits if it exceeds the free amount by at most this. */
  readonly slack: number;
  /** Allocated on each machine. A claim raises the machine's sequence number; a release does not. */
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  readonly sequence: Int32Array;
  /** In use by each scheduler. */
  readonly cpuOf: Float64Array;
  readonly memoryOf: Float64Array;
  /** In use by all, and offered to schedulers. */
  cpuOccupied: number;
  memoryOccupied: number;
  cpuLocked: number;
  memoryLocked: number;
  /** Whether the machines' capacity changes during the run. */
  readonly changes: boolean;
  /** Total amounts by which machines exceed their capacity, because capacity in use was taken away. */
  cpuExcess: number;
  memoryExcess: number;
  /** Views that are open. */
  readonly views: View[];
  /** Views that can be used again. */
  readonly spare: View[];
}

/**
 * The cell at the time when the view was opened, and claims that are made only in the view. If a machine has
 * changed since then, in the cell or in the view, its `stamp` is the view's `epoch`, and the view holds its
 * values. For all other machines the values of the cell are valid, so that opening a view copies nothing.
 */
export interface View {
  epoch: number;
  readonly stamp: Int32Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  readonly sequence: Int32Array;
}

export function createCell(
  { cpu, memory }: Cluster,
  schedulers: number,
  { slack, changes }: Pick<Cell, "slack" | "changes">,
): Cell {
  return {
    cpuCapacity: cpu,
    memoryCapacity: memory,
    totalCpu: totalOf(cpu),
    totalMemory: totalOf(memory),
    slack,
    changes,
    cpu: new Float64Array(cpu.length),
    memory: new Float64Array(cpu.length),
    sequence: new Int32Array(cpu.length),
    cpuOf: new Float64Array(schedulers),
    memoryOf: new Float64Array(schedulers),
    cpuOccupied: 0,
    memoryOccupied: 0,
    cpuLocked: 0,
    memoryLocked: 0,
    cpuExcess: 0,
    memoryExcess: 0,
    views: [],
    spare: [],
  };
}

export function openView(cell: Cell): View {
  const view = newView(cell);
  cell.views.push(view);
  return view;
}

function newView(cell: Cell): View {
  const machines = cell.cpu.length;
  const view = cell.spare.pop() ?? {
    epoch: 0,
    stamp: new Int32Array(machines),
    cpu: new Float64Array(machines),
    memory: new Float64Array(machines),
    sequence: new Int32Array(machines),
  };
  view.epoch++;
  return view;
}

/** Opens a view with a copy of all values of the cell. Later changes of the cell do not affect it. */
export function openCopy(cell: Cell): View {
  const view = newView(cell);
  view.stamp.fill(view.epoch);
  view.cpu.set(cell.cpu);
  view.memory.set(cell.memory);
  view.sequence.set(cell.sequence);
  return view;
}

export function closeView(cell: Cell, view: View): void {
  const at = cell.views.indexOf(view);
  if (at >= 0) cell.views.splice(at, 1);
  cell.spare.push(view);
}

/** Copies a machine's values into a view that does not hold them yet. */
function keep(view: View, cell: Cell, machine: number): void {
  if (view.stamp[machine] === view.epoch) return;
  view.stamp[machine] = view.epoch;
  view.cpu[machine] = cell.cpu[machine];
  view.memory[machine] = cell.memory[machine];
  view.sequence[machine] = cell.sequence[machine];
}

/** Claims an amount only in a view. */
export function claimInView(cell: Cell, view: View, machine: number, cpu: number, memory: number): void {
  keep(view, cell, machine);
  view.cpu[machine] += cpu;
  view.memory[machine] += memory;
  view.sequence[machine]++;
}

function keepForViews(cell: Cell, machine: number): void {
  for (let i = 0; i < cell.views.length; i++) keep(cell.views[i], cell, machine);
}

/**
 * Claims an amount on a machine for a scheduler. Throws InputError where the amount is not free. Only the
 * faults of Omega's simulator lead to that, and that program then fails its own assertion, too.
 */
export function claim(cell: Cell, scheduler: number, machine: number, cpu: number, memory: number): void {
  cell.cpuOf[scheduler] += cpu;
  cell.memoryOf[scheduler] += memory;
  cell.cpuOccupied += cpu;
  cell.memoryOccupied += memory;
  allocate(cell, machine, cpu, memory);
}

export function release(cell: Cell, scheduler: number, machine: number, cpu: number, memory: number): void {
  cell.cpuOf[scheduler] -= cpu;
  cell.memoryOf[scheduler] -= memory;
  cell.cpuOccupied -= cpu;
  cell.memoryOccupied -= memory;
  free(cell, machine, cpu, memory);
}

/** The locked amounts of each machine, and a list of the `count` machines with locked amounts. */
export interface Locked {
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  readonly machines: Int32Array;
  count: number;
}

export function createLocked(machines: number): Locked {
  const column = (): Float64Array => new Float64Array(machines);
  return { cpu: column(), memory: column(), machines: new Int32Array(machines), count: 0 };
}

/**
 * Locks all that is free, so that no scheduler can claim it. Sums are in the order of the machines, so that
 * they equal those of Omega's simulator to the last bit.
 */
export function lockAll(cell: Cell, locked: Locked): void {
  const { cpu, memory, sequence, cpuCapacity, memoryCapacity } = cell;
  let { cpuLocked, memoryLocked } = cell;
  const isSeen = cell.views.length > 0;
  locked.count = 0;
  for (let m = 0; m < cpu.length; m++) {
    const cpuFree = cpuCapacity[m] - cpu[m];
    const memoryFree = memoryCapacity[m] - memory[m];
    if (!(cpuFree > 0 || memoryFree > 0)) continue;
    if (isSeen) keepForViews(cell, m);
    locked.cpu[m] = cpuFree;
    locked.memory[m] = memoryFree;
    locked.machines[locked.count++] = m;
    cpuLocked += cpuFree;
    memoryLocked += memoryFree;
    cpu[m] += cpuFree;
    memory[m] += memoryFree;
    sequence[m]++;
  }
  cell.cpuLocked = cpuLocked;
  cell.memoryLocked = memoryLocked;
}

export function unlockAll(cell: Cell, locked: Locked): void {
  let { cpuLocked, memoryLocked } = cell;
  const isSeen = cell.views.length > 0;
  for (let i = 0; i < locked.count; i++) {
    const m = locked.machines[i];
    if (isSeen) keepForViews(cell, m);
    cpuLocked -= locked.cpu[m];
    memoryLocked -= locked.memory[m];
    addUse(cell, m, -locked.cpu[m], -locked.memory[m]);
  }
  cell.cpuLocked = cpuLocked;
  cell.memoryLocked = memoryLocked;
}

function allocate(cell: Cell, machine: number, cpu: number, memory: number): void {
  const cpuFree = cell.cpuCapacity[machine] - cell.cpu[machine];
  const memoryFree = cell.memoryCapacity[machine] - cell.memory[machine];
  if (!cell.changes && !hasFree(cell, machine, cpu, memory))
    throw new InputError(
      `the program fails its own assertion here: CPU ${cpu} and memory ${memory} are claimed on machine ` +
        `${machine}, which has CPU ${cpuFree} and memory ${memoryFree} left; use mode clean`,
    );
  keepForViews(cell, machine);
  addUse(cell, machine, cpu, memory);
  cell.sequence[machine]++;
}

function free(cell: Cell, machine: number, cpu: number, memory: number): void {
  keepForViews(cell, machine);
  addUse(cell, machine, -cpu, -memory);
}

function addUse(cell: Cell, machine: number, cpu: number, memory: number): void {
  if (cell.changes) addExcess(cell, machine, -1);
  cell.cpu[machine] += cpu;
  cell.memory[machine] += memory;
  if (cell.changes) addExcess(cell, machine, 1);
}

function addExcess(cell: Cell, machine: number, sign: 1 | -1): void {
  cell.cpuExcess += sign * Math.max(0, cell.cpu[machine] - cell.cpuCapacity[machine]);
  cell.memoryExcess += sign * Math.max(0, cell.memory[machine] - cell.memoryCapacity[machine]);
}

/** Adds amounts to what is free on a machine. Less room counts as a claim, with which others may conflict. */
export function changeCapacity(cell: Cell, machine: number, cpu: number, memory: number): void {
  cell.cpuOccupied -= cpu;
  cell.memoryOccupied -= memory;
  free(cell, machine, cpu, memory);
  if (cpu < 0 || memory < 0) cell.sequence[machine]++;
}

/** Whether these amounts are free on a machine of the cell. */
export function hasFree(cell: Cell, machine: number, cpu: number, memory: number): boolean {
  return (
    cell.cpuCapacity[machine] - cell.cpu[machine] >= cpu - cell.slack &&
    cell.memoryCapacity[machine] - cell.memory[machine] >= memory - cell.slack
  );
}
