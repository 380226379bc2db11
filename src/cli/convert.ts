import type { Command } from "commander";
import { InputError } from "../errors.js";
import { saveWorkload } from "../trace/arrow.js";
import { openWorkload } from "../trace/open.js";
import { withProgress } from "./progress-bar.js";
import type { Streams } from "./streams.js";
import { addTraceOptions, namedTrace, toOpenOptions, type TraceOptions } from "./trace-options.js";

/** `schedlab convert TRACE --out FILE.arrow`: reads a trace once, saves it as a workload that opens at once. */
export function addConvert(program: Command, { stdout, stderr }: Streams): void {
  addTraceOptions(program.command("convert").description("save a trace as one Arrow file"))
    .requiredOption("--out <file>", "the file to write, FILE.arrow")
    .addHelpText("after", "\nExample:\n  $ schedlab convert google2011:DIR --machines 800 --out week.arrow")
    .action(async (argument: string | undefined, options: TraceOptions & { readonly out: string }) => {
      const trace = namedTrace(argument, options);
      const { out } = options;
      if (!out.endsWith(".arrow")) throw new InputError(`invalid --out: ${out}; the name must end in .arrow`);
      const workload = await withProgress(stderr, (onProgress) =>
        openWorkload(trace, toOpenOptions(options, onProgress)),
      );
      await saveWorkload(workload, out);
      const { machines, runs, usage, steps } = workload;
      stdout.write(
        `${out}: ${machines.id.length} machines, ${runs.job.length} runs, ${usage.cpu.length} samples, ${steps} steps\n`,
      );
    });
}
