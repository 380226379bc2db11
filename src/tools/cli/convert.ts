import type { Command } from "commander";
import { InputError } from "../../base/errors.js";
import { checkOutFile } from "../../base/out-folder.js";
import type { OnProgress } from "../../base/progress.js";
import { saveWorkload } from "../../workload/arrow/arrow.js";
import { checkTablesFolder, writeGoogle2011 } from "../../traces/google2011-writer/write.js";
import type { Workload } from "../../workload/workload.js";
import { convertGoogle2011 } from "../../traces/google2011/convert.js";
import { parseTrace } from "../../traces/trace-spec.js";
import { loadNamed } from "./load.js";
import { byteCount } from "./numbers.js";
import { withProgress } from "./progress-bar.js";
import { describeSkippedRows } from "./skipped-rows.js";
import type { Streams } from "./streams.js";
import { addTraceOptions, namedTrace, toOpenOptions, type TraceOptions } from "./trace-options.js";

interface ConvertCommandOptions extends TraceOptions {
  readonly out: string;
  readonly memory?: number;
}

const NOTES = `
A Google trace may be larger than memory: its parts are read in parallel into FILE.arrow.work, which is
removed at the end. Start a stopped conversion again to continue it.

Example:
  $ schedlab convert google2011:DIR --machines all --steps 288 --memory 4GB --out day.arrow`;

/**
 * `schedlab convert TRACE --out FILE.arrow`: saves a trace as a workload that opens quickly. `--out
 * google2011:DIR` writes it in the layout of the Google trace instead.
 */
export function addConvert(program: Command, { stdout, stderr }: Streams): void {
  addTraceOptions(
    program.command("convert").description("save a trace as one Arrow file, or in the Google trace's layout"),
  )
    .requiredOption(
      "--out <file>",
      "what to write: FILE.arrow, or google2011:DIR for the Google trace's layout",
    )
    .option("--memory <size>", "memory to use for google2011, such as 4GB; default: half of all", byteCount)
    .addHelpText("after", NOTES)
    .action(async (argument: string | undefined, options: ConvertCommandOptions) => {
      const { machines, executions, usage, steps } = await convert(argument, options, stderr);
      stdout.write(
        `${options.out}: ${machines.id.length} machines, ${executions.job.length} executions, ` +
          `${usage.cpu.length} samples, ${steps} steps\n`,
      );
    });
}

async function convert(
  argument: string | undefined,
  options: ConvertCommandOptions,
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
