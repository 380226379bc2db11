/** The machines that a graph of tasks is packed on, and demands as shares of a machine. */
import { InputError } from "../../base/errors.js";
import type { Dag } from "./dag.js";

/** Equal machines. */
export interface DagMachines {
  readonly machines: number;
  /** Capacity of one machine by resource; default 1 of each. */
  readonly capacity?: Readonly<Record<string, number>>;
}

/** A number of machines with capacity 1 of each resource, or how many of which capacity. */
export type MachineChoice = number | DagMachines;

/**
 * A demand fits if it exceeds what is free by at most this share of a machine: sums of floats are not exact.
 */
export const SLACK = 1e-9;

/** Returns the number of machines. Throws InputError where it is not a whole number of 1 or more. */
export function machineCount(choice: MachineChoice): number {
  const count = typeof choice === "number" ? choice : choice.machines;
  if (!Number.isInteger(count) || count < 1)
    throw new InputError(`machines is ${count}: give a whole number of 1 or more`);
  return count;
}

/**
 * Returns the demands of the tasks as shares of a machine, in the layout of `dag.demand`. Throws InputError
 * for a capacity that is missing or not above 0, and for a task that demands more than a machine has.
 */
export function sharesOf(dag: Dag, choice: MachineChoice): Float64Array {
  const given = typeof choice === "number" ? undefined : choice.capacity;
  const capacity = dag.resources.map((name) => {
    const amount = given === undefined ? 1 : (given[name] ?? 0);
    if (!(amount >= 0) || amount === Infinity)
      throw new InputError(`${name} of a machine is ${amount}: give a number of 0 or more`);
    return amount;
  });
  const width = capacity.length;
  return dag.demand.map((amount, i) => {
    const r = i % width;
    // A machine without a resource can hold tasks that do not demand it.
    const share = amount === 0 ? 0 : amount / capacity[r];
    if (share <= 1 + SLACK) return share;
    throw new InputError(
      `task ${dag.ids[Math.floor(i / width)]} demands ${amount} of ${dag.resources[r]}, and a machine has ` +
        `${capacity[r]}: leave the task out or give larger machines`,
    );
  });
}
