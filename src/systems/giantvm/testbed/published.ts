/**
 * The authors' measurements on their testbed (raw data behind the figures of Jia et al., GiantVM, ACM TACO
 * 19(2), 2022, section 4.2.3, in the plot scripts of github.com/snake0/paper-scripts).
 */

/** The measured metrics. */
export const FIGURES = {
  cpu: { en: "CPU utilization", zh: "CPU 利用率", unit: "%" },
  gini: { en: "Gini coefficient over CPUs", zh: "各 CPU 基尼系数", unit: "" },
  qps: { en: "LC requests", zh: "时延敏感型请求吞吐", unit: "1000/s" },
  mean: { en: "LC mean latency", zh: "时延敏感型平均时延", unit: "ms" },
  p95: { en: "LC P95 latency", zh: "时延敏感型 P95 时延", unit: "ms" },
  p99: { en: "LC P99 latency", zh: "时延敏感型 P99 时延", unit: "ms" },
  p999: { en: "LC P99.9 latency", zh: "时延敏感型 P99.9 时延", unit: "ms" },
  beThroughput: { en: "BE throughput", zh: "尽力而为型相对吞吐", unit: "" },
} as const;
export type FigureName = keyof typeof FIGURES;
export type Figures = Readonly<Record<FigureName, number>>;

/** The measured configurations. */
export const MEASURED = ["without-be", "naive", "las"] as const;
export type MeasuredName = (typeof MEASURED)[number];

/**
 * The scripts do not state units. We assume nanoseconds for latencies and thousands per second for requests,
 * because only then does requests times mean latency (Little's law) give the same number of clients, about
 * 1,050, in all three configurations.
 */
export const PUBLISHED: Readonly<Record<MeasuredName, Figures>> = {
  "without-be": {
    cpu: 30.61,
    gini: 0.5688,
    qps: 532.525,
    mean: 1.9760336,
    p95: 2.3321045,
    p99: 2.5142248,
    p999: 2.6334889,
    beThroughput: 1,
  },
  naive: {
    cpu: 36.11,
    gini: 0.4862,
    qps: 517.775,
    mean: 2.0314557,
    p95: 3.1954704,
    p99: 4.7522697,
    p999: 5.6587484,
    beThroughput: 708.017 / 810.717,
  },
  las: {
    cpu: 41.28,
    gini: 0.4257,
    qps: 523.094,
    mean: 1.9755659,
    p95: 2.3448591,
    p99: 3.4645238,
    p999: 4.3648978,
    beThroughput: 714.017 / 810.717,
  },
};
