/** The machines that jobs are scheduled on. */
import { describeValue, InputError } from "../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../base/known-keys.js";

/** Capacities, one row per machine, in the unit of the jobs' demands. A machine of 4 slots has CPU 4. */
export interface Cluster {
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /** Changes of the machines' capacity during the run: a machine that leaves takes no new task. */
  readonly changes?: CapacityChanges;
}

/** One row per change. CPU and memory are added to what is free on the machine, which may become negative. */
export interface CapacityChanges {
  readonly time: Float64Array;
  /** Row of the machine in the cluster. */
  readonly machine: Int32Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
}

/** Equal machines. Give `slots`, or `cpu` and `memory` (default 0, for tasks that demand no memory). */
export interface EqualMachines {
  readonly machines: number;
  readonly slots?: number;
  readonly cpu?: number;
  readonly memory?: number;
}

const KEYS = keysOf<EqualMachines>({ machines: true, slots: true, cpu: true, memory: true });

/** The largest number of equal machines. */
const MOST_MACHINES = 10_000_000;

/**
 * Returns a cluster of equal machines. A slot is one unit of CPU, the default demand of a task. Throws
 * InputError for an unknown key, for `slots` together with `cpu`, where there are no machines or more than 10
 * million, and where a capacity is out of range.
 */
export function clusterOf(given: EqualMachines): Cluster {
  refuseUnknownKeys(given, KEYS, "key of clusterOf");
  const { machines, slots, cpu = slots, memory = 0 } = given;
  if (!Number.isInteger(machines) || machines < 1 || machines > MOST_MACHINES)
    throw new InputError(`cluster of ${machines} machines: give a whole number from 1 to ${MOST_MACHINES}`);
  if (slots !== undefined && given.cpu !== undefined)
    throw new InputError(`machines with ${slots} slots and CPU ${cpu}: give one of slots and cpu`);
  if (slots !== undefined && !Number.isInteger(slots))
    throw new InputError(`machines with ${slots} slots: give a whole number of 1 or more`);
  if (cpu === undefined || !(cpu > 0 && cpu < Infinity))
    throw new InputError(`machines with CPU ${cpu}: give slots or cpu, a finite number above 0`);
  if (!(memory >= 0 && memory < Infinity))
    throw new InputError(`machines with memory ${memory}: give a finite number of 0 or more`);
  return { cpu: new Float64Array(machines).fill(cpu), memory: new Float64Array(machines).fill(memory) };
}

/** Throws InputError for a cluster without columns of equal length, with finite numbers of 0 or more. */
export function checkCluster(given: unknown): void {
  const { cpu, memory } = Object(given) as Partial<Record<keyof Cluster, unknown>>;
  if (!(cpu instanceof Float64Array && memory instanceof Float64Array))
    throw new InputError(
      `the cluster is ${describeValue(given)}: give what clusterOf returns, or Float64Arrays cpu and memory`,
    );
  if (cpu.length === 0) throw new InputError("the cluster has no machines: give at least one");
  if (cpu.length !== memory.length)
    throw new InputError(
      `the cluster has ${cpu.length} rows of cpu and ${memory.length} of memory: give one per machine`,
    );
  for (let m = 0; m < cpu.length; m++) {
    if (cpu[m] >= 0 && memory[m] >= 0 && cpu[m] + memory[m] < Infinity) continue;
    throw new InputError(
      `machine ${m} of the cluster has CPU ${cpu[m]} and memory ${memory[m]}: give finite numbers from 0`,
    );
  }
}

/**
 * Returns the total capacity of the machines. Where all are equal, this is their number times the capacity,
 * because a sum of many floats differs in the last bits.
 */
export function totalOf(capacity: Float64Array): number {
  if (capacity.every((amount) => amount === capacity[0])) return capacity.length * capacity[0];
  return capacity.reduce((sum, amount) => sum + amount, 0);
}

/** Whether a task with this demand fits on the machine when the machine is empty. */
export function couldHold(
  { cpu, memory }: Cluster,
  machine: number,
  cpuWanted: number,
  memoryWanted: number,
): boolean {
  return cpu[machine] >= cpuWanted && memory[machine] >= memoryWanted;
}
