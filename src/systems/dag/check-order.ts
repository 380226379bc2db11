/** Checks an order of one's own: what it declares, and what its functions return. */
import { describeValue, InputError, messageOf } from "../../base/errors.js";
import { keysOf } from "../../base/known-keys.js";
import type { Parameters, Values } from "../../base/parameters.js";
import { fieldsOf, listOf, numberOf, objectOf } from "./check.js";
import { requireFeasible } from "./check-placement.js";
import type { OrderDefinition, OrderRule } from "./order.js";
import type { Placement } from "./packing.js";
import type { Problem } from "./problem.js";

const ORDER_KEYS = keysOf<OrderDefinition>({
  name: true,
  rule: true,
  source: true,
  fidelity: true,
  deviations: true,
  parameters: true,
  create: true,
  pack: true,
});
const RULE_KEYS = keysOf<OrderRule>({ rank: true, job: true, task: true, overbooking: true });

/** Returns the order. Throws InputError for what cannot be one; `pack` or `create` must be there. */
export function checkedOrder(given: unknown): OrderDefinition {
  const name = typeof given === "object" && given !== null ? (given as { name?: unknown }).name : undefined;
  if (typeof name !== "string" || name === "")
    throw new InputError(
      `invalid order: it is ${describeValue(given)}; give a name, or what defineOrder returns`,
    );
  const owner = `order ${name}`;
  const { create, pack, parameters = {} } = fieldsOf("key", owner, given, ORDER_KEYS);
  const hooks = [create, pack].filter((hook) => hook !== undefined);
  if (hooks.length === 0 || hooks.some((hook) => typeof hook !== "function"))
    throw new InputError(`${owner} has no function create or pack: give one of them`);
  const known = objectOf(`parameters of ${owner}`, parameters, "an object of parameters");
  for (const [key, one] of Object.entries(known))
    objectOf(`parameter ${key} of ${owner}`, one, "an object with default, unit and description");
  return given as OrderDefinition;
}

/**
 * Returns the rule of an order, with its functions checked: they throw InputError where the order's own
 * function throws or returns what is no number, and where ranks are not one number for each task.
 */
export function createRule(order: OrderDefinition, values: Values<Parameters>): OrderRule {
  const owner = `order ${order.name}`;
  const made = guarded(
    `create of ${owner}`,
    () => order.create?.(values),
    (value) => value,
  )();
  const rule = fieldsOf("key", `the rule of ${owner}`, made, RULE_KEYS);
  const hook = (key: keyof OrderRule): ((...args: unknown[]) => unknown) | undefined => {
    const own = rule[key];
    if (own === undefined) return undefined;
    if (typeof own === "function") return (...args) => Reflect.apply(own, rule, args) as unknown;
    throw new InputError(`${key} of ${owner} is ${describeValue(own)}: give a function`);
  };
  const [rank, job, task] = [hook("rank"), hook("job"), hook("task")];
  const number = (key: string) => (value: unknown) => {
    if (typeof value === "number" && !Number.isNaN(value)) return value;
    throw new InputError(`${key} of ${owner} returned ${describeValue(value)}: return a number`);
  };
  return {
    ...(rank && {
      rank: (problem, random) =>
        guarded(`rank of ${owner}`, rank, (value) => ranksOf(owner, problem, value))(copyOf(problem), random),
    }),
    ...(job && { job: guarded(`job of ${owner}`, job, number("job")) }),
    ...(task && { task: guarded(`task of ${owner}`, task, number("task")) }),
    overbooking: numberOf(`overbooking of ${owner}`, rule.overbooking ?? 0, { max: 4 }),
  };
}

/** Returns the schedule that an order plans. Throws InputError unless it is feasible. */
export function planOf(order: OrderDefinition, problem: Problem, values: Values<Parameters>): Placement {
  const what = `pack of order ${order.name}`;
  const plan = (): unknown => order.pack?.(copyOf(problem), values);
  return guarded(what, plan, (value) => {
    const keys = ["machine", "start", "end"];
    const given = objectOf(`what ${what} returned`, value, `an object with ${keys.join(", ")}`);
    const [machine, start, end] = keys.map((key) => {
      const column = listOf(
        `${key} of what ${what} returned`,
        given[key],
        "a list with a number for each task",
      );
      return Float64Array.from(problem.rows, (_, t) =>
        numberOf(`${key} that ${what} returned for task ${problem.dag.ids[t]}`, column[t], {
          max: Number.MAX_VALUE,
        }),
      );
    });
    requireFeasible(what, problem, { machine, start, end });
    return { machine: Int32Array.from(machine), start, end };
  })();
}

function ranksOf(owner: string, { dag }: Problem, value: unknown): Float64Array {
  const ranks = listOf(`what rank of ${owner} returned`, value, "a list with a number for each task");
  return Float64Array.from(dag.ids, (id, t) =>
    numberOf(`rank that ${owner} gives to task ${id}`, ranks[t], {
      min: -Number.MAX_VALUE,
      max: Number.MAX_VALUE,
    }),
  );
}

/** An order that changed the columns of a problem, such as by sorting them, would change the graph. */
function copyOf(problem: Problem): Problem {
  return structuredClone(problem);
}

/** Returns the function with what it throws reported as its order's, and what it returns checked. */
function guarded<A extends readonly unknown[], R>(
  what: string,
  own: (...args: A) => unknown,
  check: (value: unknown) => R,
): (...args: A) => R {
  return (...args) => {
    let value: unknown;
    try {
      value = own(...args);
    } catch (cause) {
      throw new InputError(`${what} threw: ${messageOf(cause)}`, { cause });
    }
    return check(value);
  };
}
