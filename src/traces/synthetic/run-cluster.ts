import { drawUniform, randomState, type RandomState } from "../../base/random.js";
import { tierOf, type Tier } from "../../workload/tier.js";
import type { UsageLevels } from "../../workload/usage-model/usage-level.js";
import { OUTCOME } from "../../workload/workload.js";
import { createArrivals, drawArrivals, drawDelay, drawDuration } from "./arrivals.js";
import { nextFailure, type Outages } from "./failures.js";
import type { ResolvedOptions } from "./options.js";
import { createPlacement, place, release, type Placed, type Placement } from "./placement.js";
import { pickShare } from "./quantiles.js";
import { addRun, createRunTable, microseconds, type RunTable, type SyntheticRun } from "./run-table.js";
import { END_SHARES, RUNS_PER_TASK } from "./tables.js";
import { createTimeline, nextTime, putAt, takeNext, type Timeline } from "./timeline.js";

/** The generated cluster under way. */
interface Cluster {
  readonly options: ResolvedOptions;
  readonly horizon: number;
  readonly outages: readonly Outages[];
  /** How runs end, and which run again, is drawn from it. */
  readonly random: RandomState;
  readonly placement: Placement;
  readonly table: RunTable;
  /** Runs to start, and runs on machines by their ends. */
  readonly waiting: Timeline<SyntheticRun>;
  readonly active: Timeline<Placed>;
}

/** Lets runs arrive, find a machine, end and run again, in order of time, until the horizon. */
export function runCluster(
  options: ResolvedOptions,
  residents: readonly SyntheticRun[],
  levels: UsageLevels,
  outages: readonly Outages[],
  onHour: (hour: number, hours: number) => void,
): { table: RunTable; overfull: number } {
  const { steps, stepSeconds, seed } = options;
  const horizon = steps * stepSeconds;
  const arrivals = createArrivals(options, randomState(seed, "workload", "arrivals"));
  const cluster: Cluster = {
    options,
    horizon,
    outages,
    random: randomState(seed, "workload", "ends"),
    placement: createPlacement(options, levels, outages, randomState(seed, "workload", "placement")),
    table: createRunTable(),
    waiting: createTimeline(),
    active: createTimeline(),
  };
  for (const run of residents) start(cluster, run);
  const hours = Math.ceil(horizon / 3600);
  for (let hour = 0; hour < hours; hour++) {
    onHour(hour, hours);
    const to = Math.min(horizon, (hour + 1) * 3600);
    for (const run of drawArrivals(arrivals, hour * 3600, to)) {
      if (run.start < horizon) putAt(cluster.waiting, run.start, run);
    }
    while (nextTime(cluster.waiting) < to) start(cluster, takeNext(cluster.waiting)!);
  }
  onHour(hours, hours);
  return { table: cluster.table, overfull: cluster.placement.overfull };
}

function start(
  { options, horizon, outages, random, placement, table, waiting, active }: Cluster,
  run: SyntheticRun,
): void {
  while (nextTime(active) <= run.start) release(placement, takeNext(active)!);
  const placed = place(placement, run);
  const failure =
    outages.length > 0 ? microseconds(nextFailure(outages[placed.machine], run.start)) : Infinity;
  const end = Math.min(microseconds(run.end), failure > run.start ? failure : Infinity);
  const outcome = end >= horizon ? OUTCOME.alive : failure === end ? OUTCOME.evict : drawOutcome(run, random);
  addRun(table, run, Math.min(end, horizon), outcome, placed.machine);
  if (end >= horizon) return;
  putAt(active, end, placed);
  const again = runAgain(run, end, outcome, failure === end, options, random);
  if (again !== undefined && again.start < horizon) putAt(waiting, again.start, again);
}

function drawOutcome(run: SyntheticRun, random: RandomState): number {
  const { evict, fail, finish, kill } = END_SHARES[tierOf(run.task.priority)];
  const shares = [
    [OUTCOME.evict, evict],
    [OUTCOME.fail, fail],
    [OUTCOME.finish, finish],
    [OUTCOME.kill, kill],
  ] as const;
  return pickShare(shares, drawUniform(random));
}

/** A task that did not finish is submitted again at once, so often that its tier has its published runs per task. */
function runAgain(
  run: SyntheticRun,
  end: number,
  outcome: number,
  failed: boolean,
  options: ResolvedOptions,
  random: RandomState,
): SyntheticRun | undefined {
  if (outcome === OUTCOME.finish) return undefined;
  const { task } = run;
  const tier = tierOf(task.priority);
  if (!failed && drawUniform(random) >= againProbability(tier)) return undefined;
  const start = microseconds(end + drawDelay(random));
  const rest = failed ? run.end - end : drawDuration(tier, task.long, options, random);
  return { task, submit: end, start, end: start + rest, initial: false };
}

/** p with 1 / (1 - p x share of ends that are no FINISH) = runs per task. */
function againProbability(tier: Tier): number {
  return (1 - 1 / RUNS_PER_TASK[tier]) / (1 - END_SHARES[tier].finish);
}
