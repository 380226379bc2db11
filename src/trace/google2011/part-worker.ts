/** The code of a thread that reads parts. */
import { move, transferableSymbol, valueSymbol } from "piscina";
import { InputError } from "../../errors.js";
import { keepPart, type KeptPart } from "./kept-part.js";
import { readPart, type PartRows, type ReadPartOptions } from "./read-part.js";
import type { Part, Table } from "./tables.js";

export interface PartTask {
  readonly part: Part;
  readonly options: ReadPartOptions;
  /** Where to put the rows on disk. Default: they are handed over. */
  readonly keepAt?: string;
}

export interface PartResult {
  readonly read?: PartRows<Table>;
  readonly kept?: KeptPart;
  /** Message of an InputError: an error that is handed over loses its class. */
  readonly fault?: string;
}

/** Reads a part; its rows go to disk, or to the asking thread without being copied. */
export default async function readOnThread({ part, options, keepAt }: PartTask): Promise<PartResult> {
  try {
    const read = await readPart(part, options);
    if (keepAt !== undefined) return { kept: await keepPart(part, keepAt, read) };
    const buffers = Object.values(read.columns).map(({ buffer }) => buffer);
    const handed = { [transferableSymbol]: buffers, [valueSymbol]: { read } };
    return move(handed) as unknown as PartResult;
  } catch (error) {
    if (error instanceof InputError) return { fault: error.message };
    throw error;
  }
}
