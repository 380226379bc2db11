/**
 * How a rule for subframes is declared: as policies are, with rule, source, fidelity, deviations and
 * parameters.
 */
import type { Definition, FullDefinition } from "../../base/definition.js";
import type { Parameters, Values } from "../../base/parameters.js";

/** How a rule gives subframes to cores; the subframe loop runs it. */
export type SubframeParts =
  /** A function of one's own binds each subframe to a core when it arrives. */
  | { readonly dispatch: ChooseCore }
  /** Each core belongs to one cell. With `subtasks`, idle cores help with the FFT. */
  | { readonly dispatch: "own-core"; readonly subtasks?: Subtasks }
  /** One queue, first in first out; a core that becomes free takes the next subframe. */
  | { readonly dispatch: "one-queue" }
  /** A subframe goes to an idle core when it arrives, or else to the queue of its own core. */
  | { readonly dispatch: "idle-core" };

/**
 * Returns the number of a core, from 0 on. It is called for each subframe when it arrives, in the order of
 * the cells' numbers; a core runs its subframes in this order.
 */
export type ChooseCore = (arriving: ArrivingSubframe) => number;

/** What a rule of one's own sees. All times are in microseconds. */
export interface ArrivingSubframe {
  readonly cell: number;
  readonly slot: number;
  readonly mcs: number;
  readonly arrival: number;
  readonly deadline: number;
  readonly cells: number;
  /** By core: when it will have done what was given to it; it is idle if this is at most `arrival`. */
  readonly free: ArrayLike<number>;
}

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
