/** The code of a thread that reads parts and works on their rows. */
import { move, transferableSymbol, valueSymbol } from "piscina";
import { answering, type InputFault } from "../../../base/threads.js";
import { isCoded } from "./coded-column.js";
import type { Column } from "../../../base/columns/column.js";
import { groupPart, type GroupedPart } from "./kept-part.js";
import { readPart, type PartRows, type ReadPartOptions } from "./read-part.js";
import type { Part, Table } from "../tables.js";
import { type RowWork, workOnRows } from "./row-batches.js";

export interface ReadTask {
  readonly part: Part;
  readonly options: ReadPartOptions;
}

/** Reads a part; its rows are moved to the calling thread without a copy. */
export function read({ part, options }: ReadTask): Promise<PartRows<Table> | InputFault> {
  return answering(async () => {
    const rows = await readPart(part, options);
    return moved(rows, Object.values<Column>(rows.columns));
  });
}

/** Reads a part and groups its rows, which are moved to the calling thread as by `read`. */
export function readGrouped({ part, options }: ReadTask): Promise<GroupedPart | InputFault> {
  return answering(async () => {
    const rows = groupPart(await readPart(part, options));
    const columns = Object.values(rows.columns);
    return moved(
      rows,
      columns.flatMap((column) => (isCoded(column) ? [column.codes, column.values] : column)),
    );
  });
}

/** Like `workOnRows`. */
export function work(task: RowWork): Promise<unknown> {
  return answering(() => workOnRows(task));
}

function moved<R extends object>(part: R, columns: readonly Column[]): R {
  const buffers = columns.map(({ buffer }) => buffer);
  return move({ [transferableSymbol]: buffers, [valueSymbol]: part }) as unknown as R;
}
