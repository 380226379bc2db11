/** Metrics that count tasks. */
import type { Definition } from "./metric.js";
import { AT_LEAST_0 } from "./range.js";

export const TASK_METRICS = {
  runningLc: {
    label: { en: "Running LC tasks", zh: "运行中的时延敏感型任务数" },
    description: "LC tasks on a machine",
    range: AT_LEAST_0,
    step: ({ runningLc }) => runningLc,
    run: "none",
  },
  runningBe: {
    label: { en: "Running BE tasks", zh: "运行中的尽力而为型任务数" },
    description: "best-effort tasks on a machine",
    range: AT_LEAST_0,
    step: ({ runningBe }) => runningBe,
    run: "none",
  },
  waiting: {
    label: { en: "Waiting tasks", zh: "等待中的任务数" },
    description: "tasks waiting for a machine, or for others to end where the order of tasks is enforced",
    range: AT_LEAST_0,
    better: "less",
    step: ({ facts }) => facts.waiting,
    run: "none",
  },
  arrived: {
    label: { en: "Arrivals", zh: "到达的任务数" },
    description: "tasks that arrived",
    range: AT_LEAST_0,
    step: ({ facts }) => facts.arrived,
    run: "none",
  },
  ended: {
    label: { en: "Tasks ended", zh: "结束的任务数" },
    description: "tasks that ended",
    range: AT_LEAST_0,
    better: "more",
    step: ({ facts }) => facts.ended,
    run: ({ counts }) => counts.ended,
  },
  running: {
    label: { en: "Tasks running at the end", zh: "结束时运行中的任务数" },
    description: "tasks still on a machine at the end",
    range: AT_LEAST_0,
    run: ({ counts }) => counts.running,
  },
  pending: {
    label: { en: "Tasks waiting at the end", zh: "结束时等待的任务数" },
    description: "tasks still waiting at the end",
    range: AT_LEAST_0,
    better: "less",
    run: ({ counts }) => counts.waiting,
  },
  expired: {
    label: { en: "LC tasks never placed", zh: "未能放置的时延敏感型任务数" },
    description: "LC tasks whose time in the trace ended before they got a machine",
    range: AT_LEAST_0,
    better: "less",
    run: ({ counts }) => counts.expired,
  },
  evicted: {
    label: { en: "Evicted tasks", zh: "被驱逐的任务数" },
    description: "tasks that lost their machine and were queued again",
    range: AT_LEAST_0,
    better: "less",
    step: ({ facts }) => facts.evicted,
    run: ({ counts }) => counts.evicted,
  },
} as const satisfies Readonly<Record<string, Definition>>;
