import { availableParallelism } from "node:os";
import { InvalidArgumentError, Option, type Command } from "commander";
import { parseDecimal } from "../../../base/decimal.js";
import { asShare } from "../../../base/parameters.js";
import type { CapacityOptions } from "../capacity.js";
import { commaSeparated } from "../experiment-options.js";
import { decimalNumber, wholeNumber } from "../numbers.js";
import { addSetOption } from "../set-options.js";
import { addModelOptions } from "../simulation-options.js";
import type { Streams } from "../streams.js";
import { addTraceOptions } from "../trace-options.js";

const POLICIES = ["no-migration", "threshold", "gini-greedy", "steal-time"];

const MEANING = `
For each policy and level, the command finds how much best-effort work the
cluster carries, as a multiple of the trace's own: the added violations of
latency-critical (LC) work must not exceed the level, and at most 5 % of the
best-effort work (or 1 % of the trace's) may remain undone. Added violations are
the larger of two increases over LC work alone: LC load above the tail SLO (a
queueing model), and LC task-steps short of CPU. The search is a bisection for
each seed; the table has means over seeds. \`limit\` says what ended the search:
violations, undone, or range (the largest factor was carried, so the true value
may be higher).

Two references are searched as well: no-co-location, with LC and best-effort
tasks on separate machines, and perfectly-even, with best-effort work as a fluid
that needs no requests, memory or migrations.

Example:
  $ schedlab capacity synthetic --machines 100 --seeds 5 --sharing fair`;

/**
 * `schedlab capacity TRACE`: how much best-effort work each policy carries before latency-critical work
 * suffers.
 */
export function addCapacity(program: Command, streams: Streams): void {
  const command = addModelOptions(
    addTraceOptions(
      program.command("capacity").description("find how much best-effort work each policy carries"),
    ),
  )
    .addOption(
      new Option("--policy <names>", "the policies, separated by commas: names, or paths of modules")
        .argParser(commaSeparated)
        .default(POLICIES, POLICIES.join(", ")),
    )
    .option(
      "--violations <shares>",
      "shares of LC work that may be violated, separated by commas",
      shares,
      [0.001, 0.01, 0.05],
    )
    .option(
      "--seeds <n>",
      "number of replicates, whose seeds begin at --seed",
      wholeNumber({ min: 1, max: 10_000 }),
      5,
    )
    .option("--max <factor>", "largest multiple of best-effort work to try", decimalNumber({ min: 0.01 }), 4)
    .option("--workers <n>", "worker threads", wholeNumber({ min: 1, max: 1024 }), availableParallelism())
    .option("--out <dir>", "folder for the chart and its table")
    .option("--json", "print one JSON object");
  addSetOption(command)
    .addHelpText("after", MEANING)
    .action(async (argument: string | undefined, options: CapacityOptions) => {
      const { capacity } = await import("../capacity.js");
      await capacity(argument, options, streams);
    });
}

function shares(text: string): number[] {
  return text.split(",").map((part) => {
    const value = parseDecimal(part.trim());
    if (value !== undefined && value > 0 && value < 1) return value;
    const remedy = value !== undefined && value >= 1 && value < 100 ? `: ${asShare(value)}` : "";
    throw new InvalidArgumentError(`Give shares above 0 and below 1, such as .001,.01,.05${remedy}.`);
  });
}
