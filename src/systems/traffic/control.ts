/** The central system: it looks at the flows that finished, and sends new thresholds to the servers. */
import { checkValue } from "../../base/checks.js";
import { ascending } from "./check.js";
import { advance, changeThresholds } from "./fluid/advance.js";
import { createState, type FluidState } from "./fluid/state.js";
import { checkFlows, type Flows } from "./flows.js";
import type { Network } from "./network.js";
import type { Background, FlowRun } from "./run-flows.js";

/** What the servers report of the flows that finished since the last decision, background flows left out. */
export interface Interval {
  /** Seconds. */
  readonly from: number;
  readonly to: number;
  /** Bytes of each flow, in order of completion. */
  readonly bytes: Float64Array;
  /** Completion time over that of a flow alone on its links, of each flow. */
  readonly slowdown: Float64Array;
  /** Bytes of these flows over what the uplinks of all sending servers could carry; at most 1. */
  readonly utilization: number;
}

/** A simulation that stops at every decision. */
export interface ControlledFlows {
  readonly network: Network;
  readonly state: FluidState;
  /** Bytes a second of the uplinks of all servers that send anything. */
  readonly capacity: number;
  /** Finished flows and time at the last decision. */
  reported: number;
  since: number;
}

export interface ControlOptions {
  readonly thresholds: ArrayLike<number>;
  readonly background?: Background;
}

/** Returns a simulation before its first flow. Throws InputError for flows that the network cannot carry. */
export function startFlows(
  flows: Flows,
  network: Network,
  { thresholds, background = "as-others" }: ControlOptions,
): ControlledFlows {
  checkFlows(flows, network);
  const state = createState(flows, network, {
    thresholds,
    byRemaining: false,
    backgroundLast: background === "lowest",
  });
  const capacity = [...new Set(flows.source)].reduce((sum, server) => sum + network.up[server], 0);
  return { network, state, capacity, reported: 0, since: 0 };
}

/** Simulates until `count` more flows have finished; undefined if fewer are left. */
export function nextInterval(controlled: ControlledFlows, count: number): Interval | undefined {
  const { state, reported, since } = controlled;
  advance(state, Infinity, reported + count);
  const finished = state.finishedCount;
  if (finished < reported + count) return undefined;
  const ids = state.finished.subarray(reported, finished);
  controlled.reported = finished;
  controlled.since = state.now;
  const bytes = Float64Array.from(ids, (f) => state.flows.bytes[f]);
  const sum = bytes.reduce((total, size) => total + size, 0);
  return {
    from: since,
    to: state.now,
    bytes,
    slowdown: Float64Array.from(ids, (f) => slowdownOf(state.flows, controlled.network, state.completed, f)),
    utilization: Math.min(1, sum / (controlled.capacity * (state.now - since))),
  };
}

/**
 * Changes the thresholds from the time of the last completion on. Throws InputError for another number of
 * them than at the beginning, and for thresholds that do not ascend.
 */
export function decide({ state }: ControlledFlows, thresholds: ArrayLike<number>, owner: string): void {
  checkValue(`new thresholds of ${owner}`, thresholds, ascending(state.thresholds.length));
  changeThresholds(state, thresholds);
}

/** Simulates the rest, and returns the run. */
export function finishFlows({ state, network }: ControlledFlows): FlowRun {
  advance(state, Infinity);
  const { flows, completed, events } = state;
  return { flows, network, completionTime: completed.map((time, f) => time - flows.arrival[f]), events };
}

/** Returns each flow's completion time over that of a flow alone on its links; NaN if it never ends. */
export function slowdowns({ flows, network, completionTime }: FlowRun): Float64Array {
  return completionTime.map((time, f) => time / timeAlone(flows, network, f));
}

function slowdownOf(flows: Flows, network: Network, completed: Float64Array, f: number): number {
  return (completed[f] - flows.arrival[f]) / timeAlone(flows, network, f);
}

function timeAlone({ bytes, source, target }: Flows, { up, down }: Network, f: number): number {
  return bytes[f] / Math.min(up[source[f]], down[target[f]]);
}
