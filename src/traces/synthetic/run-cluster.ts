import { drawUniform, randomState, type RandomState } from "../../base/random.js";
import { tierOf, type Tier } from "../../workload/tier.js";
import type { UsageLevels } from "../../workload/usage-model/usage-level.js";
import { OUTCOME } from "../../workload/workload.js";
import { createArrivals, drawArrivals, drawDelay, drawDuration } from "./arrivals.js";
import { nextFailure, type Outages } from "./failures.js";
import type { ResolvedOptions } from "./options.js";
import { createPlacement, place, release, type Placed, type Placement } from "./placement.js";
import { pickShare, type Shares } from "./quantiles.js";
import {
  addExecution,
  createExecutionTable,
  microseconds,
  type ExecutionTable,
  type SyntheticExecution,
} from "./execution-table.js";
import { END_SHARES, EXECUTIONS_PER_TASK } from "./tables.js";
import { createTimeline, nextTime, putAt, takeNext, type Timeline } from "./timeline.js";

/** The state of the cluster while it is generated. */
interface Cluster {
  readonly options: ResolvedOptions;
  readonly horizon: number;
  readonly outages: readonly Outages[];
  /** Random numbers for the outcomes of executions and for which tasks are executed again. */
  readonly random: RandomState;
  readonly placement: Placement;
  readonly table: ExecutionTable;
  /** Executions to start in order of start, and executions on machines in order of end. */
  readonly waiting: Timeline<SyntheticExecution>;
  readonly active: Timeline<Placed>;
}

/** Simulates arrivals, placements, ends and repeated executions in order of time, until the horizon. */
export function runCluster(
  options: ResolvedOptions,
  residents: readonly SyntheticExecution[],
  levels: UsageLevels,
  outages: readonly Outages[],
  onHour: (hour: number, hours: number) => void,
): { table: ExecutionTable; overfull: number } {
  const { steps, stepSeconds, seed } = options;
  const horizon = steps * stepSeconds;
  const arrivals = createArrivals(options, randomState(seed, "workload", "arrivals"));
  const cluster: Cluster = {
    options,
    horizon,
    outages,
    random: randomState(seed, "workload", "ends"),
    placement: createPlacement(options, levels, outages, randomState(seed, "workload", "placement")),
    table: createExecutionTable(),
    waiting: createTimeline(),
    active: createTimeline(),
  };
  for (const execution of residents) start(cluster, execution);
  const hours = Math.ceil(horizon / 3600);
  for (let hour = 0; hour < hours; hour++) {
    onHour(hour, hours);
    const to = Math.min(horizon, (hour + 1) * 3600);
    for (const execution of drawArrivals(arrivals, hour * 3600, to)) {
      if (execution.start < horizon) putAt(cluster.waiting, execution.start, execution);
    }
    while (nextTime(cluster.waiting) < to) start(cluster, takeNext(cluster.waiting)!);
  }
  onHour(hours, hours);
  return { table: cluster.table, overfull: cluster.placement.overfull };
}

function start(
  { options, horizon, outages, random, placement, table, waiting, active }: Cluster,
  execution: SyntheticExecution,
): void {
  while (nextTime(active) <= execution.start) release(placement, takeNext(active)!);
  const placed = place(placement, execution);
  const failure =
    outages.length > 0 ? microseconds(nextFailure(outages[placed.machine], execution.start)) : Infinity;
  const end = Math.min(microseconds(execution.end), failure > execution.start ? failure : Infinity);
  const outcome =
    end >= horizon ? OUTCOME.alive : failure === end ? OUTCOME.evict : drawOutcome(execution, random);
  addExecution(table, execution, Math.min(end, horizon), outcome, placed.machine);
  if (end >= horizon) return;
  putAt(active, end, placed);
  const again = executionAgain(execution, end, outcome, failure === end, options, random);
  if (again !== undefined && again.start < horizon) putAt(waiting, again.start, again);
}

function drawOutcome(execution: SyntheticExecution, random: RandomState): number {
  return pickShare(OUTCOME_SHARES[tierOf(execution.task.priority)], drawUniform(random));
}

const OUTCOME_SHARES = {
  free: outcomeShares("free"),
  beb: outcomeShares("beb"),
  prod: outcomeShares("prod"),
};

function outcomeShares(tier: Tier): Shares {
  const { evict, fail, finish, kill } = END_SHARES[tier];
  return [
    [OUTCOME.evict, evict],
    [OUTCOME.fail, fail],
    [OUTCOME.finish, finish],
    [OUTCOME.kill, kill],
  ];
}

/**
 * A task that did not finish is submitted again at once, with a probability that gives its tier the published
 * number of executions per task.
 */
function executionAgain(
  execution: SyntheticExecution,
  end: number,
  outcome: number,
  failed: boolean,
  options: ResolvedOptions,
  random: RandomState,
): SyntheticExecution | undefined {
  if (outcome === OUTCOME.finish) return undefined;
  const { task } = execution;
  const tier = tierOf(task.priority);
  if (!failed && drawUniform(random) >= againProbability(tier)) return undefined;
  const start = microseconds(end + drawDelay(random));
  const rest = failed ? execution.end - end : drawDuration(tier, task.long, options, random);
  return { task, submit: end, start, end: start + rest, initial: false };
}

/** Returns p such that 1 / (1 - p * (share of ends other than FINISH)) = executions per task. */
function againProbability(tier: Tier): number {
  return (1 - 1 / EXECUTIONS_PER_TASK[tier]) / (1 - END_SHARES[tier].finish);
}
