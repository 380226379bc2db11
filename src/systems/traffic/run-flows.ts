/** Runs flows over a network: when does each of them complete? */
import { InputError } from "../../base/errors.js";
import { checkKeys, number, oneOf, optional, type Checks } from "../../base/checks.js";
import { ascending } from "./check.js";
import { advance, changeThresholds } from "./fluid/advance.js";
import { createState } from "./fluid/state.js";
import { checkFlows, type Flows } from "./flows.js";
import type { Network } from "./network.js";

/** New thresholds from a time on, in seconds; as many as there were before. */
export interface ThresholdChange {
  readonly time: number;
  readonly thresholds: ArrayLike<number>;
}

export interface RunFlowsOptions {
  /**
   * Bytes sent at which a flow leaves a queue for the next one, ascending: K - 1 of them for K queues.
   * Default: none, so that all flows share links fairly.
   */
  readonly thresholds?: ArrayLike<number>;
  /** In order of time. */
  readonly changes?: readonly ThresholdChange[];
  /**
   * Whether background flows go through the queues as the others do, or are tagged with a priority below all
   * queues. Default "as-others".
   */
  readonly background?: Background;
  /** "tags": by queues; "remaining": the flow with the fewest remaining bytes first. Default "tags". */
  readonly order?: "tags" | "remaining";
  /** Stop at this time, in seconds. Default: when all flows have completed. */
  readonly until?: number;
}

export type Background = "as-others" | "lowest";

export const BACKGROUND = oneOf(["as-others", "lowest"] satisfies Background[]);

const OPTIONS: Checks<RunFlowsOptions> = {
  thresholds: optional(ascending()),
  changes: optional((value) => (Array.isArray(value) ? undefined : "give a list of time and thresholds")),
  background: optional(BACKGROUND),
  order: optional(oneOf(["tags", "remaining"])),
  until: optional(number()),
};

/** A finished simulation of flows, in the rows of the flows. */
export interface FlowRun {
  readonly flows: Flows;
  readonly network: Network;
  /** Seconds from arrival to completion; NaN for a flow that has not completed. */
  readonly completionTime: Float64Array;
  /** Arrivals, demotions and completions. */
  readonly events: number;
}

/**
 * Returns the completion time of every flow, where flows are fluids: strict priorities between queues and
 * max-min fairness inside each queue, on every server's uplink and downlink. Packets, windows and latencies
 * are not modelled. Throws InputError for flows that the network cannot carry, for thresholds that do not
 * ascend, and for changes that are not in order of time.
 */
export function runFlows(flows: Flows, network: Network, options: RunFlowsOptions = {}): FlowRun {
  checkKeys("runFlows", options, OPTIONS);
  const { thresholds = [], changes = [], background = "as-others", order = "tags" } = options;
  const { until = Infinity } = options;
  checkFlows(flows, network);
  checkChanges(changes, thresholds.length);
  const byRemaining = order === "remaining";
  if (byRemaining && (thresholds.length > 0 || background === "lowest"))
    throw new InputError('order "remaining" knows no queues: leave thresholds and background out');
  const state = createState(flows, network, {
    thresholds,
    byRemaining,
    backgroundLast: background === "lowest",
  });
  for (const change of changes) {
    if (change.time >= until) break;
    advance(state, change.time);
    changeThresholds(state, change.thresholds);
  }
  advance(state, until);
  return {
    flows,
    network,
    completionTime: state.completed.map((completed, f) => completed - flows.arrival[f]),
    events: state.events,
  };
}

function checkChanges(changes: readonly ThresholdChange[], count: number): void {
  changes.forEach((change, i) => {
    const after = i === 0 ? {} : { min: changes[i - 1].time };
    checkKeys(`change ${i} of runFlows`, change, { time: number(after), thresholds: ascending(count) });
  });
}
