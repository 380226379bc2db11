import { addRow, finishTable, growingTable } from "../../base/columns/growing-table.js";

/**
 * Windows of usage: times in microseconds of trace time; a machine of -1 and a value of NaN are not known.
 */
export type UsageValues = {
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly machine: BigInt64Array;
  /** Mean CPU over the window. */
  readonly cpu: Float64Array;
  /** Canonical memory. */
  readonly memory: Float64Array;
};

/** `task` is the number of a task in `TaskNumbers`. */
export type UsageRows = UsageValues & { readonly task: Int32Array };

/** Windows of usage, added one by one. */
export interface WindowsBuilder {
  /** Times in microseconds; NaN means that the trace gives no value, and machine -1 fits every machine. */
  readonly push: (
    task: number,
    start: number,
    end: number,
    cpu: number,
    memory: number,
    machine?: bigint,
  ) => void;
  readonly finish: () => UsageRows;
}

export function createWindowsBuilder(): WindowsBuilder {
  const table = growingTable<UsageRows>((rows) => ({
    task: new Int32Array(rows),
    start: new Float64Array(rows),
    end: new Float64Array(rows),
    machine: new BigInt64Array(rows),
    cpu: new Float64Array(rows),
    memory: new Float64Array(rows),
  }));
  return {
    push: (task, start, end, cpu, memory, machine = -1n) => {
      const row = addRow(table);
      const { columns } = table;
      columns.task[row] = task;
      columns.start[row] = start;
      columns.end[row] = end;
      columns.machine[row] = machine;
      columns.cpu[row] = cpu;
      columns.memory[row] = memory;
    },
    finish: () => finishTable(table),
  };
}
