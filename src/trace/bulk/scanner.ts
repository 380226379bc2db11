import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import type { Schema } from "../csv.js";
import type { OnError } from "../options.js";
import { scanFile, type ScannedFile } from "./scan-file.js";
import type { ScanTask } from "./scan-worker.js";

/** Scans files, as `scanFile` does, on this thread or on others. */
export interface FileScanner {
  /** How many files to ask for at once, to keep the threads busy. */
  readonly atOnce: number;
  readonly scan: (path: string, schema: Schema, onError: OnError) => Promise<ScannedFile | undefined>;
  /** To be called when all scans have ended. */
  readonly close: () => Promise<void>;
}

/** Starting threads takes as long as scanning some 10 MB. */
const WORTH_THREADS = 16e6;

/** Returns a scanner for `files` files of `bytes` bytes in all; threads are started only where they are worth it. */
export function openScanner(
  files: number,
  bytes: number,
  threads: number = availableParallelism(),
): FileScanner {
  const count = Math.min(threads, files);
  if (count < 2 || bytes < WORTH_THREADS) {
    return { atOnce: 1, scan: scanFile, close: () => Promise.resolve() };
  }
  const pool = new Piscina<ScanTask, ScannedFile | undefined>({
    filename: workerFile(),
    minThreads: count,
    maxThreads: count,
  });
  return {
    // One more: its file is scanned while this thread takes in the rows of another.
    atOnce: count + 1,
    scan: (path, schema, onError) => pool.run({ path, schema, onError }),
    close: () => pool.destroy(),
  };
}

/** The compiled worker, also where this file runs from its source. */
function workerFile(): string {
  const beside = fileURLToPath(new URL("./scan-worker.js", import.meta.url));
  return existsSync(beside)
    ? beside
    : fileURLToPath(new URL("../../../dist/trace/bulk/scan-worker.js", import.meta.url));
}
