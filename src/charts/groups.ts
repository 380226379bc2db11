/** How charts group the tasks of a trace: by priority tier, or by class. */
import { tierOf } from "../workload/tier.js";
import { LATENCY_CRITICAL, type ExecutionColumns } from "../workload/workload.js";
import type { Text } from "./figure.js";
import { words } from "./words/words.js";

export type Grouping = "tier" | "class";

/** The groups in the order in which charts show them. */
export const GROUPS = { tier: ["prod", "beb", "free"], class: ["lc", "be"] } as const;

type Group = (typeof GROUPS)[Grouping][number];

export const GROUP_NAMES: Readonly<Record<string, Text>> = Object.fromEntries(
  [...GROUPS.tier, ...GROUPS.class].map((group) => [group, words.groups[group]]),
);

/** Returns the group of an execution. */
export function groupOf(executions: ExecutionColumns, execution: number, by: Grouping): Group {
  if (by === "tier") return tierOf(executions.priority[execution]);
  return executions.taskClass[execution] === LATENCY_CRITICAL ? "lc" : "be";
}
