/** Runs flows under a rule. */
import { keysOf, refuseUnknownKeys } from "../../../base/known-keys.js";
import { resolveParameters } from "../../../base/parameters.js";
import { decide, finishFlows, nextInterval, startFlows } from "../control.js";
import type { Flows } from "../flows.js";
import type { Network } from "../network.js";
import { runFlows, type Background, type FlowRun } from "../run-flows.js";
import { findFlowRule, type FlowRuleName } from "./registry.js";
import type { FlowRule, RuleContext } from "./rule.js";

export interface RunRuleOptions extends RuleContext {
  /** Values of the rule's parameters. */
  readonly parameters?: Readonly<Record<string, number>>;
  /** As in `runFlows`; a bound takes "as-others" only. Default "as-others". */
  readonly background?: Background;
}

const OPTIONS = keysOf<RunRuleOptions>({
  ...{ parameters: true, background: true, sizes: true, load: true, other: true, agent: true },
});

/** A run, and what the rule decided. */
export interface RuleRun extends FlowRun {
  readonly rule: string;
  /** Thresholds from each time on, in seconds and bytes; empty for a rule without queues. */
  readonly decisions: readonly { readonly time: number; readonly thresholds: readonly number[] }[];
}

/**
 * Returns the flows' completion times under a rule, by name or one's own. Throws InputError for an unknown
 * rule or parameter, for what the rule misses in the context, and as `runFlows` does.
 */
export function runRule(
  rule: FlowRuleName | FlowRule,
  flows: Flows,
  network: Network,
  options: RunRuleOptions,
): RuleRun {
  refuseUnknownKeys(options, OPTIONS, "option of runRule");
  const definition = typeof rule === "string" ? findFlowRule(rule) : rule;
  const { name, parameters = {} } = definition;
  const { background = "as-others", parameters: given, ...context } = options;
  const parts = definition.create(resolveParameters(`rule ${name}`, parameters, given), context);
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
    decide(controlled, next);
    decisions.push({ time: seen.to, thresholds: Array.from(next) });
  }
  return { ...finishFlows(controlled), rule: name, decisions };
}
