import { InputError } from "../../base/errors.js";
import { checkOutFile } from "../../base/out-folder.js";
import type { OnProgress } from "../../base/progress.js";
import { saveWorkload } from "../../workload/arrow/arrow.js";
import { checkTablesFolder, writeGoogle2011 } from "../../traces/google2011-writer/write.js";
import type { Workload } from "../../workload/workload.js";
import { convertGoogle2011 } from "../../traces/google2011/convert.js";
import { parseTrace } from "../../traces/trace-spec.js";
import { loadNamed } from "./load.js";
import { withProgress } from "./progress-bar.js";
import { describeSkippedRows } from "./skipped-rows.js";
import type { Streams } from "./streams.js";
import { namedTrace, toOpenOptions, type TraceOptions } from "./trace-options.js";

/** The options of `schedlab convert`. */
export interface ConvertOptions extends TraceOptions {
  readonly out: string;
  readonly memory?: number;
}

/** Saves a trace under another name, and says what is in it. */
export async function convert(
  argument: string | undefined,
  options: ConvertOptions,
  { stdout, stderr }: Streams,
): Promise<void> {
  const { machines, executions, usage, steps } = await writeTrace(argument, options, stderr);
  stdout.write(
    `${options.out}: ${machines.id.length} machines, ${executions.job.length} executions, ` +
      `${usage.cpu.length} samples, ${steps} steps\n`,
  );
}

async function writeTrace(
  argument: string | undefined,
  options: ConvertOptions,
  stderr: Streams["stderr"],
): Promise<Workload> {
  const { out, memory } = options;
  const { check, write } = outputFor(out);
  await check();
  const trace = namedTrace(argument, options);
  const spec = trace.startsWith("google2011:") ? parseTrace(trace) : undefined;
  if (spec?.format === "google2011" && out.endsWith(".arrow")) {
    const converted = await withProgress(stderr, (onProgress) =>
      convertGoogle2011(spec.folder, out, { ...toOpenOptions(options, onProgress), memory }),
    );
    stderr.write(describeSkippedRows(converted));
    return converted;
  }
  const { workload } = await loadNamed(argument, options, stderr);
  await withProgress(stderr, (onProgress) => write(workload, onProgress));
  return workload;
}

interface Output {
  /** Throws InputError where the output cannot be written. */
  readonly check: () => Promise<void>;
  readonly write: (workload: Workload, onProgress: OnProgress | undefined) => Promise<unknown>;
}

/** Returns how a workload is saved under this name. Throws InputError for a name of an unknown format. */
function outputFor(out: string): Output {
  const prefix = "google2011:";
  if (out === prefix) throw new InputError(`invalid --out: ${out}; give a folder after the colon`);
  if (out.startsWith(prefix)) {
    const folder = out.slice(prefix.length);
    return {
      check: () => checkTablesFolder(folder),
      write: (workload, onProgress) => writeGoogle2011(workload, folder, { onProgress }),
    };
  }
  if (out.endsWith(".arrow"))
    return { check: () => checkOutFile(out), write: (workload) => saveWorkload(workload, out) };
  throw new InputError(`invalid --out: ${out}; the name must end in .arrow, or be google2011:DIR`);
}
