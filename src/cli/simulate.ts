import type { Command } from "commander";
import { compare } from "../simulate/compare.js";
import { SUMMARY_COLUMNS, type SummaryColumn } from "../simulate/summary.js";
import { basisOf } from "./basis.js";
import { loadNamed } from "./load.js";
import { withProgress } from "./progress-bar.js";
import { dealSettings } from "./set-options.js";
import { addSimulationOptions, type SimulationCommandOptions } from "./simulation-options.js";
import type { Streams } from "./streams.js";
import { textTable } from "./text-table.js";
import { writeRuns } from "./write-runs.js";

/** `schedlab simulate TRACE --policy NAME`: one policy on one trace. */
export function addSimulate(program: Command, { stdout, stderr }: Streams): void {
  addSimulationOptions(program.command("simulate").description("replay a trace under one policy"))
    .requiredOption("--policy <name>", "the policy; `schedlab policies` lists them")
    .addHelpText(
      "after",
      "\nExample:\n  $ schedlab simulate synthetic --policy threshold --set hot=0.9 --json",
    )
    .action(
      async (
        argument: string | undefined,
        options: SimulationCommandOptions & { readonly policy: string },
      ) => {
        const { policy, seed, sharing, migration } = options;
        // Names are checked before the trace is read: reading can take long.
        const settings = dealSettings(options.set, [policy]);
        const { workload, seconds } = await loadNamed(argument, options, stderr);
        const [run] = await withProgress(stderr, (onProgress) =>
          Promise.resolve(compare(workload, [policy], { ...settings, seed, sharing, migration, onProgress })),
        );
        if (options.out !== undefined) await writeRuns(options.out, workload, [run]);
        const { summary, manifest } = run;
        if (options.json === true) {
          const peakRssMb = process.resourceUsage().maxRSS / 1024;
          const timing = { loadSeconds: seconds, ...run.timing, peakRssMb };
          stdout.write(`${JSON.stringify({ summary, manifest, timing }, null, 2)}\n`);
          return;
        }
        const names = Object.keys(SUMMARY_COLUMNS) as SummaryColumn[];
        stdout.write(
          textTable(
            names.map((figure) => ({ figure, value: summary[figure], meaning: SUMMARY_COLUMNS[figure] })),
          ),
        );
        stdout.write(`\n${policy} on ${basisOf(workload)}`);
      },
    );
}
