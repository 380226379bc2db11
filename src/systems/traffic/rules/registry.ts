/** The registry: every built-in rule for flows by name. */
import { findDefinition } from "../../../base/definition.js";
import type { Parameters } from "../../../base/parameters.js";
import { checkValue, type Check } from "../../../base/checks.js";
import { fair } from "./fair.js";
import { learned, untrained } from "./learned.js";
import { adaptiveOptimum, ownOptimum, wrongOptimum } from "./optimum.js";
import { pias } from "./pias.js";
import type { BuiltInFlowRule, FlowRule } from "./rule.js";
import { srpt } from "./srpt.js";

const BUILT_IN = [
  fair,
  pias,
  wrongOptimum,
  adaptiveOptimum,
  untrained,
  learned,
  ownOptimum,
  srpt,
] as const satisfies readonly BuiltInFlowRule[];

/** The name of a built-in rule for flows. */
export type FlowRuleName = (typeof BUILT_IN)[number]["name"];

/** All built-in rules for flows. */
export const FLOW_RULES: readonly BuiltInFlowRule<Parameters, FlowRuleName>[] = BUILT_IN;

/** The name of a built-in rule, or one's own. */
export type FlowRuleChoice = FlowRuleName | (string & {}) | FlowRule;

/** Returns the built-in rule of that name. Throws InputError for an unknown name. */
export function findFlowRule(name: string): BuiltInFlowRule {
  return findDefinition("rule for flows", FLOW_RULES, name);
}

/** Returns the rule of that name, or one's own. Throws InputError for anything else. */
export function resolveFlowRule(choice: FlowRuleChoice): FlowRule {
  if (typeof choice === "string") return findFlowRule(choice);
  checkValue("rule for flows", choice, RULE);
  return choice;
}

/** A name, known or not, or a rule. */
export const RULE: Check = (value) => {
  const { name, create } = Object(value) as Partial<Record<keyof FlowRule, unknown>>;
  const isOwn = typeof name === "string" && name !== "" && typeof create === "function";
  return isOwn || typeof value === "string" ? undefined : "give a name, or what defineFlowRule returns";
};
