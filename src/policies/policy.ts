/** What a policy is, what it sees and what it may ask for. */
import type { Parameters, Values } from "../base/parameters.js";
import type { Random } from "../base/random.js";

/** A typed array that its holder may read and not write. */
export interface NumberColumn {
  readonly length: number;
  readonly [index: number]: number;
}

/** A task as a policy sees it. */
export interface TaskView {
  /** Row of the task in `workload.executions`: its name in a Move. */
  readonly id: number;
  readonly latencyCritical: boolean;
  readonly priority: number;
  /** CPU it wants, as observed (smoothed, stale); what it asked for where it was not observed yet. */
  readonly cpu: number;
  readonly cpuRequest: number;
  /** Memory that is reserved for it on a machine. */
  readonly memory: number;
  /** Machine it is on, -1 for an arrival. */
  readonly machine: number;
  /** Machine on which the trace ran it, -1 where the trace does not say. */
  readonly traceMachine: number;
  /** Steps since it was placed. */
  readonly age: number;
}

/**
 * The cluster as a policy sees it: now and before, never the future. Loads are as old as `staleness` says and
 * smoothed as `smoothing` says; memory and requests are the engine's own books, hence exact. The columns are
 * copies, brought up to date before each decision and before the placements of a step, and with each
 * placement for its machine: what a policy writes there changes what it sees until then, and nothing else.
 */
export interface ClusterView {
  /** The step that has just been simulated; at a placement, the step about to be. */
  readonly step: number;
  readonly stepSeconds: number;
  /** Number of machines, those that are down included. */
  readonly machines: number;
  /** CPU capacity, as a fraction of the reference machine; 0 while the machine is down. */
  readonly cpuCapacity: NumberColumn;
  readonly memoryCapacity: NumberColumn;
  /** CPU wanted on the machine over its capacity; above 1 where it is overloaded. */
  readonly load: NumberColumn;
  /** The part of `load` that is latency-critical. */
  readonly lcLoad: NumberColumn;
  /** CPU that best-effort work wanted and did not get, over the capacity. */
  readonly steal: NumberColumn;
  /**
   * Tail latency of the machine's LC work over its service level objective: above 1 it is violated, 0 where
   * no LC work wants CPU. Modelled (metrics/queueing.ts).
   */
  readonly lcTail: NumberColumn;
  /** Memory not reserved by a task on the machine or on its way to it. */
  readonly freeMemory: NumberColumn;
  /** Sum of the CPU requests of the tasks on the machine or on their way to it. */
  readonly cpuRequested: NumberColumn;
  readonly taskCount: NumberColumn;
  /** Observed loads of a machine, oldest first, at most `history` of them. */
  history(machine: number): number[];
  /**
   * Observed CPU of the task, oldest first, at most as many as the policy's `taskHistory`. Throws InputError
   * where the policy has none.
   */
  taskHistory(task: TaskView): number[];
  /** Tasks on the machine that are not migrating, in order of id; all, or best-effort ones only. */
  tasksOn(machine: number, which?: "all" | "best-effort"): TaskView[];
  /**
   * Of the machines that fit the task, and pass the test if there is one, the one with the least `load`; ties
   * go to the lowest number; -1 if there is none.
   */
  coldest(task: TaskView, passes?: (machine: number) => boolean): number;
  /** Whether the machine is up and has the memory, and the CPU by request, for the task. */
  fits(task: TaskView, machine: number): boolean;
}

/** What a bound sees beside the present: the future, which no policy that could be deployed knows. */
export interface ForesightView extends ClusterView {
  /**
   * The cluster as it will be in this many steps if no task is moved: `load`, `lcLoad` and each task's `cpu`
   * are what the trace will ask for, all else is as it is now. Best-effort work is taken to be served in full
   * until then, and what arrives until then to go where the trace ran it.
   */
  ahead(steps: number): ClusterView;
}

