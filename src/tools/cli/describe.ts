import type { Command } from "commander";
import { describeWorkload, type DescribeRow } from "../../workload/describe/describe.js";
import { describeQuality } from "../../workload/quality.js";
import { loadNamed } from "./load.js";
import type { Streams } from "./streams.js";
import { textTable, type Cell } from "./text-table.js";
import { addTraceOptions, type TraceOptions } from "./trace-options.js";

/** `schedlab describe TRACE`: a trace's statistics (Google's beside published ones), and its data quality. */
export function addDescribe(program: Command, { stdout, stderr }: Streams): void {
  addTraceOptions(
    program.command("describe").description("print a trace's statistics (Google's beside published ones)"),
  )
    .option("--json", "print one JSON array, one object per row")
    .addHelpText("after", "\nExample:\n  $ schedlab describe google2011:DIR --machines 800")
    .action(async (argument: string | undefined, options: TraceOptions & { readonly json?: boolean }) => {
      const { workload } = await loadNamed(argument, options, stderr, { saysQuality: false });
      const rows = describeWorkload(workload);
      if (options.json === true) {
        stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
        return;
      }
      const isGoogles = rows.some(({ published }) => published !== null);
      stdout.write(textTable(rows.map((row) => toCells(row, isGoogles))));
      for (const sentence of describeQuality(workload)) stdout.write(`${sentence}\n`);
    });
}

function toCells(
  { section, statistic, value, published, unit, source }: DescribeRow,
  isGoogles: boolean,
): Record<string, Cell> {
  return isGoogles
    ? { section, statistic, value, published, unit, source }
    : { section, statistic, value, unit };
}
