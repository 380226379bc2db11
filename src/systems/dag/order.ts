/** How an order of tasks is declared: as policies and architectures are. */
import type { Definition, FullDefinition } from "../../base/definition.js";
import type { Parameters, Values } from "../../base/parameters.js";
import type { Random } from "../../base/random.js";
import type { Placement } from "./packing.js";
import type { Problem } from "./problem.js";

/** A task that is ready and a machine that has room for it: what an order may know of them. */
export interface Candidate {
  /** The rank that the order has given to the task; 0 where it gives none. */
  readonly rank: number;
  /** The greatest rank of the ready tasks of its job. */
  readonly jobRank: number;
  /** Sum over the resources of what the task demands x what is free, as shares of a machine. */
  readonly packing: number;
  /** How far the task would overbook the resource that it overbooks most, as a share of a machine. */
  readonly overbooked: number;
  /** Work of the tasks that have not begun, in the task's job and in its stage: sum of duration x demands. */
  readonly jobWork: number;
  readonly stageWork: number;
  /** Mean of `jobWork` over the jobs that are not finished, and mean of the demands of their tasks. */
  readonly meanJobWork: number;
  readonly meanDemand: number;
  /** What the job has in use: its dominant share, in machines. */
  readonly inUse: number;
  /** What the job got less than an equal share of all placed tasks, in machines. */
  readonly deficit: number;
  /** Number of machines. */
  readonly machines: number;
}

/**
 * How to choose among ready tasks. A machine with room takes the task of the greatest `job` value; among
 * equal ones that of the greatest `task` value; then that of the job that came first, and the task that
 * was ready first.
 */
export interface OrderRule {
  /**
   * Returns a number for each task of a graph. Of tasks of a stage with equal demands, the greatest goes
   * first.
   */
  rank?(problem: Problem, random: Random): Float64Array;
  job?(candidate: Candidate): number;
  task?(candidate: Candidate): number;
  /** How far a machine may be overbooked, as a share of a machine. Default 0. */
  readonly overbooking?: number;
}

/** An order. Only `name`, `rule` and one of `create` and `pack` are required of one's own. */
export interface OrderDefinition<
  P extends Parameters = Parameters,
  N extends string = string,
> extends Definition<P, N> {
  /** Returns the rule by which ready tasks are chosen one after the other. */
  create?(values: Values<P>): OrderRule;
  /** Returns the schedule of one graph on empty machines, for orders that plan it as a whole. */
  pack?(problem: Problem, values: Values<P>): Placement;
}

/** An order of the registry: all descriptions are required. */
export type BuiltInOrder<P extends Parameters = Parameters, N extends string = string> = OrderDefinition<
  P,
  N
> &
  FullDefinition<P>;

/** Returns the definition unchanged; its type holds the name and the names of the parameters. */
export function defineOrder<P extends Parameters, const N extends string>(
  definition: BuiltInOrder<P, N>,
): BuiltInOrder<P, N>;
// This default has no names; without it, `create` could use any name as a parameter.
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type
export function defineOrder<const N extends string, P extends Parameters = Record<never, never>>(
  definition: OrderDefinition<P, N>,
): OrderDefinition<P, N>;
export function defineOrder(definition: OrderDefinition): OrderDefinition {
  return definition;
}
