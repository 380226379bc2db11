/** The loop: arrivals, demotions and completions, in order of time. */
import { isBackground } from "../flows.js";
import { fillMarked } from "./fill.js";
import { serveByRemaining } from "./remaining.js";
import { bringUpToDate, delist, enlist, markFlow, nextEvent, type FluidState } from "./state.js";
import { earliest, removeTimer, setTimer } from "./timers.js";

/**
 * Simulates up to the time `until`, or to the moment at which `finished` flows (background flows not counted)
 * have ended since the beginning, whichever is first. All events of one time happen before rates are computed
 * again. Events at the time `until` itself do not happen yet.
 */
export function advance(state: FluidState, until: number, finished = Infinity): void {
  const { timers, flows } = state;
  const n = flows.arrival.length;
  while (state.finishedCount < finished) {
    const arrival = state.arriving < n ? flows.arrival[state.arriving] : Infinity;
    const time = Math.min(arrival, earliest(timers));
    if (!(time < until)) {
      if (until < Infinity) state.now = until;
      return;
    }
    state.now = time;
    while (timers.size > 0 && timers.time[timers.flow[0]] <= time) reachGoal(state, timers.flow[0]);
    while (state.arriving < n && flows.arrival[state.arriving] <= time) arrive(state, state.arriving++);
    computeRates(state);
  }
}

/**
 * Changes the thresholds from now on: flows that have sent more than the threshold of their queue move down,
 * flows that have sent less than that of the queue before move up.
 */
export function changeThresholds(state: FluidState, thresholds: ArrayLike<number>): void {
  state.thresholds.set(thresholds);
  const { timers, filling } = state;
  const active = timers.size;
  // A copy, because new times move flows inside the heap.
  filling.flows.set(timers.flow.subarray(0, active));
  for (let i = 0; i < active; i++) {
    const f = filling.flows[i];
    if (staysLast(state, f)) continue;
    bringUpToDate(state, f);
    enter(state, f, queueOf(state, state.sent[f]));
    setTimer(timers, f, nextEvent(state, f));
  }
  computeRates(state);
}

function computeRates(state: FluidState): void {
  if (state.byRemaining) serveByRemaining(state);
  else fillMarked(state);
}

function arrive(state: FluidState, f: number): void {
  state.events++;
  state.since[f] = state.now;
  const queue = staysLast(state, f) ? state.queues - 1 : 0;
  enlist(state, f, queue);
  markFlow(state, f);
  state.goal[f] = goalIn(state, f, queue);
  setTimer(state.timers, f, Infinity);
}

/** The flow has sent as much as its queue allows, or all of its bytes. */
function reachGoal(state: FluidState, f: number): void {
  state.events++;
  state.sent[f] = state.goal[f];
  state.since[f] = state.now;
  if (state.goal[f] < state.flows.bytes[f]) {
    enter(state, f, queueOf(state, state.sent[f]));
    setTimer(state.timers, f, nextEvent(state, f));
    return;
  }
  markFlow(state, f);
  delist(state, f);
  removeTimer(state.timers, f);
  state.completed[f] = state.now;
  if (!isBackground(state.flows, f)) state.finished[state.finishedCount++] = f;
}

/** Moves a flow to a queue, where it has the rate that it had until rates are computed again. */
function enter(state: FluidState, f: number, queue: number): void {
  if (queue !== state.queue[f]) {
    markFlow(state, f);
    delist(state, f);
    enlist(state, f, queue);
    markFlow(state, f);
  }
  state.goal[f] = goalIn(state, f, queue);
}

function staysLast(state: FluidState, f: number): boolean {
  return state.backgroundLast && isBackground(state.flows, f);
}

/** Returns the queue of a flow that has sent this many bytes. */
function queueOf({ thresholds }: FluidState, sent: number): number {
  let queue = 0;
  while (queue < thresholds.length && sent >= thresholds[queue]) queue++;
  return queue;
}

function goalIn({ flows, thresholds }: FluidState, f: number, queue: number): number {
  return queue < thresholds.length ? Math.min(flows.bytes[f], thresholds[queue]) : flows.bytes[f];
}
