import { Option, type Command } from "commander";
import { InputError } from "../../base/errors.js";
import { processTarget } from "../balance/affinity.js";
import { groupTarget } from "../balance/group.js";
import { defaultJournalFolder } from "../balance/journal.js";
import { readRecording, type RecordedSample } from "../balance/recording.js";
import { readProcStat } from "../balance/samples.js";
import type { Target } from "../balance/target.js";
import { parseNodes, readNodes, type Node } from "../balance/topology.js";
import { DECIDERS, type DeciderName } from "../../systems/giantvm/decide/index.js";
import { asShare, resolveParameters } from "../../base/parameters.js";
import type { Setting } from "../../study/deal-settings.js";
import { decimalNumber, wholeNumber } from "./numbers.js";
import { collectSetting } from "./set-options.js";

export interface BalanceCommandOptions {
  readonly group?: readonly string[];
  readonly pid?: readonly number[];
  readonly nodes?: string;
  readonly policy: DeciderName;
  readonly interval: number;
  readonly threshold?: number;
  readonly set: readonly Setting[];
  readonly duration?: number;
  readonly memory?: boolean;
  readonly probe: boolean;
  readonly dryRun?: boolean;
  readonly record?: string;
  readonly replay?: string;
  readonly log?: string;
  readonly journal: string;
  readonly restore?: boolean;
}

export function addBalanceOptions(command: Command): Command {
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

/** The checked options. */
export interface BalancePlan {
  readonly nodes: readonly Node[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly targets: readonly Target[];
  readonly recording: readonly RecordedSample[] | undefined;
}

/**
 * Checks the options and changes nothing. Throws InputError for invalid combinations and for missing
 * processes, groups or files.
 */
export function planBalance(options: BalanceCommandOptions): BalancePlan {
  const { policy, interval, threshold, record, replay, group = [], pid = [], memory } = options;
  if (record !== undefined && replay !== undefined)
    throw new InputError("invalid --record with --replay: there is nothing new to record");
  if (group.length + pid.length === 0 && replay === undefined)
    throw new InputError("no work to balance; give a control group with --group, or processes with --pid");
  if (policy === "las-robust" && threshold !== undefined && threshold > 1) {
    throw new InputError(
      `invalid --threshold of las-robust: ${threshold}; it is a share from 0 to 1: ${asShare(threshold)} ` +
        "(ticks are for --policy las)",
    );
  }
  const parameters = resolveParameters(policy, DECIDERS[policy], settingsOf(options));
  const recording = replay === undefined ? undefined : readRecording(replay, interval);
  if (recording === undefined) readProcStat();
  const nodes = options.nodes === undefined ? readNodes() : parseNodes(options.nodes);
  if (nodes.length < 2) {
    throw new InputError(
      "only one node, so no move is possible; give the CPUs of each node with --nodes, such as --nodes " +
        "0-3,4-7",
    );
  }
  const targets = [
    ...[...new Set(group)].map((name) => groupTarget(name, nodes, { memory })),
    ...[...new Set(pid)].map(processTarget),
  ];
  return { nodes, parameters, targets, recording };
}

function settingsOf({ policy, threshold, set }: BalanceCommandOptions): Record<string, number> {
  const given = Object.fromEntries(set.map(({ key, value }) => [key, value]));
  return threshold === undefined ? given : { ...given, [policy === "las" ? "threshold" : "hot"]: threshold };
}

function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

function collectPid(text: string, before: readonly number[] = []): number[] {
  return [...before, wholeNumber({ min: 1, max: 2 ** 22 })(text)];
}
