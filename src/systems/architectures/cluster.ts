/** The machines that jobs are scheduled on. */
import { InputError } from "../../base/errors.js";

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

/**
 * Returns a cluster of equal machines. A slot is one unit of CPU, the default demand of a task. Throws
 * InputError where there are no machines or a capacity is out of range.
 */
export function clusterOf({ machines, slots, cpu = slots, memory = 0 }: EqualMachines): Cluster {
  if (!Number.isInteger(machines) || machines < 1)
    throw new InputError(`cluster of ${machines} machines: give a whole number of 1 or more`);
  if (cpu === undefined || !(cpu > 0))
    throw new InputError(`machines with CPU ${cpu}: give slots or cpu, a number above 0`);
  if (slots !== undefined && !Number.isInteger(slots))
    throw new InputError(`machines with ${slots} slots: give a whole number of 1 or more`);
  if (!(memory >= 0)) throw new InputError(`machines with memory ${memory}: give a number of 0 or more`);
  return { cpu: new Float64Array(machines).fill(cpu), memory: new Float64Array(machines).fill(memory) };
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
