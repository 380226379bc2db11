import { performance } from "node:perf_hooks";
import { openWorkload } from "../../traces/open.js";
import type { Workload } from "../../workload/workload.js";
import { qualityParagraph } from "./data-quality.js";
import { withProgress } from "./progress-bar.js";
import { describeSkippedRows } from "./skipped-rows.js";
import { widthOf, type Streams } from "./streams.js";
import { namedTrace, toOpenOptions, type TraceOptions } from "./trace-options.js";

/**
 * Opens the trace that the command line names, with a progress bar, and returns the time that this took.
 * Prints skipped rows and the data quality on standard error.
 */
export async function loadNamed(
  argument: string | undefined,
  options: TraceOptions,
  stderr: Streams["stderr"],
  { saysQuality = true }: { readonly saysQuality?: boolean } = {},
): Promise<{ workload: Workload; seconds: number }> {
  const trace = namedTrace(argument, options);
  const began = performance.now();
  const workload = await withProgress(stderr, (onProgress) =>
    openWorkload(trace, toOpenOptions(options, onProgress)),
  );
  const seconds = (performance.now() - began) / 1000;
  stderr.write(describeSkippedRows(workload));
  if (saysQuality) stderr.write(qualityParagraph(workload, widthOf(stderr)));
  return { workload, seconds };
}
