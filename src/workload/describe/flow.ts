import { kaplanMeier, survivalAt, survivalQuantile } from "../../metrics/kaplan-meier.js";
import { TIERS, tierOf, type Tier } from "../tier.js";
import { OUTCOME, type Workload } from "../workload.js";
import { describeRow, percent, quantileOfSorted, type DescribeRow } from "./row.js";

/** Returns what begins after the start: new tasks and runs per hour, their tiers, how long they wait. */
export function describeArrivals(workload: Workload): DescribeRow[] {
  const { machines, runs, steps, stepSeconds } = workload;
  const machineHours = (machines.up.reduce((sum, up) => sum + up, 0) * steps * stepSeconds) / 3600;
  const fresh = freshRows(workload);
  const delays = Float64Array.from(fresh, (run) => runs.start[run] - runs.submit[run]).sort();
  const row = (statistic: string, value: number, unit = ""): DescribeRow =>
    describeRow("arrivals", statistic, value, unit);
  return [
    row("new tasks per machine and hour", newTasks(workload) / machineHours, "1/h"),
    row("runs per machine and hour", fresh.length / machineHours, "1/h"),
    ...TIERS.map((tier) =>
      row(
        `share of runs, ${tier}`,
        fresh.filter((run) => tierOf(runs.priority[run]) === tier).length / fresh.length,
      ),
    ),
    row("scheduling delay, median", quantileOfSorted(delays, 0.5), "s"),
    row("scheduling delay, 90 %", quantileOfSorted(delays, 0.9), "s"),
  ];
}

/**
 * Returns how long runs that began after the start last (Kaplan-Meier, as those alive at the end are cut short), in
 * all and by tier, and the shares of causes among those that ended.
 */
export function describeDurations(workload: Workload): DescribeRow[] {
  const { runs } = workload;
  const fresh = freshRows(workload);
  const rows = (["all", ...TIERS] as const).flatMap((tier) => durations(workload, fresh, tier));
  const ended = fresh.filter((run) => runs.outcome[run] !== OUTCOME.alive);
  const causes = (["finish", "kill", "evict", "fail", "lost"] as const).map((cause) =>
    describeRow(
      "ends",
      cause,
      ended.filter((run) => runs.outcome[run] === OUTCOME[cause]).length / ended.length,
    ),
  );
  return [...rows, ...causes];
}

function durations({ runs }: Workload, fresh: readonly number[], tier: Tier | "all"): DescribeRow[] {
  const rows = tier === "all" ? fresh : fresh.filter((run) => tierOf(runs.priority[run]) === tier);
  const curve = kaplanMeier(
    Float64Array.from(rows, (run) => runs.end[run] - runs.start[run]),
    Uint8Array.from(rows, (run) => (runs.outcome[run] === OUTCOME.alive ? 0 : 1)),
  );
  return [
    ...[0.25, 0.5, 0.75, 0.9].map((p) =>
      describeRow("durations", `${tier}, ${percent(p)}`, survivalQuantile(curve, p), "s"),
    ),
    describeRow("durations", `${tier}, over an hour`, rows.length === 0 ? NaN : survivalAt(curve, 3600)),
  ];
}

function freshRows({ runs }: Workload): number[] {
  const rows: number[] = [];
  for (let run = 0; run < runs.job.length; run++) if (runs.initial[run] === 0) rows.push(run);
  return rows;
}

/** Number of tasks (job and index) whose first run is not one of the initial. */
function newTasks({ runs }: Workload): number {
  const first = new Map<bigint, Set<number>>();
  let count = 0;
  for (let run = 0; run < runs.job.length; run++) {
    let indexes = first.get(runs.job[run]);
    if (indexes === undefined) first.set(runs.job[run], (indexes = new Set()));
    if (indexes.has(runs.index[run])) continue;
    indexes.add(runs.index[run]);
    if (runs.initial[run] === 0) count++;
  }
  return count;
}
