import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { LINE_UP, loadPolicy, POLICIES } from "../policies/index.js";
import { compare } from "../study/compare.js";
import { dealSettings } from "../study/deal-settings.js";
import type { Run } from "../simulate/simulate.js";
import { basisOf, nameBounds } from "./basis.js";
import { compareRepeatedly, isRepeated, type ReplicateCommandOptions } from "./compare-replicates.js";
import { loadNamed } from "./load.js";
import { wholeNumber } from "./numbers.js";
import { checkOutFolder, markOutFolder } from "./out-folder.js";
import { PRINTED } from "./printed-columns.js";
import { withProgress } from "./progress-bar.js";
import { addSimulationOptions, type SimulationCommandOptions } from "./simulation-options.js";
import type { Streams } from "./streams.js";
import { textTable } from "./text-table.js";
import { describeUnreachedMarks } from "./unreached-marks.js";
import { writeRuns } from "./write-runs.js";

/** `schedlab compare TRACE --policy a,b,c`: several policies on one trace, one row each. */
export function addCompare(program: Command, { stdout, stderr }: Streams): void {
  addSimulationOptions(
    program.command("compare").description("replay a trace under several policies, a row each"),
  )
    .option<readonly string[]>(
      "--policy <names>",
      "the policies, separated by commas: names, or modules of one's own (./mine.mjs, ./mine.mjs#drain); `all`; default: one or more of each family",
      names,
      LINE_UP,
    )
    .option(
      "--seeds <n>",
      "repeat with this many seeds, from --seed on: with intervals",
      wholeNumber({ min: 1 }),
    )
    .option(
      "--windows <n>",
      "repeat over this many stretches of the trace: with intervals",
      wholeNumber({ min: 1 }),
    )
    .option("--window-steps <n>", "steps of a window; default: all shared out", wholeNumber({ min: 1 }))
    .option(
      "--baseline <policy>",
      "what repeated runs are compared with; default no-migration, where it is absent the first policy",
    )
    .option(
      "--workers <n>",
      "worker threads of repeated runs",
      wholeNumber({ min: 1, max: 1024 }),
      availableParallelism(),
    )
    .addHelpText(
      "after",
      "\nExample:\n  $ schedlab compare google2011:DIR --policy no-migration,threshold --out results" +
        "\n  $ schedlab compare synthetic --seeds 10",
    )
    .action(
      async (argument: string | undefined, options: SimulationCommandOptions & ReplicateCommandOptions) => {
        const repeated = isRepeated(options);
        if (options.out !== undefined) await checkOutFolder(options.out, "compare");
        if (repeated) {
          await compareRepeatedly(argument, options, { stdout, stderr });
          return;
        }
        const { policy, seed, sharing, migration } = options;
        const chosen = await Promise.all(policy.map(loadPolicy));
        const settings = dealSettings(options.set, chosen);
        const { workload } = await loadNamed(argument, options, stderr);
        const runs = await withProgress(stderr, (onProgress) =>
          Promise.resolve(compare(workload, chosen, { ...settings, seed, sharing, migration, onProgress })),
        );
        stderr.write(describeUnreachedMarks(runs));
        if (options.out !== undefined) {
          await markOutFolder(options.out, "compare");
          await writeRuns(options.out, workload, runs);
        }
        if (options.json === true) {
          const summary = runs.map((run) => run.summary);
          stdout.write(`${JSON.stringify({ summary, manifest: manifestOf(runs) }, null, 2)}\n`);
          return;
        }
        stdout.write(textTable(runs.map(({ summary }) => pick(summary))));
        stdout.write(`\n${basisOf(workload)}`);
        stdout.write(nameBounds(runs));
        if (options.out !== undefined) stdout.write(`tables and manifests: ${options.out}\n`);
      },
    );
}

/** One manifest for all: they differ in the policy alone. */
function manifestOf(runs: readonly Run[]): object {
  const { policy: _, ...shared } = runs[0].manifest;
  return { ...shared, policies: runs.map(({ manifest }) => manifest.policy) };
}

function pick(summary: Run["summary"]): Record<string, string | number> {
  const row: Record<string, string | number> = { policy: summary.policy };
  for (const column of PRINTED) row[column] = summary[column];
  return row;
}

function names(text: string): string[] {
  return text === "all" ? POLICIES.map(({ name }) => name) : text.split(",").map((name) => name.trim());
}
