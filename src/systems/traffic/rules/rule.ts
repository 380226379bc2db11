/** How a rule for flows is declared: as policies are, with source, fidelity, deviations and parameters. */
import type { Definition, FullDefinition } from "../../../base/definition.js";
import type { Parameters, Values } from "../../../base/parameters.js";
import type { Interval } from "../control.js";
import type { SizeDistribution } from "../sizes/distribution.js";

/** From what the central system sees to thresholds, in bytes. */
export type Agent = (seen: Interval) => ArrayLike<number>;

/** What a rule may know of the workload. A rule says in its words which of it it uses. */
export interface RuleContext {
  readonly sizes: SizeDistribution;
  /** Share of a link that the flows need. */
  readonly load: number;
  /** Another workload, to which the thresholds of "wrong-optimum" belong. */
  readonly other?: SizeDistribution;
  /** A trained agent. */
  readonly agent?: Agent;
}

/** How flows are served: in queues by bytes sent, or by remaining bytes. */
export type RuleParts =
  | { readonly order: "remaining" }
  | {
      readonly order: "tags";
      /** Thresholds at the beginning, in bytes. */
      readonly thresholds: ArrayLike<number>;
      /** New thresholds each time `every` flows have finished. */
      readonly adapt?: {
        readonly every: number;
        readonly next: Agent;
      };
    };

/** A rule. Only `name`, `rule` and `create` are required of one's own. */
export interface FlowRule<P extends Parameters = Parameters, N extends string = string> extends Definition<
  P,
  N
> {
  /** Whether it knows what no rule can know, such as the sizes of flows before they end. */
  readonly bound?: boolean;
  create(values: Values<P>, context: RuleContext): RuleParts;
}

/** A rule of the registry: all descriptions are required. */
export type BuiltInFlowRule<P extends Parameters = Parameters, N extends string = string> = FlowRule<P, N> &
  FullDefinition<P>;

/** Returns the definition unchanged; its type holds the name and the names of the parameters. */
export function defineFlowRule<P extends Parameters, const N extends string>(
  definition: BuiltInFlowRule<P, N>,
): BuiltInFlowRule<P, N>;
// This default has no names; without it, `create` could use any name as a parameter.
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type
export function defineFlowRule<const N extends string, P extends Parameters = Record<never, never>>(
  definition: FlowRule<P, N>,
): FlowRule<P, N>;
export function defineFlowRule(definition: FlowRule): FlowRule {
  return definition;
}
