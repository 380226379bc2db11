import type { Command } from "commander";
import { InputError } from "../errors.js";
import { saveWorkload } from "../trace/arrow.js";
import { writeGoogle2011 } from "../trace/google2011-writer.js";
import type { Workload } from "../trace/workload.js";
import { loadNamed } from "./load.js";
import type { Streams } from "./streams.js";
import { addTraceOptions, type TraceOptions } from "./trace-options.js";

/**
 * `schedlab convert TRACE --out FILE.arrow`: reads a trace once, saves it as a workload that opens at once;
 * `--out google2011:DIR` writes it in the layout of the Google trace instead.
 */
export function addConvert(program: Command, { stdout, stderr }: Streams): void {
  addTraceOptions(
    program.command("convert").description("save a trace as one Arrow file, or in the Google trace's layout"),
  )
    .requiredOption(
      "--out <file>",
      "what to write: FILE.arrow, or google2011:DIR for the Google trace's layout",
    )
    .addHelpText("after", "\nExample:\n  $ schedlab convert google2011:DIR --machines 800 --out week.arrow")
    .action(async (argument: string | undefined, options: TraceOptions & { readonly out: string }) => {
      const write = writerFor(options.out);
      const { workload } = await loadNamed(argument, options, stderr);
      await write(workload);
      const { machines, runs, usage, steps } = workload;
      stdout.write(
        `${options.out}: ${machines.id.length} machines, ${runs.job.length} runs, ${usage.cpu.length} samples, ${steps} steps\n`,
      );
    });
}

/** What saves a workload under this name. Throws InputError for a name that says no known format. */
function writerFor(out: string): (workload: Workload) => Promise<unknown> {
  const prefix = "google2011:";
  if (out.startsWith(prefix)) return (workload) => writeGoogle2011(workload, out.slice(prefix.length));
  if (out.endsWith(".arrow")) return (workload) => saveWorkload(workload, out);
  throw new InputError(`invalid --out: ${out}; the name must end in .arrow, or be google2011:DIR`);
}
