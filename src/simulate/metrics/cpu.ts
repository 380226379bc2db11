/** Metrics of the load of the machines. */
import type { Definition } from "./metric.js";
import { AT_LEAST_0, SHARE, shareOf } from "./range.js";

const percent = { unit: "%", scale: 100 } as const;

export const CPU_METRICS = {
  utilization: {
    label: { en: "CPU utilization", zh: "CPU 利用率" },
    short: "CPU used",
    description: "CPU delivered, share of capacity",
    range: SHARE,
    ...percent,
    better: "more",
    step: ({ lcServed, beServed, cpu }) => (lcServed + beServed) / cpu,
  },
  lcUtilization: {
    label: { en: "CPU utilization by LC tasks", zh: "时延敏感型任务 CPU 利用率" },
    description: "CPU delivered to LC tasks, share of capacity",
    range: SHARE,
    ...percent,
    step: ({ lcServed, cpu }) => lcServed / cpu,
  },
  beUtilization: {
    label: { en: "CPU utilization by BE tasks", zh: "尽力而为型任务 CPU 利用率" },
    description: "CPU delivered to best-effort tasks, share of capacity",
    range: SHARE,
    ...percent,
    step: ({ beServed, cpu }) => beServed / cpu,
  },
  demand: {
    label: { en: "CPU demand", zh: "CPU 需求" },
    description: "CPU that tasks on machines want, share of capacity",
    range: AT_LEAST_0,
    ...percent,
    step: ({ lcWanted, beWanted, cpu }) => shareOf(lcWanted + beWanted, cpu),
    run: "none",
  },
  memoryUtilization: {
    label: { en: "Memory utilization", zh: "内存利用率" },
    description: "memory used, share of capacity",
    range: AT_LEAST_0,
    ...percent,
    step: ({ memoryUsed, memory }) => shareOf(memoryUsed, memory),
  },
  machines: {
    label: { en: "Machines up", zh: "在线机器数" },
    description: "machines that are up",
    range: AT_LEAST_0,
    step: ({ machines }) => machines,
    run: "none",
  },
} as const satisfies Readonly<Record<string, Definition>>;
