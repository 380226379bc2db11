/** How charts of a trace group its tasks: by tier of priority, or by class. */
import { tierOf } from "../trace/tier.js";
import { LATENCY_CRITICAL, type RunColumns } from "../trace/workload.js";
import type { Text } from "./figure.js";

export type Grouping = "tier" | "class";

/** Groups in the order in which charts show them. */
export const GROUPS: Readonly<Record<Grouping, readonly string[]>> = {
  tier: ["prod", "beb", "free"],
  class: ["lc", "be"],
};

export const GROUP_NAMES: Readonly<Record<string, Text>> = {
  prod: { en: "Prod.", zh: "生产" },
  beb: { en: "Batch", zh: "批处理" },
  free: { en: "Free", zh: "免费" },
  lc: { en: "LC", zh: "时延敏感型" },
  be: { en: "BE", zh: "尽力而为型" },
};

/** Returns the group of a run. */
export function groupOf(runs: RunColumns, run: number, by: Grouping): string {
  if (by === "tier") return tierOf(runs.priority[run]);
  return runs.taskClass[run] === LATENCY_CRITICAL ? "lc" : "be";
}