/** "Move this task there." The engine checks it, applies the guards and starts the migration. */
export interface Move {
  readonly task: number;
  readonly to: number;
}

/** "Best-effort work on this machine gets at most this share of its capacity" (until said otherwise). */
export interface BestEffortCap {
  readonly machine: number;
  readonly cap: number;
}

/**
 * What a policy does. All of it is optional: without `place` a task goes where the trace ran it, or to the
 * least loaded machine; without `rebalance` nothing moves; without `control` best-effort work is uncapped. A
 * hook that throws, or returns what names no task or machine, ends the run with an InputError that names
 * policy and step; an empty list is `[]`.
 */
export interface PolicyHooks {
  /**
   * Observations of each task that the engine keeps for the view, at some cost; none where the policy does
   * not ask.
   */
  readonly taskHistory?: number;
  /** The machine for an arriving task; -1 to let it wait, as it does where that machine is down or full. */
  place?(task: TaskView, view: ClusterView, random: Random): number;
  /**
   * The moves to start, in order. What cannot be started is refused and counted by reason (a task that has
   * ended, is on its way already or is on that machine, a machine that is down or full, a guard): the rest is
   * not.
   */
  rebalance?(view: ClusterView, random: Random): readonly Move[];
  /** In place of `rebalance`, with foresight: what has it is a bound, not a policy that could be deployed. */
  rebalanceForeseeing?(view: ForesightView, random: Random): readonly Move[];
  /** Caps from the next step on; of several on one machine the last holds. */
  control?(view: ClusterView, random: Random): readonly BestEffortCap[];
}

/** A scheduling policy for one run. A bare function is taken for `rebalance`. */
export interface Policy extends PolicyHooks {
  readonly name: string;
}

export type RebalanceFunction = (view: ClusterView, random: Random) => readonly Move[];

/** Where a policy draws the line: while no machine is above it, the policy finds nothing to relieve. */
export interface Mark {
  /** What of a machine is held against it, as the policy sees it in the ClusterView. */
  readonly of: "load" | "steal";
  /** The name of the parameter that is the mark; a number where it cannot be set. */
  readonly above: string | number;
}

/**
 * A policy, what can be set of it, and where it comes from. Its name and its rule are all that it must say.
 */
export interface PolicyDefinition<P extends Parameters = Parameters, N extends string = string> {
  readonly name: N;
  /** The rule in words. */
  readonly rule: string;
  readonly family?:
    "control" | "placement" | "threshold" | "predictive" | "balance" | "co-location" | "steal time" | "bound";
  readonly source?: string;
  readonly fidelity?: "faithful" | "adapted" | "inspired-by";
  /** Where it departs from the source. */
  readonly deviations?: readonly string[];
  readonly parameters?: P;
  /** There where the policy has a mark. */
  readonly mark?: Mark;
  /** Makes it for one run: what it keeps from step to step is to be made here. */
  create(values: Values<P>): PolicyHooks;
}

/** A policy of the registry: it says of itself all that there is to say. */
export interface BuiltInPolicy<
  P extends Parameters = Parameters,
  N extends string = string,
> extends PolicyDefinition<P, N> {
  readonly family: NonNullable<PolicyDefinition["family"]>;
  readonly source: string;
  readonly fidelity: NonNullable<PolicyDefinition["fidelity"]>;
  readonly deviations: readonly string[];
  readonly parameters: P;
}

/**
 * Returns the definition as it is, with its name and the names of its parameters in its type. `createPolicy`
 * makes the policy of it.
 */
export function definePolicy<P extends Parameters, const N extends string>(
  definition: BuiltInPolicy<P, N>,
): BuiltInPolicy<P, N>;
// Without a default that has no names, `create` could take any name for that of a parameter.
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type
export function definePolicy<const N extends string, P extends Parameters = Record<never, never>>(
  definition: PolicyDefinition<P, N>,
): PolicyDefinition<P, N>;
export function definePolicy(definition: PolicyDefinition): PolicyDefinition {
  return definition;
}
