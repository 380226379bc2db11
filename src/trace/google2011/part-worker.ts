/** The code of a thread that reads parts and works on their rows. */
import { move, transferableSymbol, valueSymbol } from "piscina";
import { InputError } from "../../errors.js";
import { keepPart, type KeptPart } from "./kept-part.js";
import { readPart, type PartRows, type ReadPartOptions } from "./read-part.js";
import type { Part, Table } from "./tables.js";
import { workOnRows, type RowWork } from "./work-on-rows.js";

export interface ReadTask {
  readonly part: Part;
  readonly options: ReadPartOptions;
}

export interface KeepTask extends ReadTask {
  /** Where to put the rows on disk. */
  readonly keepAt: string;
}

/** An InputError: one that is handed over loses its class. */
export interface Faulty {
  readonly fault: string;
}

/** Reads a part; its rows go to the asking thread without being copied. */
export function read({ part, options }: ReadTask): Promise<PartRows<Table> | Faulty> {
  return orFault(async () => {
    const rows = await readPart(part, options);
    const buffers = Object.values(rows.columns).map(({ buffer }) => buffer);
    return move({ [transferableSymbol]: buffers, [valueSymbol]: rows }) as unknown as PartRows<Table>;
  });
}

/** Reads a part; its rows go to disk. */
export function keep({ part, options, keepAt }: KeepTask): Promise<KeptPart | Faulty> {
  return orFault(async () => keepPart(part, keepAt, await readPart(part, options)));
}

/** As `workOnRows`. */
export function work(task: RowWork): Promise<unknown> {
  return orFault(() => workOnRows(task));
}

async function orFault<R>(make: () => Promise<R>): Promise<R | Faulty> {
  try {
    return await make();
  } catch (error) {
    if (error instanceof InputError) return { fault: error.message };
    throw error;
  }
}
