/** Metrics of migrations. */
import { MIGRATION_OUTCOME } from "../migrations.js";
import type { Definition } from "./metric.js";
import { AT_LEAST_0, SHARE, shareOf } from "./range.js";

const percent = { unit: "%", scale: 100 } as const;

export const MIGRATION_METRICS = {
  migrationsStarted: {
    label: { en: "Migrations started", zh: "发起的迁移数" },
    description: "migrations started after the step",
    range: AT_LEAST_0,
    better: "less",
    step: ({ facts }) => facts.migrationsStarted,
    run: "none",
  },
  migrationsCompleted: {
    label: { en: "Migrations completed", zh: "完成的迁移数" },
    description: "migrations completed in the step",
    range: AT_LEAST_0,
    step: ({ facts }) => facts.migrationsCompleted,
    run: "none",
  },
  migrations: {
    label: { en: "Migrations", zh: "迁移次数" },
    short: "migrations",
    description: "migrations started",
    range: AT_LEAST_0,
    better: "less",
    run: ({ migration }) => migration.migrations,
  },
  migrationsAborted: {
    label: { en: "Migrations aborted", zh: "中止的迁移数" },
    description: "migrations aborted because the task ended or a machine left",
    range: AT_LEAST_0,
    better: "less",
    run: ({ migrations }) =>
      migrations.outcome.filter((code) => MIGRATION_OUTCOME[code] === "aborted").length,
  },
  movesRefused: {
    label: { en: "Moves refused", zh: "被拒绝的迁移数" },
    description: "moves that the guards or the network refused",
    range: AT_LEAST_0,
    better: "less",
    run: ({ counts }) => Object.values(counts.refused).reduce((sum, count) => sum + count, 0),
  },
  tasksMigrated: {
    label: { en: "Tasks migrated", zh: "迁移过的任务数" },
    description: "distinct tasks that migrated",
    range: AT_LEAST_0,
    better: "less",
    run: ({ migration }) => migration.tasksMigrated,
  },
  pingPong: {
    label: { en: "Ping-pong migrations", zh: "往返迁移数" },
    description: "returns of a task to a machine it left within the last 10 steps",
    range: AT_LEAST_0,
    better: "less",
    run: ({ migration }) => migration.pingPong,
  },
  bytes: {
    label: { en: "Migration traffic", zh: "迁移流量" },
    description: "migration traffic in the step, bytes",
    range: AT_LEAST_0,
    unit: "GB",
    scale: 1e-9,
    better: "less",
    step: ({ facts }) => facts.bytes,
    run: "none",
  },
  migrationGb: {
    label: { en: "Migration traffic", zh: "迁移流量" },
    short: "traffic",
    description: "migration traffic, GB",
    range: AT_LEAST_0,
    unit: "GB",
    better: "less",
    run: ({ migration }) => migration.bytes / 1e9,
  },
  linkShare: {
    label: { en: "Link share", zh: "链路占用率" },
    description: "migration traffic, share of the capacity of all links",
    range: SHARE,
    ...percent,
    better: "less",
    // A machine that lost its CPU, but did not leave, may go on sending.
    step: ({ facts, linkBytes }) => Math.min(1, shareOf(facts.bytes, linkBytes)),
    run: ({ migration }) => migration.linkShare,
  },
  peakFlows: {
    label: { en: "Most migrations at a time", zh: "并发迁移峰值" },
    description: "most migrations under way at a time",
    range: AT_LEAST_0,
    better: "less",
    run: ({ migration }) => migration.peakFlows,
  },
  downtimeSeconds: {
    label: { en: "Downtime", zh: "停机时间" },
    description: "time in which migrating tasks ran on no machine, s",
    range: AT_LEAST_0,
    unit: "s",
    better: "less",
    run: ({ migration }) => migration.downtime,
  },
  stalledSeconds: {
    label: { en: "Waits for pages, throttling", zh: "缺页等待与限速" },
    description: "time that migrated tasks lost beside the downtime (waits for pages, throttling), s",
    range: AT_LEAST_0,
    unit: "s",
    better: "less",
    run: ({ migrations }) =>
      migrations.stalled.reduce(
        (sum, seconds, row) =>
          MIGRATION_OUTCOME[migrations.outcome[row]] === "completed" ? sum + seconds : sum,
        0,
      ),
  },
  overhead: {
    label: { en: "CPU spent on migrations", zh: "迁移占用的 CPU" },
    description: "CPU spent on migrations, share of capacity",
    range: SHARE,
    ...percent,
    better: "less",
    step: ({ overhead, cpu }) => overhead / cpu,
  },
} as const satisfies Readonly<Record<string, Definition>>;
