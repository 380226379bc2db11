/**
 * What is free on machines changes without a scheduler: tasks that run at the beginning end, and machines
 * leave, join and change size. All engines take these changes in one form.
 */
import { InputError } from "../base/errors.js";
import type { CapacityChanges, Cluster } from "./cluster.js";
import { drawBelow, labDraws } from "./draws.js";
import { push, type EventQueue } from "../base/events.js";
import type { Jobs } from "./jobs/jobs.js";

/** Jobs that run at time 0. */
export interface Prefill extends Jobs {
  /** The machine of each task; -1, or the column absent: a random machine with room for it. */
  readonly machine?: Int32Array;
}

/**
 * Returns the changes of the cluster, then those by the tasks of the prefill: each occupies its machine from
 * time 0 to its end. A task that has no machine and fits on none is left out. Throws InputError for changes
 * of unknown machines, for values that are not finite, and for a change that makes a machine larger than the
 * cluster says.
 */
export function capacityChanges(
  cluster: Cluster,
  prefill: Prefill | undefined,
  seed: number,
): CapacityChanges {
  const given = cluster.changes;
  if (given !== undefined) {
    checkChanges(given, cluster.cpu.length);
    checkGrowth(given, cluster);
  }
  const own = given === undefined ? [] : Array.from(given.time, (time, i) => ({ time, ...at(given, i) }));
  const rows = prefill === undefined ? own : own.concat(changesOf(prefill, cluster, own, seed));
  return {
    time: Float64Array.from(rows, ({ time }) => time),
    machine: Int32Array.from(rows, ({ machine }) => machine),
    cpu: Float64Array.from(rows, ({ cpu }) => cpu),
    memory: Float64Array.from(rows, ({ memory }) => memory),
  };
}

export const NO_CHANGES: CapacityChanges = {
  time: new Float64Array(0),
  machine: new Int32Array(0),
  cpu: new Float64Array(0),
  memory: new Float64Array(0),
};

/** Adds an event for each change; call it first, so that changes come before other events of their time. */
export function pushChanges(events: EventQueue, { time }: CapacityChanges, kind: number): void {
  for (let row = 0; row < time.length; row++) push(events, time[row], kind, row);
}

interface Change {
  readonly time: number;
  readonly machine: number;
  readonly cpu: number;
  readonly memory: number;
}

function at({ machine, cpu, memory }: CapacityChanges, i: number): Omit<Change, "time"> {
  return { machine: machine[i], cpu: cpu[i], memory: memory[i] };
}

function changesOf(prefill: Prefill, cluster: Cluster, before: readonly Change[], seed: number): Change[] {
  const changes: Change[] = [];
  const choose = randomFirstFit(cluster, before, seed);
  for (let job = 0; job < prefill.ids.length; job++) {
    const cpu = prefill.cpu[job];
    const memory = prefill.memory[job];
    for (let task = prefill.taskOffsets[job]; task < prefill.taskOffsets[job + 1]; task++) {
      const machine = choose(prefill.machine?.[task] ?? -1, cpu, memory);
      const time = prefill.duration[task];
      if (machine < 0 || time === 0) continue;
      changes.push({ time: 0, machine, cpu: -cpu, memory: -memory });
      // A task without an end occupies its machine for the whole run.
      if (time < Infinity) changes.push({ time, machine, cpu, memory });
    }
  }
  return changes;
}

/**
 * Returns a function that occupies the given machine, or, for -1, a random one with room, and returns it (-1
 * where there is none).
 */
function randomFirstFit(
  { cpu, memory }: Cluster,
  before: readonly Change[],
  seed: number,
): (machine: number, cpu: number, memory: number) => number {
  const freeCpu = cpu.slice();
  const freeMemory = memory.slice();
  const occupy = (machine: number, cpu: number, memory: number): void => {
    freeCpu[machine] -= cpu;
    freeMemory[machine] -= memory;
  };
  for (const change of before) if (change.time === 0) occupy(change.machine, -change.cpu, -change.memory);
  const draws = labDraws(seed, "prefill");
  const pool = Int32Array.from(cpu.keys());
  return (given, wantedCpu, wantedMemory) => {
    let machine = given;
    for (let candidates = pool.length; machine < 0 && candidates > 0;) {
      const drawn = drawBelow(draws, candidates);
      const candidate = pool[drawn];
      if (freeCpu[candidate] >= wantedCpu && freeMemory[candidate] >= wantedMemory) machine = candidate;
      pool[drawn] = pool[--candidates];
      pool[candidates] = candidate;
    }
    if (machine >= 0) occupy(machine, wantedCpu, wantedMemory);
    return machine;
  };
}

/** Throws InputError for a prefill that arrives after time 0, or on a machine that does not exist. */
export function checkPrefill({ ids, arrival, machine, duration }: Prefill, machines: number): void {
  const late = arrival.findIndex((time) => time !== 0);
  if (late >= 0)
    throw new InputError(
      `job ${ids[late]} of the prefill arrives at ${arrival[late]}: give 0, because its tasks run at time 0`,
    );
  if (machine === undefined) return;
  if (machine.length !== duration.length)
    throw new InputError(
      `the prefill has ${machine.length} machines for ${duration.length} tasks: give one for each task`,
    );
  const wrong = machine.findIndex((one) => !(Number.isInteger(one) && one >= -1 && one < machines));
  if (wrong >= 0)
    throw new InputError(
      `task ${wrong} of the prefill is on machine ${machine[wrong]}: give a number from 0 to ` +
        `${machines - 1}, or -1 for a random machine`,
    );
}

/** Tolerance for rounding, as a share of a machine's capacity. */
const ROUNDING = 1e-9;

/** A machine has its largest capacity in the cluster: nothing else limits the tasks that go there. */
function checkGrowth(changes: CapacityChanges, { cpu, memory }: Cluster): void {
  const ownCpu = cpu.slice();
  const ownMemory = memory.slice();
  const order = Array.from(changes.time.keys()).sort((a, b) => changes.time[a] - changes.time[b] || a - b);
  for (const row of order) {
    const { machine, ...by } = at(changes, row);
    ownCpu[machine] += by.cpu;
    ownMemory[machine] += by.memory;
    const largest = 1 + ROUNDING;
    if (ownCpu[machine] <= cpu[machine] * largest && ownMemory[machine] <= memory[machine] * largest)
      continue;
    throw new InputError(
      `change ${row + 1} of the cluster makes machine ${machine} larger (CPU ${ownCpu[machine]}, memory ` +
        `${ownMemory[machine]}) than the cluster says (CPU ${cpu[machine]}, memory ${memory[machine]}): ` +
        "give its largest capacity in the cluster, and take the difference away by a change at time 0",
    );
  }
}

function checkChanges(changes: CapacityChanges, machines: number): void {
  const given: Partial<CapacityChanges> = changes;
  const columns = [given.time, given.machine, given.cpu, given.memory];
  if (columns.some((column) => column === undefined || column.length !== changes.time.length))
    throw new InputError(
      "the changes of the cluster need columns of equal length: give time, machine, cpu and memory",
    );
  for (let row = 0; row < changes.time.length; row++) {
    const { machine, cpu, memory } = at(changes, row);
    const time = changes.time[row];
    if (time >= 0 && machine >= 0 && machine < machines && Number.isFinite(time + cpu + memory)) continue;
    throw new InputError(
      `change ${row + 1} of the cluster is at time ${time}, on machine ${machine}, by CPU ${cpu} and ` +
        `memory ${memory}: give a time of 0 or more, a machine below ${machines}, and finite amounts`,
    );
  }
}
