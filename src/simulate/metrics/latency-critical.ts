/** Metrics of latency-critical (LC) work. */
import { shortfall } from "../../metrics/qos.js";
import type { Definition } from "./metric.js";
import { AT_LEAST_0, AT_LEAST_1, SHARE } from "./range.js";

const percent = { unit: "%", scale: 100 } as const;

export const LC_METRICS = {
  contended: {
    label: { en: "Contended machines", zh: "发生争用的机器" },
    description: "share of the machines on which some task got less CPU than it wanted",
    range: SHARE,
    ...percent,
    better: "less",
    step: ({ contended, machines }) => contended / machines,
  },
  peakLoad: {
    label: { en: "Highest load of a machine", zh: "单机最高负载" },
    description: "highest load of any machine, as the policy saw it (CPU wanted over capacity)",
    range: AT_LEAST_0,
    ...percent,
    better: "less",
    run: ({ peaks }) => peaks.load,
  },
  peakSteal: {
    label: { en: "Highest steal time of a machine", zh: "单机最高 steal time" },
    description:
      "highest steal time of any machine, as the policy saw it (CPU that best-effort tasks wanted and " +
      "did not get, share of capacity)",
    range: AT_LEAST_0,
    ...percent,
    better: "less",
    run: ({ peaks }) => peaks.steal,
  },
  lcShortfall: {
    label: { en: "LC CPU shortfall", zh: "时延敏感型任务 CPU 缺口" },
    description:
      "CPU that LC tasks wanted and did not get, share of all they wanted (waiting tasks included)",
    range: SHARE,
    ...percent,
    better: "less",
    step: ({ lcWanted, lcServed, facts }) => shortfall(lcWanted + facts.waitingLcCpu, lcServed),
    run: ({ totals }) => totals.lcLost / totals.lcWanted,
  },
  lcViolations: {
    label: { en: "LC tasks short of CPU", zh: "CPU 不足的时延敏感型任务" },
    short: "LC short",
    description: "share of the LC tasks that got less than 95 % of the CPU that they wanted, over all steps",
    range: SHARE,
    ...percent,
    better: "less",
    step: ({ lcFellShort, runningLc, facts }) =>
      (lcFellShort + facts.waitingLcTasks) / (runningLc + facts.waitingLcTasks),
    run: ({ totals }) => totals.lcViolations / totals.lcTaskSteps,
  },
  lcTail: {
    label: { en: "LC slowdown, P99 (model)", zh: "时延敏感型任务 P99 减速比（模型）" },
    short: "LC P99",
    description: "LC slowdown at the 99th percentile, M/G/m model, mean over machines weighted by LC load",
    range: AT_LEAST_1,
    unit: "×",
    better: "less",
    modelled: true,
    step: ({ tails: { slowdown, load } }) => slowdown / load,
  },
  lcTailViolations: {
    label: { en: "LC load above the SLO (model)", zh: "超出 SLO 的时延敏感型负载（模型）" },
    description: "share of the LC load that is on machines whose tail is above the SLO",
    range: SHARE,
    ...percent,
    better: "less",
    modelled: true,
    step: ({ tails: { violated, load } }) => violated / load,
  },
  lcHarmed: {
    label: { en: "LC load harmed (model)", zh: "受损的时延敏感型负载（模型）" },
    short: "LC harmed",
    description:
      "share of the LC load whose tail is above 1.2 times its value without best-effort work and migrations",
    range: SHARE,
    ...percent,
    better: "less",
    modelled: true,
    step: ({ lcHarmed, tails: { load } }) => lcHarmed / load,
  },
  lcSlo: {
    label: { en: "LC SLO (model)", zh: "时延敏感型任务 SLO（模型）" },
    description: "the SLO: 1.2 times the tail of LC work alone at the trace's median LC load",
    range: AT_LEAST_1,
    unit: "×",
    modelled: true,
    run: ({ slo }) => slo,
  },
} as const satisfies Readonly<Record<string, Definition>>;
