/** Runs several cases, such as orders at several loads, and returns tables of all of them. */
import { table, type ColumnTable } from "arquero";
import { InputError } from "../../base/errors.js";
import { keysOf } from "../../base/known-keys.js";
import { fieldsOf, listOf, nameOf, objectOf } from "./check.js";
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

/** The tables of all cases; each row has the case's order, seed and further columns. */
export interface DagCaseTables {
  /** One row per job of each case (see `dagJobsTable`). */
  readonly jobs: ColumnTable;
  /** One row per case (see `dagSchedulesTable`). */
  readonly schedules: ColumnTable;
}

const KEYS = keysOf<DagCase>({
  jobs: true,
  machines: true,
  order: true,
  columns: true,
  seed: true,
  parameters: true,
});

/**
 * Schedules each case and returns the tables of all cases, in their order. All cases must have the same
 * further columns. Throws InputError where there is no case, for further columns that tables have anyway,
 * and where `scheduleDags` does.
 */
export function runDagCases(cases: readonly DagCase[]): DagCaseTables {
  const given = listOf("the list of cases", cases, "a list of cases");
  if (given.length === 0) throw new InputError("no case to schedule: give at least one");
  const columns = given.map((one, i) => columnsOf(`case ${i + 1}`, one));
  const names = Object.keys(columns[0]).sort().join(", ");
  columns.forEach((own, i) => {
    const others = Object.keys(own).sort().join(", ");
    if (others !== names)
      throw new InputError(
        `case ${i + 1} has the columns ${others || "none"}, case 1 ${names || "none"}: give all the same`,
      );
  });
  const parts = cases.map(({ jobs, machines, order, columns: _, ...options }, i) => {
    const made = scheduleDags(jobs, machines, order, options);
    const rows = { jobs: dagJobsTable(made), schedules: dagSchedulesTable([made]) };
    const known = ["order", "seed", ...rows.jobs.columnNames(), ...rows.schedules.columnNames()];
    const taken = Object.keys(columns[i]).find((name) => known.includes(name));
    if (taken !== undefined)
      throw new InputError(`case ${i + 1} has the column ${taken}, as the tables have: name it otherwise`);
    const own = Object.entries({ order: made.order, ...columns[i], seed: made.seed });
    const labelled = (of: ColumnTable): ColumnTable =>
      table(own.map(([name, value]) => [name, new Array(of.numRows()).fill(value)])).assign(of);
    return { jobs: labelled(rows.jobs), schedules: labelled(rows.schedules) };
  });
  const join = (name: keyof DagCaseTables): ColumnTable =>
    parts[0][name].concat(parts.slice(1).map((part) => part[name]));
  return { jobs: join("jobs"), schedules: join("schedules") };
}

function columnsOf(what: string, given: unknown): Record<string, unknown> {
  const { columns = {} } = fieldsOf("key", what, given, KEYS);
  const own = objectOf(`columns of ${what}`, columns, "an object such as { load: 0.9 }");
  for (const [name, value] of Object.entries(own)) nameOf(`column ${name} of ${what}`, value);
  return own;
}
