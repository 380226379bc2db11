import type { Command } from "commander";
import type { ConvertOptions } from "../convert.js";
import { byteCount } from "../numbers.js";
import type { Streams } from "../streams.js";
import { addTraceOptions } from "../trace-options.js";

const NOTES = `
A Google trace may be larger than memory: its parts are read in parallel into
FILE.arrow.work, which is removed at the end. Start a stopped conversion again
to continue it.

Example:
  $ schedlab convert google2011:DIR --steps 288 --memory 4GB --out day.arrow`;

/**
 * `schedlab convert TRACE --out FILE.arrow`: saves a trace as a workload that opens quickly. `--out
 * google2011:DIR` writes it in the layout of the Google trace instead.
 */
export function addConvert(program: Command, streams: Streams): void {
  addTraceOptions(
    program.command("convert").description("save a trace as one Arrow file, or in the Google trace's layout"),
  )
    .requiredOption(
      "--out <file>",
      "what to write: FILE.arrow, or google2011:DIR for the Google trace's layout",
    )
    .option("--memory <size>", "memory to use for google2011, such as 4GB; default: half of all", byteCount)
    .addHelpText("after", NOTES)
    .action(async (argument: string | undefined, options: ConvertOptions) => {
      const { convert } = await import("../convert.js");
      await convert(argument, options, streams);
    });
}
