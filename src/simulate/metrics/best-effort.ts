/** Metrics of best-effort work. */
import { relativeThroughput } from "../../metrics/slowdown.js";
import type { Definition } from "./metric.js";
import { AT_LEAST_0, shareOf } from "./range.js";
import { meanOfDefined } from "../../metrics/statistics.js";

export const BE_METRICS = {
  steal: {
    label: { en: "Steal time of BE tasks", zh: "尽力而为型任务 steal time" },
    description: "CPU that best-effort tasks wanted and did not get, share of capacity",
    range: AT_LEAST_0,
    unit: "%",
    scale: 100,
    better: "less",
    step: ({ beWanted, beServed, cpu }) => shareOf(Math.max(0, beWanted - beServed), cpu),
    run: "none",
  },
  beThroughput: {
    label: { en: "BE throughput", zh: "尽力而为型任务吞吐" },
    short: "BE done",
    description: "CPU delivered to best-effort tasks, share of the CPU that they used in the trace",
    range: AT_LEAST_0,
    unit: "%",
    scale: 100,
    better: "more",
    run: ({ totals, beInTrace }) => relativeThroughput(totals.beServed, beInTrace),
  },
  beSlowdown: {
    label: { en: "BE slowdown", zh: "尽力而为型任务减速比" },
    short: "BE slow",
    description: "time from arrival to end over time in the trace, mean of best-effort tasks that ended",
    range: AT_LEAST_0,
    unit: "×",
    better: "less",
    run: ({ slowdown }) => slowdown.mean,
  },
  beSlowdownP95: {
    label: { en: "BE slowdown, P95", zh: "尽力而为型任务减速比 P95" },
    description: "95th percentile of the same",
    range: AT_LEAST_0,
    unit: "×",
    better: "less",
    run: ({ slowdown }) => slowdown.p95,
  },
  waitSeconds: {
    label: { en: "Wait for a machine", zh: "等待时间" },
    description: "time from arrival to placement, mean of tasks placed, s",
    range: AT_LEAST_0,
    unit: "s",
    better: "less",
    run: ({ tasks: { placed, arrived }, workload: { executions } }) =>
      meanOfDefined(placed.map((time, execution) => time - (arrived ?? executions.start)[execution])),
  },
} as const satisfies Readonly<Record<string, Definition>>;
