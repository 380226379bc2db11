import { rename, stat } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { InputError } from "../../base/errors.js";
import { saveWorkload } from "../../workload/arrow/arrow.js";
import { requireFreeSpace } from "../../base/free-space.js";
import type { Workload } from "../../workload/workload.js";
import { readGoogle2011, type Google2011Options } from "./open.js";
import { findParts } from "./tables.js";
import { withPartsOnDisk } from "./parts/source.js";

export interface ConvertOptions extends Google2011Options {
  /** Memory to use, in bytes; at least 512 MiB. Default: half of the machine's. */
  readonly memory?: number;
  /** Most threads to read with. Default: as many as the machine runs at once. */
  readonly threads?: number;
}

const LEAST_MEMORY = 2 ** 29;

/**
 * Reads a Google 2011 trace, of any size, and saves it as a workload (`saveWorkload`): the same bytes as
 * `openGoogle2011` and `saveWorkload` give. What is read goes part by part to the folder `FILE.work` beside
 * the output, so that the trace need not fit in memory, the workload itself must; and so that a conversion
 * that was stopped goes on where it stopped when it is called again with the same trace and options. The
 * folder is removed at the end.
 *
 * Throws InputError as `openGoogle2011` does, and where memory or disk space does not suffice.
 */
export async function convertGoogle2011(
  directory: string,
  out: string,
  { memory = totalmem() / 2, threads = availableParallelism(), ...options }: ConvertOptions = {},
): Promise<Workload> {
  if (!(memory >= LEAST_MEMORY)) {
    throw new InputError(`memory ${memory}: give at least ${LEAST_MEMORY} bytes (512 MiB)`);
  }
  const existing = await stat(out).catch(() => undefined);
  if (existing?.isDirectory() === true) {
    throw new InputError(`cannot write ${out}: it is a folder; give the name of a file`);
  }
  const parts = await findParts(directory, options.parts);
  // A reader of the trace passes folders of this name over (text/find-tables.ts), should it lie inside.
  const folder = `${out}.work`;
  const { machines, shape, seed, onError } = options;
  const disk = { folder, key: { machines, shape, seed, onError }, memory, threads };
  return withPartsOnDisk(
    parts,
    disk,
    (source) => readGoogle2011(parts, source, options),
    async (workload) => {
      await requireFreeSpace(dirname(out), bytesOf(workload), "the workload");
      // In the work folder first: a kill leaves nothing beside the output.
      const whole = join(folder, "workload.arrow");
      await saveWorkload(workload, whole);
      await rename(whole, out);
    },
  );
}

/** Of the columns; the rest is small. */
function bytesOf({ executions, usage }: Workload): number {
  const columns = Object.values({ ...executions, ...usage }) as ArrayBufferView[];
  return columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
