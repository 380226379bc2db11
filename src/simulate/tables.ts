/** Runs as arquero tables, for notebooks and exports. */
import { table, type ColumnTable } from "arquero";
import type { Workload } from "../workload/workload.js";
import { MIGRATION_OUTCOME } from "./migrations.js";
import type { Run } from "./simulate.js";

/**
 * Returns a table with one row per step: `step`, `time` in s, then the run's metrics that have a value for
 * each step. The rows of a list of runs come one run after the other, with the run's `policy` in front.
 */
export function stepsTable(runs: Pick<Run, "steps"> | readonly Pick<Run, "policy" | "steps">[]): ColumnTable {
  if ("steps" in runs) return table({ ...runs.steps });
  const parts = runs.map(({ policy, steps }) =>
    table({ policy: Array.from(steps.time, () => policy), ...steps }),
  );
  return parts.reduce((all, part) => all.concat(part), parts.shift() ?? table({}));
}

/** Returns a table with one row per run: the column `policy`, then the metrics of the first run. */
export function summaryTable(runs: readonly Pick<Run, "policy" | "summary">[]): ColumnTable {
  const names = Object.keys(runs[0]?.summary ?? { policy: "" }) as (keyof Run["summary"])[];
  return table(Object.fromEntries(names.map((name) => [name, runs.map(({ summary }) => summary[name])])));
}

/** Returns a table with one row per migration; `outcome` in words, times in s, `bytes` sent. */
export function migrationsTable(run: Run): ColumnTable {
  const { outcome, ...columns } = run.migrations;
  return table({ ...columns, outcome: Array.from(outcome, (code) => MIGRATION_OUTCOME[code]) });
}

/** Returns a table with one row per execution: its columns in the trace and its outcome in the simulation. */
export function tasksTable(run: Run, workload: Workload): ColumnTable {
  const { job, index, taskClass, priority, submit, start, end } = workload.executions;
  return table({
    job,
    index,
    taskClass,
    priority,
    submit,
    start,
    end,
    ...(run.tasks.arrived && { arrived: run.tasks.arrived }),
    placed: run.tasks.placed,
    ended: run.tasks.ended,
    machine: run.tasks.machine,
    migrations: run.tasks.migrations,
    evictions: run.tasks.evictions,
  });
}
