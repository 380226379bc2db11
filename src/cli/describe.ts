import type { Command } from "commander";
import { describeWorkload, type DescribeRow } from "../trace/describe.js";
import { loadNamed } from "./load.js";
import type { Streams } from "./streams.js";
import { textTable, type Cell } from "./text-table.js";
import { addTraceOptions, type TraceOptions } from "./trace-options.js";

/** `schedlab describe TRACE`: a trace's statistics beside the published ones of the Google 2011 trace. */
export function addDescribe(program: Command, { stdout, stderr }: Streams): void {
  addTraceOptions(program.command("describe").description("print a trace's statistics beside published ones"))
    .option("--json", "print one JSON array, an object a row")
    .addHelpText("after", "\nExample:\n  $ schedlab describe google2011:DIR --machines 800")
    .action(async (argument: string | undefined, options: TraceOptions & { readonly json?: boolean }) => {
      const { workload } = await loadNamed(argument, options, stderr);
      const rows = describeWorkload(workload);
      stdout.write(
        options.json === true ? `${JSON.stringify(rows, null, 2)}\n` : textTable(rows.map(toCells)),
      );
    });
}

function toCells({ section, statistic, value, published, unit, source }: DescribeRow): Record<string, Cell> {
  return { section, statistic, value, published, unit, source };
}
