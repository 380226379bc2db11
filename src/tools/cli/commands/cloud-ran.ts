import { InvalidArgumentError, Option, type Command } from "commander";
import { parseDecimal } from "../../../base/decimal.js";
import type { CloudRanOptions } from "../cloud-ran.js";
import { decimalNumber, wholeNumber } from "../numbers.js";
import { collectSetting } from "../set-options.js";
import type { Streams } from "../streams.js";

/** `schedlab cloud-ran [LOADS]`: which subframes of some cells meet their deadline under several rules. */
export function addCloudRan(program: Command, streams: Streams): void {
  program
    .command("cloud-ran")
    .description(
      "process the subframes of cells on cores under one or more rules (our reading of the thesis)",
    )
    .argument("[loads]", "FILE with a load for each slot: a column for each cell, or fewer, taken in turn")
    .option("--policy <names>", "one or more, separated by commas", "partitioned,global,rt-opex,join-idle")
    .option("--cells <n>", "number of cells (default: the columns of FILE, or 4)", wholeNumber({ min: 1 }))
    .option("--antennas <n>", "antennas of each cell", wholeNumber({ min: 1 }), 2)
    .option("--cores <n,...>", "number of cores, or several numbers (default: 2 for each cell)", numbers)
    .addOption(
      new Option("--rtt <us,...>", "round trip between antenna and pool, or several")
        .argParser(numbers)
        .default([800], "800"),
    )
    .option(
      "--slots <n>",
      "subframes of each cell (default: the loads of FILE, or 10000)",
      wholeNumber({ min: 1 }),
    )
    .option(
      "--mean <share>",
      "without FILE: mean of exponential loads, as a share of the peak (default: 0.25)",
      decimalNumber({ min: 0.001 }),
    )
    .addOption(
      new Option("--iterations <share,...>", "probabilities of 1, 2, 3, ... decoding iterations")
        .argParser(numbers)
        .default([0.5, 0.3, 0.2], "0.5,0.3,0.2"),
    )
    .addOption(
      new Option("--set <key=value>", "set a parameter of the model or of a rule, such as slot=500")
        .argParser(collectSetting)
        .default([], "none"),
    )
    .option("--seed <n>", "seed of all random draws", wholeNumber(), 1)
    .option("--rules", "print the rules with their sources and parameters, and the parameters of the model")
    .addOption(new Option("--json", "print JSON").conflicts("csv"))
    .option("--csv", "print CSV")
    .addHelpText(
      "after",
      "\nA load becomes a modulation and coding scheme: floor(27 load / greatest load of the column).\n" +
        "Assumed, and what the shares depend on: the loads without FILE, and the decoding iterations,\n" +
        "which no file of loads has. `--rules` says where the other numbers are from.\n" +
        "The deadline is LTE's. 5G has none of its own: give it, with the length of a slot\n" +
        "(`--set slot=500 --set budget=1000`).\n\n" +
        "Example:\n  $ schedlab cloud-ran --cells 4 --cores 8 --rtt 700,800,900",
    )
    .action(async (loads: string | undefined, options: CloudRanOptions) => {
      const { printCloudRan } = await import("../cloud-ran.js");
      await printCloudRan(loads, options, streams);
    });
}

function numbers(text: string): number[] {
  return text.split(",").map((one) => {
    const value = parseDecimal(one);
    if (value !== undefined && value >= 0) return value;
    throw new InvalidArgumentError("Give numbers of at least 0, separated by commas.");
  });
}
