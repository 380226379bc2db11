import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { InputError } from "../../errors.js";
import { keepPart, type KeptPart } from "./kept-part.js";
import type { PartResult, PartTask } from "./part-worker.js";
import { readPart, type PartRows, type ReadPartOptions } from "./read-part.js";
import type { Part, Table } from "./tables.js";

/** Reads parts on this thread or on others. */
export interface PartReader {
  /** How many parts to ask for at once, to keep the threads busy. */
  readonly atOnce: number;
  /** As `readPart`. */
  readonly read: <T extends Table>(part: Part, options: ReadPartOptions<T>) => Promise<PartRows<T>>;
  /** As `readPart` and `keepPart`. */
  readonly keep: (part: Part, options: ReadPartOptions, keepAt: string) => Promise<KeptPart>;
  /** To be called when nothing more is being read. */
  readonly close: () => Promise<void>;
}

/** Starting threads takes as long as reading some 10 MB. */
const WORTH_THREADS = 16e6;

/** Returns a reader for `parts` parts of `bytes` bytes in all; threads are started only where they are worth it. */
export function openPartReader(
  parts: number,
  bytes: number,
  threads: number = availableParallelism(),
): PartReader {
  const count = Math.min(threads, parts);
  if (count < 2 || bytes < WORTH_THREADS) {
    return {
      atOnce: 1,
      read: readPart,
      keep: async (part, options, keepAt) => keepPart(part, keepAt, await readPart(part, options)),
      close: () => Promise.resolve(),
    };
  }
  const pool = new Piscina<PartTask, PartResult>({
    filename: workerFile(),
    minThreads: count,
    maxThreads: count,
  });
  const run = async (task: PartTask): Promise<PartResult> => {
    const result = await pool.run(task);
    if (result.fault !== undefined) throw new InputError(result.fault);
    return result;
  };
  return {
    atOnce: count,
    read: async <T extends Table>(part: Part, options: ReadPartOptions<T>) =>
      (await run({ part, options })).read as PartRows<T>,
    keep: async (part, options, keepAt) => (await run({ part, options, keepAt })).kept!,
    close: () => pool.destroy(),
  };
}

/** The compiled worker, also where this file runs from its source. */
function workerFile(): string {
  const beside = fileURLToPath(new URL("./part-worker.js", import.meta.url));
  return existsSync(beside)
    ? beside
    : fileURLToPath(new URL("../../../dist/trace/google2011/part-worker.js", import.meta.url));
}
