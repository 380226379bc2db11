import { kaplanMeier, survivalAt, survivalQuantile } from "../../metrics/kaplan-meier.js";
import { TIERS, tierOf, type Tier } from "../tier.js";
import { OUTCOME, type Workload } from "../workload.js";
import { describeRow, percent, type DescribeRow } from "./row.js";
import { quantileOfSorted } from "../../metrics/statistics.js";

/**
 * Returns statistics of the work that begins after the start: new tasks and executions per hour, their tiers
 * and their waiting times.
 */
export function describeArrivals(workload: Workload): DescribeRow[] {
  const { machines, executions, steps, stepSeconds } = workload;
  const machineHours = (machines.up.reduce((sum, up) => sum + up, 0) * steps * stepSeconds) / 3600;
  const fresh = freshRows(workload);
  const delays = Float64Array.from(
    fresh,
    (execution) => executions.start[execution] - executions.submit[execution],
  ).sort();
  const row = (statistic: string, value: number, unit = ""): DescribeRow =>
    describeRow("arrivals", statistic, value, unit);
  return [
    row("new tasks per machine and hour", newTasks(workload) / machineHours, "1/h"),
    row("executions per machine and hour", fresh.length / machineHours, "1/h"),
    ...TIERS.map((tier) =>
      row(
        `share of executions, ${tier}`,
        fresh.filter((execution) => tierOf(executions.priority[execution]) === tier).length / fresh.length,
      ),
    ),
    row("scheduling delay, median", quantileOfSorted(delays, 0.5), "s"),
    row("scheduling delay, 90 %", quantileOfSorted(delays, 0.9), "s"),
  ];
}

/**
 * Returns the durations of executions that began after the start, in all and by tier, and the shares of the
 * causes of their ends. The estimate is Kaplan-Meier's, as some executions are still running at the end of
 * the trace.
 */
export function describeDurations(workload: Workload): DescribeRow[] {
  const { executions } = workload;
  const fresh = freshRows(workload);
  const rows = (["all", ...TIERS] as const).flatMap((tier) => durations(workload, fresh, tier));
  const ended = fresh.filter((execution) => executions.outcome[execution] !== OUTCOME.alive);
  const causes = (["finish", "kill", "evict", "fail", "lost"] as const).map((cause) =>
    describeRow(
      "ends",
      cause,
      ended.filter((execution) => executions.outcome[execution] === OUTCOME[cause]).length / ended.length,
    ),
  );
  return [...rows, ...causes];
}

function durations({ executions }: Workload, fresh: readonly number[], tier: Tier | "all"): DescribeRow[] {
  const rows =
    tier === "all" ? fresh : fresh.filter((execution) => tierOf(executions.priority[execution]) === tier);
  const curve = kaplanMeier(
    Float64Array.from(rows, (execution) => executions.end[execution] - executions.start[execution]),
    Uint8Array.from(rows, (execution) => (executions.outcome[execution] === OUTCOME.alive ? 0 : 1)),
  );
  return [
    ...[0.25, 0.5, 0.75, 0.9].map((p) =>
      describeRow("durations", `${tier}, ${percent(p)}`, survivalQuantile(curve, p), "s"),
    ),
    describeRow("durations", `${tier}, over an hour`, rows.length === 0 ? NaN : survivalAt(curve, 3600)),
  ];
}

function freshRows({ executions }: Workload): number[] {
  const rows: number[] = [];
  for (let execution = 0; execution < executions.job.length; execution++)
    if (executions.initial[execution] === 0) rows.push(execution);
  return rows;
}

/** Returns the number of tasks (job and index) whose first execution is not `initial`. */
function newTasks({ executions }: Workload): number {
  const first = new Map<bigint, Set<number>>();
  let count = 0;
  for (let execution = 0; execution < executions.job.length; execution++) {
    let indexes = first.get(executions.job[execution]);
    if (indexes === undefined) first.set(executions.job[execution], (indexes = new Set()));
    if (indexes.has(executions.index[execution])) continue;
    indexes.add(executions.index[execution]);
    if (executions.initial[execution] === 0) count++;
  }
  return count;
}
