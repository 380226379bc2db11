/** The definition of a policy, its view of the cluster, and its possible requests. */
import type { Definition, FullDefinition } from "../base/definition.js";
import type { Parameters, Values } from "../base/parameters.js";
import type { Random } from "../base/random.js";

/** A read-only typed array. */
export interface NumberColumn {
  readonly length: number;
  readonly [index: number]: number;
}

/** A task as a policy sees it. */
export interface TaskView {
  /** Row of the task in `workload.executions`, which identifies it in a Move. */
  readonly id: number;
  readonly latencyCritical: boolean;
  readonly priority: number;
  /**
   * CPU that the task wants, as observed (smoothed, stale); an estimate from its request before it is
   * observed.
   */
  readonly cpu: number;
  readonly cpuRequest: number;
  /** Memory that the task reserves on a machine. */
  readonly memory: number;
  /** Current machine, -1 for an arriving task. */
  readonly machine: number;
  /** Machine on which the task ran in the trace, -1 where the trace does not say. */
  readonly traceMachine: number;
  /** Steps since the task was placed. */
  readonly age: number;
}

/**
 * The cluster as a policy sees it: the present and the past, never the future. Loads are delayed by
 * `staleness` and smoothed by `smoothing`; memory and requests come from the engine's state and are exact.
 * The columns are copies. They are updated before each decision, before the placements of a step, and after
 * each placement for its machine. A policy that writes to them changes only its own view, until the next
 * update.
 */
export interface ClusterView {
  /** The step that has just been simulated; for a placement, the step that is simulated next. */
  readonly step: number;
  readonly stepSeconds: number;
  /** Number of machines, including machines that are down. */
  readonly machines: number;
  /** CPU capacity, as a fraction of the reference machine; 0 while the machine is down. */
  readonly cpuCapacity: NumberColumn;
  readonly memoryCapacity: NumberColumn;
  /** CPU wanted on the machine over its capacity; above 1 where the machine is overloaded. */
  readonly load: NumberColumn;
  /** The part of `load` that is latency-critical. */
  readonly lcLoad: NumberColumn;
  /** CPU that best-effort work wanted and did not get, over the capacity. */
  readonly steal: NumberColumn;
  /**
   * Tail latency of the machine's LC work over its service level objective (SLO): above 1 the SLO is
   * violated; 0 where no LC work wants CPU. Modelled (metrics/queueing.ts).
   */
  readonly lcTail: NumberColumn;
  /** Memory not reserved by tasks on the machine or migrating to it. */
  readonly freeMemory: NumberColumn;
  /** Sum of the CPU requests of the tasks on the machine or migrating to it. */
  readonly cpuRequested: NumberColumn;
  readonly taskCount: NumberColumn;
  /** Observed loads of a machine, oldest first, at most `history` (model parameter) values. */
  history(machine: number): number[];
  /**
   * Observed CPU of the task, oldest first, at most `taskHistory` values. Throws InputError where the policy
   * does not set `taskHistory`.
   */
  taskHistory(task: TaskView): number[];
  /**
   * Tasks on the machine that are not migrating, in order of id: all tasks, or those that a policy may move
   * as best-effort work. These are the best-effort tasks and, where the model's `moveLatencyCritical` is 1,
   * also the LC tasks.
   */
  tasksOn(machine: number, which?: "all" | "best-effort"): TaskView[];
  /**
   * Returns the machine with the least `load` of those that fit the task and pass the test, if given; ties go
   * to the lowest number; -1 if there is no such machine.
   */
  coldest(task: TaskView, passes?: (machine: number) => boolean): number;
  /** Whether the machine is up and has enough free memory and unrequested CPU for the task. */
  fits(task: TaskView, machine: number): boolean;
}

