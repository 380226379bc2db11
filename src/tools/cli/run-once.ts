/** Simulates policies once on the trace that a command names: what `simulate` and `compare` share. */
import { markOutFolder } from "../../base/out-folder.js";
import { readDesign } from "../../study/design.js";
import { runDesign, type Done } from "../../study/run-design.js";
import type { RunTask } from "../../study/worker.js";
import type { Workload } from "../../workload/workload.js";
import { experimentOf } from "./experiment-options.js";
import { loadNamed } from "./load.js";
import { withProgress } from "./progress-bar.js";
import type { SimulationCommandOptions } from "./simulation-options.js";
import type { Streams } from "./streams.js";
import { describeUnreachedMarks } from "./unreached-marks.js";

interface Once {
  /** One for each policy, in their order. */
  readonly runs: readonly Done<RunTask>[];
  readonly workload: Workload;
  /** How long it took to read the trace. */
  readonly seconds: number;
}

/**
 * Returns the runs, after it has written the tables to `--out`, if given, in the name of this command. Prints
 * progress, the quality of the data and marks that no machine reached on standard error.
 */
export async function runOnce(
  command: string,
  argument: string | undefined,
  { policies, ...options }: SimulationCommandOptions & { readonly policies: string | readonly string[] },
  stderr: Streams["stderr"],
): Promise<Once> {
  const { seed = 1, out } = options;
  const { sharing, migration, order, set } = experimentOf(options);
  // Check the names before the trace is read, because reading can take long.
  const named = await readDesign(
    { trace: "synthetic", policies, seeds: seed, sharing, migration, order, set },
    { keyOfSet: "--set key" },
  );
  const { workload, seconds } = await loadNamed(argument, options, stderr);
  const design = { ...named, traces: [{ name: workload.source, workload }] };
  const output = out === undefined ? undefined : { out, ...(await import("./write-runs.js")) };
  const tables = output?.WRITTEN ?? [];
  const runs = await withProgress(stderr, (onProgress) =>
    runDesign(design, { kind: "run", tables } as const, { onProgress }),
  );
  stderr.write(describeUnreachedMarks(runs.map(({ result, manifest }) => ({ ...result, manifest }))));
  if (output !== undefined) {
    await markOutFolder(output.out, command);
    await output.writeRuns(output.out, runs);
  }
  return { runs, workload, seconds };
}
