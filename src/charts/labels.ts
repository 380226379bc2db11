/** What the figures of a run are called on an axis, in English and Chinese (the thesis's terms). */
import type { StepColumn } from "../simulate/run.js";
import type { SummaryColumn } from "../simulate/summary.js";
import { POLICY, withUnit } from "./columns.js";
import type { Text } from "./figure.js";

/** A quantity on an axis: drawn values are the run's times `scale`, in `unit`. */
export interface Quantity {
  readonly label: Text;
  readonly unit: string;
  readonly scale: number;
}

const percent = (en: string, zh: string): Quantity => ({ label: { en, zh }, unit: "%", scale: 100 });
const plain = (en: string, zh: string, unit = "", scale = 1): Quantity => ({
  label: { en, zh },
  unit,
  scale,
});

const SHARED = {
  utilization: percent("CPU utilization", "CPU 利用率"),
  lcUtilization: percent("CPU utilization by LC tasks", "时延敏感型任务 CPU 利用率"),
  beUtilization: percent("CPU utilization by BE tasks", "尽力而为型任务 CPU 利用率"),
  memoryUtilization: percent("Memory utilization", "内存利用率"),
  gini: plain("Gini coefficient", "基尼系数"),
  giniBound: plain("Least Gini coefficient", "基尼系数下界"),
  giniMemory: plain("Gini coefficient of memory", "内存基尼系数"),
  jain: plain("Jain's index", "Jain 公平指数"),
  cov: plain("Coefficient of variation", "变异系数"),
  contended: percent("Contended machines", "发生争用的机器"),
  lcShortfall: percent("LC CPU shortfall", "时延敏感型任务 CPU 缺口"),
  lcViolations: percent("LC tasks short of CPU", "CPU 不足的时延敏感型任务"),
  lcTail: plain("LC slowdown, P99 (model)", "时延敏感型任务 P99 减速比（模型）", "×"),
  lcTailViolations: percent("LC load above the SLO (model)", "超出 SLO 的时延敏感型负载（模型）"),
  lcHarmed: percent("LC load harmed (model)", "受损的时延敏感型负载（模型）"),
  evicted: plain("Evicted tasks", "被驱逐的任务数"),
  linkShare: percent("Link share", "链路占用率"),
  overhead: percent("CPU spent on migrations", "迁移占用的 CPU"),
  ended: plain("Tasks ended", "结束的任务数"),
} as const;

/** Labels of the per-step figures. */
export const STEP_LABELS: Readonly<Record<StepColumn, Quantity>> = {
  ...SHARED,
  step: plain("Step", "步"),
  time: plain("Time", "时间", "h", 1 / 3600),
  machines: plain("Machines up", "在线机器数"),
  runningLc: plain("Running LC tasks", "运行中的时延敏感型任务数"),
  runningBe: plain("Running BE tasks", "运行中的尽力而为型任务数"),
  waiting: plain("Waiting tasks", "等待中的任务数"),
  arrived: plain("Arrivals", "到达的任务数"),
  demand: percent("CPU demand", "CPU 需求"),
  p5: percent("CPU utilization, P5", "CPU 利用率 P5"),
  p25: percent("CPU utilization, P25", "CPU 利用率 P25"),
  p50: percent("CPU utilization, median", "CPU 利用率中位数"),
  p75: percent("CPU utilization, P75", "CPU 利用率 P75"),
  p95: percent("CPU utilization, P95", "CPU 利用率 P95"),
  steal: percent("Steal time of BE tasks", "尽力而为型任务 steal time"),
  movesStarted: plain("Migrations started", "发起的迁移数"),
  movesCompleted: plain("Migrations completed", "完成的迁移数"),
  bytes: plain("Migration traffic", "迁移流量", "GB", 1e-9),
};

/** Labels of the figures of the summary. */
export const SUMMARY_LABELS: Readonly<Record<SummaryColumn, Quantity>> = {
  ...SHARED,
  giniUnbiased: plain("Gini coefficient, unbiased", "无偏基尼系数"),
  giniP95: plain("Gini coefficient, P95", "基尼系数 P95"),
  giniAuthor: plain("Gini coefficient, thesis's variant", "基尼系数（论文脚本定义）"),
  balancedShare: percent("Balanced steps (Gini < 0.25)", "均衡时间占比（基尼系数 < 0.25）"),
  peakLoad: percent("Highest load of a machine", "单机最高负载"),
  peakSteal: percent("Highest steal time of a machine", "单机最高 steal time"),
  lcSlo: plain("LC SLO (model)", "时延敏感型任务 SLO（模型）", "×"),
  beThroughput: percent("BE throughput", "尽力而为型任务吞吐"),
  beSlowdown: plain("BE slowdown", "尽力而为型任务减速比", "×"),
  beSlowdownP95: plain("BE slowdown, P95", "尽力而为型任务减速比 P95", "×"),
  waitSeconds: plain("Wait for a machine", "等待时间", "s"),
  running: plain("Tasks running at the end", "结束时运行中的任务数"),
  pending: plain("Tasks waiting at the end", "结束时等待的任务数"),
  expired: plain("LC tasks never placed", "未能放置的时延敏感型任务数"),
  moves: plain("Migrations", "迁移次数"),
  movesAborted: plain("Migrations aborted", "中止的迁移数"),
  movesRefused: plain("Moves refused", "被拒绝的迁移数"),
  tasksMoved: plain("Tasks migrated", "迁移过的任务数"),
  pingPong: plain("Ping-pong moves", "往返迁移数"),
  migrationGb: plain("Migration traffic", "迁移流量", "GB"),
  peakFlows: plain("Most migrations at a time", "并发迁移峰值"),
  downtimeSeconds: plain("Downtime", "停机时间", "s"),
};

/** Columns that are no metrics, but that the lab's tables have. */
const OTHERS: Readonly<Record<string, Quantity>> = { policy: plain(POLICY.en, POLICY.zh) };

/**
 * Returns what a column of the lab's tables is called and how it is drawn; undefined for one that is not the
 * lab's.
 */
export function quantityOf(column: string): Quantity | undefined {
  const known: Readonly<Record<string, Quantity>> = { ...OTHERS, ...SUMMARY_LABELS, ...STEP_LABELS };
  return Object.hasOwn(known, column) ? known[column] : undefined;
}

/** Returns the axis title: the label with its unit. */
export function axisTitle({ label, unit }: Quantity): Text {
  return withUnit(label, unit);
}