/** The view of a bound. It includes the future, which no deployable policy can know. */
export interface ForesightView extends ClusterView {
  /**
   * Returns the cluster as it will be in this many steps if no task is moved: `load`, `lcLoad` and each
   * task's `cpu` are the future demand in the trace; everything else is as now. It assumes that best-effort
   * work is served in full until then, and that arriving tasks go to their machines in the trace.
   */
  ahead(steps: number): ClusterView;
}

/**
 * A request to move a task to a machine. The engine checks it, applies the guards and starts the migration.
 */
export interface Move {
  readonly task: number;
  readonly to: number;
}

/**
 * A limit for best-effort work on a machine, as a share of its capacity. It holds until the policy sets
 * another.
 */
export interface BestEffortCap {
  readonly machine: number;
  readonly cap: number;
}

/**
 * The functions of a policy. All are optional: without `place` a task goes to its machine in the trace, or
 * else to the least loaded machine; without `rebalance` no task is moved; without `control` best-effort work
 * has no limit. A hook that throws, or returns an invalid task or machine, ends the run with an InputError
 * that names the policy and the step. Return `[]` for no moves or caps.
 */
export interface PolicyHooks {
  /**
   * Number of observations per task that the engine keeps for `view.taskHistory`. Keeping them costs time; by
   * default none are kept.
   */
  readonly taskHistory?: number;
  /**
   * Returns the machine for an arriving task; -1 to let it wait. The task also waits if the machine is down
   * or full.
   */
  place?(task: TaskView, view: ClusterView, random: Random): number;
  /**
   * Returns the moves to start, in order. A move that cannot be started is refused and counted by reason (the
   * task has ended, is migrating or is already on that machine, the machine is down or full, or a guard
   * refuses); the other moves are started.
   */
  rebalance?(view: ClusterView, random: Random): readonly Move[];
  /**
   * Used instead of `rebalance`, with foresight. A policy with this hook is a bound and cannot be deployed.
   */
  rebalanceForeseeing?(view: ForesightView, random: Random): readonly Move[];
  /** Returns caps that apply from the next step on; for several caps on one machine, the last applies. */
  control?(view: ClusterView, random: Random): readonly BestEffortCap[];
}

/** A scheduling policy for one run. */
export interface Policy extends PolicyHooks {
  readonly name: string;
}

export type RebalanceFunction = (view: ClusterView, random: Random) => readonly Move[];

/** The limit of a policy: while no machine is above it, the policy moves nothing. */
export interface Mark {
  /** The value of a machine that is compared with the limit, as in the ClusterView. */
  readonly of: "load" | "steal";
  /** The name of the parameter that is the limit; a number if it is fixed. */
  readonly above: string | number;
}

/** A policy with its parameters and its origin. Only `name`, `rule` and `create` are required. */
export interface PolicyDefinition<
  P extends Parameters = Parameters,
  N extends string = string,
> extends Definition<P, N> {
  readonly family?:
    "control" | "placement" | "threshold" | "predictive" | "balance" | "co-location" | "steal time" | "bound";
  /** Present if the policy has such a limit. */
  readonly mark?: Mark;
  /** Makes the policy for one run. State that it keeps from step to step must be created here. */
  create(values: Values<P>): PolicyHooks;
}

/** A policy of the registry: all descriptions are required. */
export type BuiltInPolicy<P extends Parameters = Parameters, N extends string = string> = PolicyDefinition<
  P,
  N
> &
  FullDefinition<P> & { readonly family: NonNullable<PolicyDefinition["family"]> };

/**
 * Returns the definition unchanged; its type holds the name and the names of the parameters. `createPolicy`
 * makes a policy from it.
 */
export function definePolicy<P extends Parameters, const N extends string>(
  definition: BuiltInPolicy<P, N>,
): BuiltInPolicy<P, N>;
// This default has no names; without it, `create` could use any name as a parameter.
// eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type
export function definePolicy<const N extends string, P extends Parameters = Record<never, never>>(
  definition: PolicyDefinition<P, N>,
): PolicyDefinition<P, N>;
export function definePolicy(definition: PolicyDefinition): PolicyDefinition {
  return definition;
}
