import { rename } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { InputError } from "../../base/errors.js";
import { saveWorkload } from "../../workload/arrow/arrow.js";
import { checkOutFile } from "../../base/out-folder.js";
import { requireFreeSpace } from "../../base/free-space.js";
import type { Workload } from "../../workload/workload.js";
import { readGoogle2011, type Google2011Options } from "./open.js";
import { findParts } from "./tables.js";
import { withPartsOnDisk } from "./parts/source.js";

export interface ConvertOptions extends Google2011Options {
  /** Memory to use, in bytes; at least 512 MiB. Default: half of the machine's memory. */
  readonly memory?: number;
  /** The largest number of threads for reading. Default: the number that the machine can execute at once. */
  readonly threads?: number;
}

const LEAST_MEMORY = 2 ** 29;

/**
 * Reads a Google 2011 trace of any size and saves it as a workload. The saved bytes are the same as with
 * `openGoogle2011` and `saveWorkload`. The rows go part by part to the folder `FILE.work` beside the output,
 * so only the workload must fit in memory, not the trace. A stopped conversion continues where it stopped
 * when it is called again with the same trace and options. The folder is removed at the end.
 *
 * Throws InputError as `openGoogle2011` does, and if memory or disk space is too small.
 */
export async function convertGoogle2011(
  directory: string,
  out: string,
  { memory = totalmem() / 2, threads = availableParallelism(), ...options }: ConvertOptions = {},
): Promise<Workload> {
  if (!(memory >= LEAST_MEMORY)) {
    throw new InputError(`memory ${memory}: give at least ${LEAST_MEMORY} bytes (512 MiB)`);
  }
  await checkOutFile(out);
  const parts = await findParts(directory, options.parts);
  // If this folder lies inside the trace, the trace's reader ignores it by its name (text/find-tables.ts).
  const folder = `${out}.work`;
  const { machines, shape, seed, onError } = options;
  const disk = { folder, key: { machines, shape, seed, onError }, memory, threads };
  return withPartsOnDisk(
    parts,
    disk,
    (source) => readGoogle2011(parts, source, options),
    async (workload) => {
      await requireFreeSpace(dirname(out), bytesOf(workload), "the workload");
      // Written to the work folder first, so that a killed process leaves no incomplete file beside the
      // output.
      const whole = join(folder, "workload.arrow");
      await saveWorkload(workload, whole);
      await rename(whole, out);
    },
  );
}

/** Returns the size of the columns; the other data are small. */
function bytesOf({ executions, usage }: Workload): number {
  const columns = Object.values({ ...executions, ...usage }) as ArrayBufferView[];
  return columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
