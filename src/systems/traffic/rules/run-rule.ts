/** Runs flows under a rule. */
import { resolveParameters } from "../../../base/parameters.js";
import {
  ANYTHING,
  checkKeys,
  FUNCTION,
  OBJECT,
  oneOf,
  optional,
  whole,
  type Checks,
} from "../../../base/checks.js";
import { ascending, LOAD, SIZES } from "../check.js";
import { decide, finishFlows, nextInterval, startFlows } from "../control.js";
import type { Flows } from "../flows.js";
import type { Network } from "../network.js";
import { BACKGROUND, runFlows, type Background, type FlowRun } from "../run-flows.js";
import { resolveFlowRule, type FlowRuleChoice } from "./registry.js";
import type { RuleContext, RuleParts } from "./rule.js";

export interface RunRuleOptions extends RuleContext {
  /** Values of the rule's parameters. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** As in `runFlows`; a bound takes "as-others" only. Default "as-others". */
  readonly background?: Background;
}

const OPTIONS: Checks<RunRuleOptions> = {
  ...{ sizes: SIZES, load: LOAD, other: optional(SIZES), background: optional(BACKGROUND) },
  parameters: optional(OBJECT),
  agent: optional((value) =>
    FUNCTION(value) === undefined ? undefined : "give a function, which agentOf makes of a trained agent",
  ),
};

/** A run, and what the rule decided. */
export interface RuleRun extends FlowRun {
  readonly rule: string;
  /** Thresholds from each time on, in seconds and bytes; empty for a rule without queues. */
  readonly decisions: readonly { readonly time: number; readonly thresholds: readonly number[] }[];
}

/**
 * Returns the flows' completion times under a rule, by name or one's own. Throws InputError for an unknown
 * rule or parameter, for what the rule misses in the context, for thresholds that are not as many as at the
 * beginning, and as `runFlows` does.
 */
export function runRule(
  rule: FlowRuleChoice,
  flows: Flows,
  network: Network,
  options: RunRuleOptions,
): RuleRun {
  checkKeys("runRule", options, OPTIONS);
  const definition = resolveFlowRule(rule);
  const { name, parameters = {} } = definition;
  const { background = "as-others", parameters: given, ...context } = options;
  const parts = definition.create(resolveParameters(`rule ${name}`, parameters, given), context);
  checkParts(`what rule ${name} creates`, parts);
  if (parts.order === "remaining") {
    const run = runFlows(flows, network, { order: "remaining", background });
    return { ...run, rule: name, decisions: [] };
  }
  const { thresholds, adapt } = parts;
  const controlled = startFlows(flows, network, { thresholds, background });
  const decisions = [{ time: 0, thresholds: Array.from(thresholds) }];
  for (;;) {
    const seen = adapt && nextInterval(controlled, adapt.every);
    if (seen === undefined) break;
    const next = adapt!.next(seen);
    decide(controlled, next, `rule ${name}`);
    decisions.push({ time: seen.to, thresholds: Array.from(next) });
  }
  return { ...finishFlows(controlled), rule: name, decisions };
}

function checkParts(owner: string, parts: RuleParts): void {
  const isTags = (parts as Partial<RuleParts> | undefined)?.order === "tags";
  checkKeys<Partial<Record<"order" | "thresholds" | "adapt", unknown>>>(owner, parts, {
    order: oneOf(["tags", "remaining"]),
    thresholds: isTags ? ascending() : optional(() => "leave it out"),
    adapt: isTags ? ANYTHING : optional(() => "leave it out"),
  });
  if (parts.order === "tags" && parts.adapt !== undefined)
    checkKeys(`adapt of ${owner}`, parts.adapt, { every: whole(), next: FUNCTION });
}
