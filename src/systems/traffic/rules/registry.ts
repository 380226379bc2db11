/** The registry: every built-in rule for flows by name. */
import { findDefinition } from "../../../base/definition.js";
import type { Parameters } from "../../../base/parameters.js";
import { fair } from "./fair.js";
import { learned } from "./learned.js";
import { adaptiveOptimum, ownOptimum, wrongOptimum } from "./optimum.js";
import { pias } from "./pias.js";
import type { BuiltInFlowRule } from "./rule.js";
import { srpt } from "./srpt.js";

const BUILT_IN = [
  fair,
  pias,
  wrongOptimum,
  adaptiveOptimum,
  learned,
  ownOptimum,
  srpt,
] as const satisfies readonly BuiltInFlowRule[];

/** The name of a built-in rule for flows. */
export type FlowRuleName = (typeof BUILT_IN)[number]["name"];

/** All built-in rules for flows. */
export const FLOW_RULES: readonly BuiltInFlowRule<Parameters, FlowRuleName>[] = BUILT_IN;

/** Returns the built-in rule of that name. Throws InputError for an unknown name. */
export function findFlowRule(name: string): BuiltInFlowRule {
  return findDefinition("rule for flows", FLOW_RULES, name);
}
