/** A check for charts with one row or point per policy. */
import type { ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";

/** Returns the table unchanged. Throws InputError where it has several rows of one policy and metric. */
export function oneSetting(rows: ColumnTable): ColumnTable {
  const names = rows.columnNames();
  const differing = names.slice(names.indexOf("policy") + 1, names.indexOf("metric"));
  const places = (rows.objects() as { policy: string; metric: string }[]).map(
    ({ policy, metric }) => `${policy} ${metric}`,
  );
  if (new Set(places).size === places.length) return rows;
  throw new InputError(
    `the runs differ in ${differing.join(", ")}, and this chart has one place for a policy; filter the ` +
      "table, " +
      'such as table.filter(escape((run) => run.sharing === "fair")), or draw it with `intervals`',
  );
}
