import { joinColumns } from "../../base/columns/columns.js";
import { addRow, finishTable, growingTable } from "../../base/columns/growing-table.js";
import type { MachineRows } from "../../workload/build/machines.js";
import { readParts, type Collector, type ReadingOptions } from "./parts/parts.js";
import { COLUMNS_OF } from "./rows.js";
import type { Part } from "./tables.js";

/** Reads machine_events without the rows "after the trace". */
export async function readMachineRows(parts: readonly Part[], options: ReadingOptions): Promise<MachineRows> {
  const { batches } = await readParts({ table: "machine_events" }, parts, options);
  const pieces: MachineRows[] = [];
  for await (const { columns } of batches()) pieces.push(columns);
  return joinColumns(COLUMNS_OF.machine_events, pieces);
}

export function collectMachineRows(): Collector<MachineRows> {
  const table = growingTable(COLUMNS_OF.machine_events);
  return {
    visit: ({ numbers, ids }) => {
      if (numbers[0] === Infinity) return;
      const row = addRow(table);
      const { columns } = table;
      columns.time[row] = numbers[0];
      columns.id[row] = ids[1];
      columns.kind[row] = numbers[2];
      columns.cpu[row] = numbers[4];
      columns.memory[row] = numbers[5];
    },
    finish: () => ({ columns: finishTable(table), counts: {}, figures: {} }),
  };
}
