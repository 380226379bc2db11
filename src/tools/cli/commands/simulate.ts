import { Option, type Command } from "commander";
import { SCENARIO } from "../../../systems/cloudsim-planetlab/names.js";
import type { SimulateOptions } from "../simulate.js";
import { addSimulationOptions } from "../simulation-options.js";
import type { Streams } from "../streams.js";

/**
 * `schedlab simulate TRACE --policy NAME`: one policy on one trace, in our model or in a separate scenario.
 */
export function addSimulate(program: Command, streams: Streams): void {
  addSimulationOptions(program.command("simulate").description("replay a trace under one policy"))
    .requiredOption(
      "--policy <name>",
      "the policy; `schedlab policies` lists them; or the path of a module (./drain.mjs)",
    )
    .addOption(
      new Option("--scenario <name>", "use the model of this scenario instead of the default one").choices([
        SCENARIO,
      ]),
    )
    .option("--mode <mode>", "mode of the scenario: clean, or cloudsim-3.0.3 with its peculiarities", "clean")
    .addHelpText(
      "after",
      "\nExample:\n  $ schedlab simulate synthetic --policy threshold --set hot=0.9 --json",
    )
    .action(async (argument: string | undefined, options: SimulateOptions) => {
      const { simulate } = await import("../simulate.js");
      await simulate(argument, options, streams);
    });
}
