import type { Command } from "commander";
import type { DescribeOptions } from "../describe.js";
import type { Streams } from "../streams.js";
import { addTraceOptions } from "../trace-options.js";

/** `schedlab describe TRACE`: a trace's statistics (Google's beside published ones), and its data quality. */
export function addDescribe(program: Command, streams: Streams): void {
  addTraceOptions(
    program.command("describe").description("print a trace's statistics (Google's beside published ones)"),
  )
    .option("--json", "print one JSON array, one object per row")
    .addHelpText("after", "\nExample:\n  $ schedlab describe google2011:DIR --machines 800")
    .action(async (argument: string | undefined, options: DescribeOptions) => {
      const { describe } = await import("../describe.js");
      await describe(argument, options, streams);
    });
}
