/** The machines that a graph of tasks is packed on, and demands as shares of a machine. */
import { InputError } from "../../base/errors.js";
import { keysOf } from "../../base/known-keys.js";
import { didYouMean } from "../../base/nearest.js";
import { fieldsOf, numberOf, objectOf } from "./check.js";
import { requireDag, type Dag } from "./dag.js";

/** Equal machines. */
export interface DagMachines {
  readonly machines: number;
  /**
   * Capacity of one machine by resource; default 1 of each. Where it is given, it must have all resources
   * that tasks demand; it may have others.
   */
  readonly capacity?: Readonly<Record<string, number>>;
}

/** A number of machines with capacity 1 of each resource, or how many of which capacity. */
export type MachineChoice = number | DagMachines;

/**
 * A demand fits if it exceeds what is free by at most this share of a machine: sums of floats are not exact.
 */
export const SLACK = 1e-9;

const KEYS = keysOf<DagMachines>({ machines: true, capacity: true });

/** Returns the number of machines. Throws InputError where it is not a whole number of 1 or more. */
export function machineCount(choice: MachineChoice): number {
  const given: unknown = choice;
  const isObject = typeof given === "object" && given !== null;
  const count = isObject ? fieldsOf("key", "machines", given, KEYS).machines : given;
  return numberOf("machines", count, { min: 1, max: Number.MAX_SAFE_INTEGER, whole: true });
}

/**
 * Returns the demands of the tasks as shares of a machine, in the layout of `dag.demand`. Throws InputError
 * for a capacity that is missing or out of range, and for a task that demands more than a machine has.
 */
export function sharesOf(dag: Dag, choice: MachineChoice): Float64Array {
  requireDag(dag);
  machineCount(choice);
  const { resources, ids } = dag;
  const given = typeof choice === "number" ? undefined : choice.capacity;
  const amounts =
    given === undefined ? undefined : objectOf("capacity", given, "an object such as { cpu: 4 }");
  const capacity = resources.map((name) =>
    amounts === undefined ? 1 : numberOf(`${name} of a machine`, amounts[name] ?? 0),
  );
  const width = capacity.length;
  return dag.demand.map((amount, i) => {
    const t = Math.floor(i / width);
    const name = resources[i - t * width];
    // A machine without a resource can hold tasks that do not demand it.
    const share = amount === 0 ? 0 : amount / capacity[i - t * width];
    if (share <= 1 + SLACK) return share;
    const remedy =
      amounts !== undefined && amounts[name] === undefined
        ? `capacity does not name ${name}${didYouMean(name, Object.keys(amounts))}; give capacity.${name}`
        : "leave the task out or give larger machines";
    throw new InputError(
      `task ${ids[t]} demands ${amount} of ${name}, and a machine has ${capacity[i - t * width]}: ${remedy}`,
    );
  });
}
