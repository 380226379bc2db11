/** Charts with one row or point a policy. */
import type { ColumnTable } from "arquero";
import { InputError } from "../errors.js";

/** Returns the table. Throws InputError where it has several rows of one policy and metric. */
export function oneSetting(rows: ColumnTable): ColumnTable {
  const axes = rows.columnNames();
  const differing = axes.slice(axes.indexOf("policy") + 1, axes.indexOf("metric"));
  if (differing.length === 0) return rows;
  throw new InputError(
    `the runs differ in ${differing.join(", ")}, and this chart has one place for a policy; filter the table, ` +
      'such as table.filter(escape((run) => run.sharing === "fair")), or draw it with `intervals`',
  );
}
