/** Runs several cases, such as architectures at several loads, and returns tables of all of them. */
import { table, type ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import type { Cluster } from "./cluster.js";
import type { Jobs } from "./jobs/jobs.js";
import { schedule, type ArchitectureChoice, type Schedule, type ScheduleOptions } from "./schedule.js";
import { jobsTable, schedulersTable, schedulesTable } from "./tables.js";

export interface ScheduleCase extends ScheduleOptions {
  readonly jobs: Jobs;
  readonly cluster: Cluster;
  readonly architecture: ArchitectureChoice;
  /** Further columns of the case in all tables, such as the load. */
  readonly columns?: Readonly<Record<string, string | number>>;
}

/** The tables of all cases; each row begins with the case's architecture and further columns. */
export interface CaseTables {
  /** One row per job of each case (see `jobsTable`). */
  readonly jobs: ColumnTable;
  /** One row per scheduler of each case (see `schedulersTable`). */
  readonly schedulers: ColumnTable;
  /** One row per case, with all metrics (see `schedulesTable`). */
  readonly schedules: ColumnTable;
}

/**
 * Schedules each case and returns the tables of all cases, in the order of the cases. All cases must have the
 * same further columns. Each schedule is dropped after its case, because many schedules would not fit into
 * memory. Throws InputError where there is no case, and where `schedule` does.
 */
export function runCases(cases: readonly ScheduleCase[]): CaseTables {
  if (cases.length === 0) throw new InputError("no case to schedule: give at least one");
  const parts = cases.map(({ jobs, cluster, architecture, columns, ...options }) => {
    const made = schedule(jobs, cluster, architecture, options);
    const labelled = (rows: ColumnTable): ColumnTable => label(rows, made, columns);
    return {
      jobs: labelled(jobsTable(made)),
      schedulers: labelled(schedulersTable(made)),
      schedules: labelled(schedulesTable([made])),
    };
  });
  const join = (name: keyof CaseTables): ColumnTable => {
    // Architectures without schedulers have tables without columns.
    const filled = parts.map((part) => part[name]).filter((rows) => rows.numRows() > 0);
    return filled.length === 0 ? table({}) : filled[0].concat(filled.slice(1));
  };
  return { jobs: join("jobs"), schedulers: join("schedulers"), schedules: join("schedules") };
}

function label(
  rows: ColumnTable,
  { architecture }: Schedule,
  columns: Readonly<Record<string, string | number>> = {},
): ColumnTable {
  const count = rows.numRows();
  const values = Object.entries({ architecture, ...columns });
  const added = table(values.map(([name, value]) => [name, new Array(count).fill(value)]));
  return added.assign(rows);
}
