import { availableParallelism } from "node:os";
import { Option, type Command } from "commander";
import type { CompareOptions } from "../compare.js";
import { commaSeparated } from "../experiment-options.js";
import { wholeNumber } from "../numbers.js";
import { addSimulationOptions } from "../simulation-options.js";
import type { Streams } from "../streams.js";

/** `schedlab compare TRACE --policy a,b,c`: several policies on one trace, one row each. */
export function addCompare(program: Command, streams: Streams): void {
  addSimulationOptions(
    program.command("compare").description("replay a trace under several policies, one row each"),
  )
    .option(
      "--policy <names>",
      "the policies, separated by commas: names, or paths of modules (./drain.mjs); `all`; " +
        "default: one or more of each family",
      commaSeparated,
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
    .addOption(
      new Option("--sort <metric>", "sort the rows by this metric, the best first; default: gini").conflicts(
        "json",
      ),
    )
    .addOption(
      new Option(
        "--columns <metrics>",
        "the columns, separated by commas; `schedlab simulate` prints all metrics with their meaning",
      )
        .argParser(commaSeparated)
        .conflicts(["allColumns", "json"]),
    )
    .addOption(new Option("--all-columns", "a column for every metric").conflicts("json"))
    .addOption(new Option("--csv", "print CSV, values in full").conflicts(["json", "markdown"]))
    .addOption(new Option("--markdown", "print a table in Markdown").conflicts(["json", "csv"]))
    .addHelpText(
      "after",
      "\nThe table has ten metrics in their units; it becomes two in a narrow terminal.\n" +
        "JSON has all metrics.\n" +
        "\nExample:\n  $ schedlab compare google2011:DIR --policy random,ward --out results" +
        "\n  $ schedlab compare synthetic --seeds 10" +
        "\n  $ schedlab compare synthetic --columns gini,giniP95,lcTail --sort lcTail --csv",
    )
    .action(async (argument: string | undefined, options: CompareOptions) => {
      const { compare } = await import("../compare.js");
      await compare(argument, options, streams);
    });
}
