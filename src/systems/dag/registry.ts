/** The registry: every built-in order by name. */
import { findDefinition } from "../../base/definition.js";
import type { Parameters } from "../../base/parameters.js";
import { checkedOrder } from "./check-order.js";
import type { BuiltInOrder, OrderDefinition } from "./order.js";
import { criticalPath } from "./orders/critical-path.js";
import { fair } from "./orders/fair.js";
import { fifo } from "./orders/fifo.js";
import { graphene } from "./orders/graphene.js";
import { heft } from "./orders/heft.js";
import { random } from "./orders/random.js";
import { srpt } from "./orders/srpt.js";
import { tetris } from "./orders/tetris.js";

const BUILT_IN = [
  fifo,
  fair,
  random,
  criticalPath,
  heft,
  srpt,
  tetris,
  graphene,
] as const satisfies readonly BuiltInOrder[];

/** The name of a built-in order. */
export type OrderName = (typeof BUILT_IN)[number]["name"];

/** All built-in orders. */
export const ORDERS: readonly BuiltInOrder<Parameters, OrderName>[] = BUILT_IN;

/** The name of a built-in order, or one's own. */
export type OrderChoice = OrderName | (string & {}) | OrderDefinition;

/**
 * Returns the order of that name, or one's own. Throws InputError for an unknown name and for anything else.
 */
export function resolveOrder(choice: OrderChoice): OrderDefinition {
  return typeof choice === "string" ? findDefinition("order", ORDERS, choice) : checkedOrder(choice);
}

/** Whether an order is one of ours, not a user's. */
export function isBuiltIn(order: OrderDefinition): boolean {
  return (ORDERS as readonly OrderDefinition[]).includes(order);
}
