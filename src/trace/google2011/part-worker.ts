/** The code of a thread that reads parts and works on their rows. */
import { move, transferableSymbol, valueSymbol } from "piscina";
import { InputError } from "../../errors.js";
import { groupPart, type GroupedPart } from "./kept-part.js";
import { readPart, type PartRows, type ReadPartOptions } from "./read-part.js";
import type { Part, Table } from "./tables.js";
import { workOnRows, type RowWork } from "./work-on-rows.js";

export interface ReadTask {
  readonly part: Part;
  readonly options: ReadPartOptions;
}

/** An InputError: one that is handed over loses its class. */
export interface Faulty {
  readonly fault: string;
}

/** Reads a part; its rows go to the asking thread without being copied. */
export function read({ part, options }: ReadTask): Promise<PartRows<Table> | Faulty> {
  return orFault(async () => moved(await readPart(part, options)));
}

/** Reads a part and groups its rows, which then go to the asking thread as those of `read` do. */
export function readGrouped({ part, options }: ReadTask): Promise<GroupedPart | Faulty> {
  return orFault(async () => moved(groupPart(await readPart(part, options))));
}

/** As `workOnRows`. */
export function work(task: RowWork): Promise<unknown> {
  return orFault(() => workOnRows(task));
}

function moved<R extends PartRows<Table>>(part: R): R {
  const buffers = Object.values(part.columns).map(({ buffer }) => buffer);
  return move({ [transferableSymbol]: buffers, [valueSymbol]: part }) as unknown as R;
}

async function orFault<R>(make: () => R | Promise<R>): Promise<R | Faulty> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof InputError) return { fault: error.message };
    throw error;
  }
}
