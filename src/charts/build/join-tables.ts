import type { Table, TableColumn, Text } from "../figure.js";
import { words } from "../words/words.js";

/**
 * Returns the rows of several tables in one, with the name of the panel in the first column. Columns with the
 * same name and unit are one column; cells that a table does not have are empty.
 */
export function joinTables(
  parts: readonly { readonly panel: Text; readonly table: Table }[],
  { name, caption }: Pick<Table, "name" | "caption">,
): Table {
  const found = new Map<string, { column: TableColumn; values: (number | string | null)[] }>();
  const panels: string[] = [];
  for (const { panel, table } of parts) {
    const before = panels.length;
    const rows = table.columns[0]?.values.length ?? 0;
    for (let row = 0; row < rows; row++) panels.push(panel.en);
    for (const column of table.columns) {
      const key = `${column.name} ${column.unit}`;
      const known = found.get(key) ?? { column, values: [] };
      found.set(key, known);
      while (known.values.length < before) known.values.push(null);
      for (const value of column.values) known.values.push(value);
    }
  }
  const names = [...found.values()].map(({ column }) => column.name);
  const columns = [...found.values()].map(({ column, values }): TableColumn => {
    const isTwice = names.filter((other) => other === column.name).length > 1;
    return {
      ...column,
      // Columns of a name with different units stay apart.
      name: isTwice && column.unit !== "" ? `${column.name}, ${column.unit}` : column.name,
      values: [...values, ...new Array<null>(panels.length - values.length).fill(null)],
    };
  });
  const label = words.common.panel;
  return { name, caption, columns: [{ name: "panel", label, unit: "", values: panels }, ...columns] };
}
