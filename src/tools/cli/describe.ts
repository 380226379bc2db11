import { describeWorkload, type DescribeRow } from "../../workload/describe/describe.js";
import { describeQuality } from "../../workload/quality.js";
import { loadNamed } from "./load.js";
import { widthOf, type Streams } from "./streams.js";
import { textTable, type Cell } from "./text-table.js";
import { wrap } from "./wrap.js";
import type { TraceOptions } from "./trace-options.js";

/** The options of `schedlab describe`. */
export interface DescribeOptions extends TraceOptions {
  readonly json?: boolean;
}

/** Prints a trace's statistics and its data quality. */
export async function describe(
  argument: string | undefined,
  options: DescribeOptions,
  { stdout, stderr }: Streams,
): Promise<void> {
  const { workload } = await loadNamed(argument, options, stderr, { saysQuality: false });
  const rows = describeWorkload(workload);
  if (options.json === true) {
    stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    return;
  }
  const width = widthOf(stdout);
  const isGoogles = rows.some(({ published }) => published !== null);
  stdout.write(textTable(rows.map((row) => toCells(row, isGoogles))));
  for (const sentence of describeQuality(workload)) stdout.write(wrap(sentence, width));
}

function toCells(
  { section, statistic, value, published, unit, source }: DescribeRow,
  isGoogles: boolean,
): Record<string, Cell> {
  return isGoogles
    ? { section, statistic, value, published, unit, source }
    : { section, statistic, value, unit };
}
