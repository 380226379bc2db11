import { Option, type Command } from "commander";
import { DECIDERS } from "../../../systems/giantvm/decide/index.js";
import { defaultJournalFolder } from "../../balance/journal.js";
import type { BalanceCommandOptions } from "../balance-plan.js";
import { decimalNumber, wholeNumber } from "../numbers.js";
import { parameterTable } from "../parameter-table.js";
import { collectSetting } from "../set-options.js";
import { widthOf, type Streams } from "../streams.js";

/** `schedlab balance`: moves best-effort work on this machine to the node with the least steal time. */
export function addBalance(program: Command, streams: Streams): void {
  addBalanceOptions(
    program
      .command("balance")
      .description("move best-effort work on this Linux machine to where less time is stolen"),
  )
    .addHelpText("after", () => parameterHelp(widthOf(streams.stdout)))
    .addHelpText(
      "after",
      "\nExample:\n  $ schedlab balance --group batch --nodes 0-3,4-7 --log decisions.jsonl",
    )
    .action(async (options: BalanceCommandOptions) => {
      const { balanceMachine } = await import("../balance.js");
      await balanceMachine(options, streams);
    });
}

function addBalanceOptions(command: Command): Command {
  return command
    .option(
      "--group <name>",
      "control group of best-effort work: a folder, or a name below the cpuset mount (repeatable)",
      collect,
    )
    .option("--pid <number>", "process of best-effort work, with all its threads (repeatable)", collectPid)
    .option(
      "--nodes <lists>",
      "CPUs of each node, such as 0-3,4-7 or 0-1+4-5,2-3+6-7 (default: the NUMA nodes)",
    )
    .addOption(
      new Option("--policy <name>", "the policy that decides")
        .choices(Object.keys(DECIDERS))
        .default("las-robust"),
    )
    .option(
      "--interval <seconds>",
      "time between two decisions",
      decimalNumber({ min: 0.05, max: 86_400 }),
      10,
    )
    .option(
      "--threshold <number>",
      "steal that triggers a move: las in ticks per interval (its threshold), las-robust as a share (its " +
        "hot)",
      decimalNumber({ min: 0 }),
    )
    .option("--set <key=value>", "set a parameter of the policy, see below (repeatable)", collectSetting, [])
    .option(
      "--duration <seconds>",
      "stop after this time (default: on Ctrl-C)",
      decimalNumber({ min: 0, max: 2e6 }),
    )
    .option("--memory", "also confine a group's memory to its node (cpuset.mems)")
    .option("--no-probe", "no probe on idle nodes (las-robust starts one where taskset and chrt are found)")
    .option("--dry-run", "print decisions, but move nothing")
    .option("--record <file>", "record all samples, for --replay")
    .option("--replay <file>", "decide on a recording instead of this machine's /proc/stat")
    .option("--log <file>", "write decisions as JSON lines, for readDecisions")
    .option(
      "--journal <folder>",
      "folder for the original state, to restore it after a crash",
      defaultJournalFolder(),
    )
    .option("--restore", "restore what a killed process left changed, and stop");
}

function parameterHelp(width: number): string {
  return Object.entries(DECIDERS)
    .map(([name, parameters]) => `\n${name} (--set KEY=VALUE):\n${parameterTable(parameters, width)}`)
    .join("");
}

function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

function collectPid(text: string, before: readonly number[] = []): number[] {
  return [...before, wholeNumber({ min: 1, max: 2 ** 22 })(text)];
}
