/** Runs several cases, such as orders at several loads, and returns tables of all of them. */
import { table, type ColumnTable } from "arquero";
import { InputError } from "../../base/errors.js";
import type { DagJob } from "./dag-jobs.js";
import type { MachineChoice } from "./machines.js";
import type { OrderChoice } from "./registry.js";
import { scheduleDags, type DagOptions } from "./schedule-dags.js";
import { dagJobsTable, dagSchedulesTable } from "./tables.js";

export interface DagCase extends DagOptions {
  readonly jobs: readonly DagJob[];
  readonly machines: MachineChoice;
  readonly order: OrderChoice;
  /** Further columns of the case in all tables, such as the load. */
  readonly columns?: Readonly<Record<string, string | number>>;
}

/** The tables of all cases; each row has the case's order and further columns. */
export interface DagCaseTables {
  /** One row per job of each case (see `dagJobsTable`). */
  readonly jobs: ColumnTable;
  /** One row per case (see `dagSchedulesTable`). */
  readonly schedules: ColumnTable;
}

/**
 * Schedules each case and returns the tables of all cases, in their order. All cases must have the same
 * further columns. Throws InputError where there is no case, and where `scheduleDags` does.
 */
export function runDagCases(cases: readonly DagCase[]): DagCaseTables {
  if (cases.length === 0) throw new InputError("no case to schedule: give at least one");
  const parts = cases.map(({ jobs, machines, order, columns = {}, ...options }) => {
    const made = scheduleDags(jobs, machines, order, options);
    const labelled = (rows: ColumnTable): ColumnTable => {
      const values = Object.entries({ order: made.order, ...columns });
      return table(values.map(([name, value]) => [name, new Array(rows.numRows()).fill(value)])).assign(rows);
    };
    return { jobs: labelled(dagJobsTable(made)), schedules: labelled(dagSchedulesTable([made])) };
  });
  const join = (name: keyof DagCaseTables): ColumnTable =>
    parts[0][name].concat(parts.slice(1).map((part) => part[name]));
  return { jobs: join("jobs"), schedules: join("schedules") };
}
