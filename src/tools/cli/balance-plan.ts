import { InputError } from "../../base/errors.js";
import { processTarget } from "../balance/affinity.js";
import { groupTarget } from "../balance/group.js";
import { readRecording, type RecordedSample } from "../balance/recording.js";
import { readProcStat } from "../balance/samples.js";
import type { Target } from "../balance/target.js";
import { parseNodes, readNodes, type Node } from "../balance/topology.js";
import { DECIDERS, type DeciderName } from "../../systems/giantvm/decide/index.js";
import { asShare, resolveParameters } from "../../base/parameters.js";
import type { Setting } from "../../study/deal-settings.js";

/** The options of `schedlab balance`. */
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
