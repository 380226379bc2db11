import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { LINE_UP, POLICIES } from "../../policies/index.js";
import type { Manifest } from "../../simulate/manifest.js";
import { COMPARED } from "../../simulate/metrics/catalogue.js";
import { basisOf, nameBounds } from "./basis.js";
import { compareRepeatedly, isRepeated, type ReplicateCommandOptions } from "./compare-replicates.js";
import { commaSeparated } from "./experiment-options.js";
import { wholeNumber } from "./numbers.js";
import { checkOutFolder } from "../../base/out-folder.js";
import { runOnce } from "./run-once.js";
import { addSimulationOptions, type SimulationCommandOptions } from "./simulation-options.js";
import type { Streams } from "./streams.js";
import { textTable } from "./text-table.js";

/** `schedlab compare TRACE --policy a,b,c`: several policies on one trace, one row each. */
export function addCompare(program: Command, { stdout, stderr }: Streams): void {
  addSimulationOptions(
    program.command("compare").description("replay a trace under several policies, one row each"),
  )
    .option<readonly string[]>(
      "--policy <names>",
      "the policies, separated by commas: names, or paths of modules (./drain.mjs); `all`; " +
        "default: one or more of each family",
      names,
      LINE_UP,
    )
    .option(
      "--seeds <n>",
      "repeat with this many seeds, beginning at --seed: with intervals",
      wholeNumber({ min: 1 }),
    )
    .option(
      "--windows <n>",
      "repeat over this many windows of the trace: with intervals",
      wholeNumber({ min: 1 }),
    )
    .option(
      "--window-steps <n>",
      "steps of a window; default: all steps divided by --windows",
      wholeNumber({ min: 1 }),
    )
    .option(
      "--baseline <policy>",
      "baseline of repeated runs; default: no-migration, or the first policy where that is absent",
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
        if (options.out !== undefined) await checkOutFolder(options.out, "compare");
        if (isRepeated(options)) await compareRepeatedly(argument, options, { stdout, stderr });
        else await compareOnce(argument, options, { stdout, stderr });
      },
    );
}

async function compareOnce(
  argument: string | undefined,
  options: SimulationCommandOptions & ReplicateCommandOptions,
  { stdout, stderr }: Streams,
): Promise<void> {
  const { policy: policies, out } = options;
  const { runs, workload } = await runOnce("compare", argument, { ...options, policies }, stderr);
  const summary = runs.map(({ scenario, result }) => ({ policy: scenario.policy.name, ...result.figures }));
  if (options.json === true) {
    stdout.write(`${JSON.stringify({ summary, manifest: manifestOf(runs) }, null, 2)}\n`);
    return;
  }
  stdout.write(textTable(summary.map(pick)));
  stdout.write(`\n${basisOf(workload)}${nameBounds(runs)}`);
  if (out !== undefined) stdout.write(`tables and manifests: ${out}\n`);
}

/** Returns one manifest for all runs, which differ only in the policy. */
function manifestOf(runs: readonly { readonly manifest: Manifest }[]): object {
  const { policy: _, ...shared } = runs[0].manifest;
  return { ...shared, policies: runs.map(({ manifest }) => manifest.policy) };
}

function pick(summary: Readonly<Record<string, string | number>>): Record<string, string | number> {
  return Object.fromEntries(["policy", ...COMPARED].map((name) => [name, summary[name]]));
}

function names(text: string): string[] {
  return text === "all" ? POLICIES.map(({ name }) => name) : commaSeparated(text);
}
