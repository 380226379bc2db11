/**
 * How a rule for subframes is declared: as policies are, with rule, source, fidelity, deviations and
 * parameters.
 */
import type { Definition, FullDefinition } from "../../base/definition.js";
import type { Parameters, Values } from "../../base/parameters.js";

/** What a rule consists of: plain data, which the subframe loop runs. */
export type SubframeParts =
  /** Each core belongs to one cell. With `subtasks`, idle cores help with the FFT. */
  | { readonly dispatch: "own-core"; readonly subtasks?: Subtasks }
  /** One queue, first in first out; a core that becomes free takes the next subframe. */
  | { readonly dispatch: "one-queue" }
  /** A subframe goes to an idle core when it arrives, or else to the queue of its own core. */
  | { readonly dispatch: "idle-core" };

/** How an FFT is divided. */
export interface Subtasks {
  /** Equal subtasks of an FFT. */
  readonly count: number;
  /** Time that the rule allows for a subtask, in microseconds per antenna. */
  readonly time: number;
}

/** A rule. Only `name`, `rule` and `create` are required of one's own. */
export interface SubframePolicyDefinition<
  P extends Parameters = Parameters,
  N extends string = string,
> extends Definition<P, N> {
  create(values: Values<P>): SubframeParts;
}

/** A rule of the registry: all descriptions are required. */
export type BuiltInSubframePolicy<
  P extends Parameters = Parameters,
  N extends string = string,
> = SubframePolicyDefinition<P, N> & FullDefinition<P>;

/** Returns the definition unchanged; its type holds the name and the names of the parameters. */
export function defineSubframePolicy<P extends Parameters, const N extends string>(
  definition: BuiltInSubframePolicy<P, N>,
): BuiltInSubframePolicy<P, N>;
// This default has no names; without it, `create` could use any name as a parameter.
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type
export function defineSubframePolicy<const N extends string, P extends Parameters = Record<never, never>>(
  definition: SubframePolicyDefinition<P, N>,
): SubframePolicyDefinition<P, N>;
export function defineSubframePolicy(definition: SubframePolicyDefinition): SubframePolicyDefinition {
  return definition;
}
