/** How evenly the load is spread over the machines. */
import { coefficientOfVariation, jain } from "../../metrics/fairness.js";
import { meanOfDefined, quantileOfSorted } from "../../metrics/statistics.js";
import { BALANCED_BELOW, giniAuthor, giniOfSorted, giniWeighted } from "../../metrics/gini.js";
import type { StepLoads } from "../step-loads.js";
import type { Definition } from "./metric.js";
import { AT_LEAST_0, SHARE } from "./range.js";

const isDefined = (value: number): boolean => !Number.isNaN(value);

const percentile = (
  quantile: number,
  { en, zh, description }: { readonly en: string; readonly zh: string; readonly description: string },
) => ({
  label: { en: `CPU utilization, ${en}`, zh: `CPU 利用率${zh}` },
  description,
  range: SHARE,
  unit: "%",
  scale: 100,
  step: ({ sortedUtilization }: StepLoads) => quantileOfSorted(sortedUtilization, quantile),
  run: "none" as const,
});

export const BALANCE_METRICS = {
  gini: {
    label: { en: "Gini coefficient", zh: "基尼系数" },
    short: "Gini",
    description:
      "Gini of delivered utilization over machines (population form; by capacity where machines differ)",
    range: SHARE,
    better: "less",
    step: ({ isUniform, sortedUtilization, utilization, capacity }) =>
      isUniform ? giniOfSorted(sortedUtilization) : giniWeighted(utilization, capacity),
  },
  giniUnbiased: {
    label: { en: "Gini coefficient, unbiased", zh: "无偏基尼系数" },
    description: "Gini in the small-sample form, G n / (n - 1), at most 1",
    range: SHARE,
    better: "less",
    needs: ["gini", "machines"],
    run: ({ steps }) =>
      // Where capacities differ, G may be above 1 - 1 / n.
      meanOfDefined(
        steps.gini.map((g, step) => Math.min(1, (g * steps.machines[step]) / (steps.machines[step] - 1))),
      ),
  },
  giniP95: {
    label: { en: "Gini coefficient, P95", zh: "基尼系数 P95" },
    description: "95th percentile of the Gini over the steps",
    range: SHARE,
    better: "less",
    needs: ["gini"],
    run: ({ steps }) => quantileOfSorted(steps.gini.filter(isDefined).sort(), 0.95),
  },
  giniBound: {
    label: { en: "Least Gini coefficient", zh: "基尼系数下界" },
    short: "least Gini",
    description:
      "least Gini that any placement of divisible best-effort work could reach while LC work stays in " +
      "place; none where LC work may move",
    range: SHARE,
    // No `better`: it is what policies are measured against, not what they achieve.
    step: ({ leastGini }) => leastGini,
  },
  giniMemory: {
    label: { en: "Gini coefficient of memory", zh: "内存基尼系数" },
    description: "Gini of memory utilization over machines that have memory",
    range: SHARE,
    better: "less",
    step: ({ sortedMemoryUtilization }) => giniOfSorted(sortedMemoryUtilization),
  },
  giniAuthor: {
    label: { en: "Gini coefficient, thesis's variant", zh: "基尼系数（论文脚本定义）" },
    description:
      "the thesis author's variant: over each machine's time-averaged utilization, shifted by 1e-7",
    range: SHARE,
    better: "less",
    run: ({ meanUtilization }) => giniAuthor(meanUtilization.filter(isDefined)),
  },
  balancedShare: {
    label: { en: "Balanced steps (Gini < 0.25)", zh: "均衡时间占比（基尼系数 < 0.25）" },
    description: "share of the steps with a Gini below 0.25, the thesis's limit of balance",
    range: SHARE,
    unit: "%",
    scale: 100,
    better: "more",
    needs: ["gini"],
    run: ({ steps }) => {
      const defined = steps.gini.filter(isDefined);
      return defined.filter((g) => g < BALANCED_BELOW).length / defined.length;
    },
  },
  jain: {
    label: { en: "Jain's index", zh: "Jain 公平指数" },
    description: "Jain's index of delivered utilization",
    range: SHARE,
    better: "more",
    step: ({ sortedUtilization }) => jain(sortedUtilization),
  },
  cov: {
    label: { en: "Coefficient of variation", zh: "变异系数" },
    description: "coefficient of variation of delivered utilization (population)",
    range: AT_LEAST_0,
    better: "less",
    step: ({ sortedUtilization }) => coefficientOfVariation(sortedUtilization),
  },
  p5: percentile(0.05, {
    en: "P5",
    zh: " P5",
    description: "delivered utilization, 5th percentile of machines",
  }),
  p25: percentile(0.25, { en: "P25", zh: " P25", description: "25th percentile" }),
  p50: percentile(0.5, { en: "median", zh: "中位数", description: "median" }),
  p75: percentile(0.75, { en: "P75", zh: " P75", description: "75th percentile" }),
  p95: percentile(0.95, { en: "P95", zh: " P95", description: "95th percentile" }),
} as const satisfies Readonly<Record<string, Definition>>;
