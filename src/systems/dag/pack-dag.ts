/** The schedule of one graph on empty machines, by an order. */
import { planOf } from "./check-order.js";
import { requireDag, type Dag } from "./dag.js";
import type { MachineChoice } from "./machines.js";
import { makespanOf, type Packing } from "./packing.js";
import { problemOf } from "./problem.js";
import { resolveOrder, type OrderChoice } from "./registry.js";
import { inGivenOrder, resolveOptions, scheduleDags, type DagOptions } from "./schedule-dags.js";

/**
 * Returns the schedule of one graph: what an order plans for it as a whole (`heft`, `graphene`), otherwise
 * what `scheduleDags` does with it as the only job. Throws InputError as `scheduleDags` does.
 */
export function packDag(
  dag: Dag,
  machines: MachineChoice,
  order: OrderChoice,
  options: DagOptions = {},
): Packing {
  requireDag(dag);
  const definition = resolveOrder(order);
  if (definition.pack === undefined) {
    const made = scheduleDags([{ id: "job", arrival: 0, dag }], machines, definition, options);
    const { makespan, placements } = made;
    return { order: definition.name, dag, machines: made.machines, ...placements[0], makespan };
  }
  const { values } = resolveOptions("packDag", definition, options);
  const problem = problemOf(dag, machines);
  const placement = inGivenOrder(planOf(definition, problem, values), problem.rows);
  return {
    order: definition.name,
    dag,
    machines: problem.machines,
    ...placement,
    makespan: makespanOf(placement),
  };
}
