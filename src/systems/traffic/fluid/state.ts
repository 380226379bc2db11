/** The state of a fluid simulation of flows: columns by flow, by link, and by queue and link. */
import type { Flows } from "../flows.js";
import type { Network } from "../network.js";
import { createTimers, type Timers } from "./timers.js";

/**
 * The flows that are on the network. Uplinks are links 0 to servers - 1, downlinks follow. Queue 0 is served
 * first. The progress of a flow is noted only where its rate changes: `sent` bytes at the time `since`. So a
 * flow's times do not depend, to the last digit, on flows that leave its rate as it is.
 */
export interface FluidState {
  readonly flows: Flows;
  readonly servers: number;
  readonly links: number;
  readonly queues: number;
  /** Whether flows are served by their remaining bytes instead of by queues. */
  readonly byRemaining: boolean;
  /** Whether background flows stay in the last queue, which no other flow enters. */
  readonly backgroundLast: boolean;
  /** Bytes at which a flow leaves queue k for the next one. */
  readonly thresholds: Float64Array;
  now: number;
  /** The next flow to arrive. */
  arriving: number;
  /** Arrivals, demotions and completions so far. */
  events: number;
  readonly queue: Int16Array;
  readonly sent: Float64Array;
  readonly since: Float64Array;
  readonly rate: Float64Array;
  /** Bytes at which the flow's next event is: its size, or the threshold of its queue. */
  readonly goal: Float64Array;
  /** Time of completion; NaN until then. */
  readonly completed: Float64Array;
  /** Flows in order of completion, background flows left out. */
  readonly finished: Int32Array;
  finishedCount: number;
  /** Times of the flows' next events. */
  readonly timers: Timers;
  /** Lists of the flows of a queue and link: place queue * links + link; in `next`, place 2 * flow + side. */
  readonly head: Int32Array;
  readonly count: Int32Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  /** Bytes a second that the queues before leave to a queue on a link. */
  readonly left: Float64Array;
  /** Links whose flows or capacity changed, by queue: a stack for each. */
  readonly dirty: Uint8Array;
  readonly dirtyLinks: Int32Array;
  readonly dirtyCount: Int32Array;
  readonly filling: Filling;
}

/** What filling needs for the links and flows that hang together. */
export interface Filling {
  stamp: number;
  readonly linkStamp: Int32Array;
  readonly flowStamp: Int32Array;
  readonly links: Int32Array;
  linkCount: number;
  readonly flows: Int32Array;
  flowCount: number;
  /** Arrivals that are in the order by remaining bytes, or have left it. */
  ordered: number;
  /** By link: bytes a second and flows that are not yet assigned. */
  readonly open: Float64Array;
  readonly waiting: Int32Array;
  /** Heap of links by the share that each would give its waiting flows. */
  readonly heap: Int32Array;
  readonly share: Float64Array;
  /** By flow. */
  readonly rate: Float64Array;
}

export interface StateOptions {
  readonly thresholds: ArrayLike<number>;
  readonly byRemaining: boolean;
  readonly backgroundLast: boolean;
}

/** Returns the state before the first arrival. */
export function createState(
  flows: Flows,
  { servers, up, down }: Network,
  { thresholds, byRemaining, backgroundLast }: StateOptions,
): FluidState {
  const n = flows.arrival.length;
  const links = 2 * servers;
  const queues = thresholds.length + (backgroundLast ? 2 : 1);
  const left = new Float64Array(queues * links);
  for (let queue = 0; queue < queues; queue++) {
    left.set(up, queue * links);
    left.set(down, queue * links + servers);
  }
  // Without `...`: a copy of properties gives states other hidden classes, for which code is compiled again.
  return {
    flows,
    servers,
    links,
    queues,
    byRemaining,
    backgroundLast,
    thresholds: Float64Array.from(thresholds),
    now: 0,
    arriving: 0,
    events: 0,
    queue: new Int16Array(n),
    sent: new Float64Array(n),
    since: new Float64Array(n),
    rate: new Float64Array(n),
    goal: new Float64Array(n),
    completed: new Float64Array(n).fill(NaN),
    finished: new Int32Array(n),
    finishedCount: 0,
    timers: createTimers(n),
    head: new Int32Array(queues * links).fill(-1),
    count: new Int32Array(queues * links),
    next: new Int32Array(2 * n),
    previous: new Int32Array(2 * n),
    left,
    dirty: new Uint8Array(queues * links),
    dirtyLinks: new Int32Array(queues * links),
    dirtyCount: new Int32Array(queues),
    filling: {
      stamp: 0,
      linkStamp: new Int32Array(links),
      flowStamp: new Int32Array(n),
      links: new Int32Array(links),
      linkCount: 0,
      flows: new Int32Array(n),
      flowCount: 0,
      ordered: 0,
      open: new Float64Array(links),
      waiting: new Int32Array(links),
      heap: new Int32Array(links),
      share: new Float64Array(links),
      rate: new Float64Array(n),
    },
  };
}

/** Puts a flow at the head of its two lists. */
export function enlist(state: FluidState, f: number, queue: number): void {
  state.queue[f] = queue;
  enlistAt(state, f, 0, queue * state.links + state.flows.source[f]);
  enlistAt(state, f, 1, queue * state.links + state.servers + state.flows.target[f]);
}

function enlistAt({ head, count, next, previous }: FluidState, f: number, side: number, list: number): void {
  const first = head[list];
  next[2 * f + side] = first;
  previous[2 * f + side] = -1;
  if (first >= 0) previous[2 * first + side] = f;
  head[list] = f;
  count[list]++;
}

/** Takes a flow out of its two lists. */
export function delist(state: FluidState, f: number): void {
  const lists = state.queue[f] * state.links;
  delistAt(state, f, 0, lists + state.flows.source[f]);
  delistAt(state, f, 1, lists + state.servers + state.flows.target[f]);
}

function delistAt({ head, count, next, previous }: FluidState, f: number, side: number, list: number): void {
  const after = next[2 * f + side];
  const before = previous[2 * f + side];
  if (before >= 0) next[2 * before + side] = after;
  else head[list] = after;
  if (after >= 0) previous[2 * after + side] = before;
  count[list]--;
}

/** Notes that the rates of this queue's flows on both links of flow f have to be computed again. */
export function markFlow(state: FluidState, f: number): void {
  markLink(state, state.queue[f], state.flows.source[f]);
  markLink(state, state.queue[f], state.servers + state.flows.target[f]);
}

/** Notes that the rates of this queue's flows on a link have to be computed again. */
export function markLink(
  { links, dirty, dirtyLinks, dirtyCount }: FluidState,
  queue: number,
  link: number,
): void {
  const place = queue * links + link;
  if (dirty[place] === 1) return;
  dirty[place] = 1;
  dirtyLinks[queue * links + dirtyCount[queue]++] = link;
}

/** Changes a flow's rate from now on. */
export function changeRate(state: FluidState, f: number, rate: number): void {
  bringUpToDate(state, f);
  state.rate[f] = rate;
}

/** Notes the bytes that a flow has sent until now. */
export function bringUpToDate({ sent, since, rate, goal, now }: FluidState, f: number): void {
  // Rounding must not carry a flow beyond its next event.
  sent[f] = Math.min(goal[f], sent[f] + rate[f] * (now - since[f]));
  since[f] = now;
}

/** Returns the time of a flow's next event if its rate stays as it is. */
export function nextEvent({ sent, since, rate, goal }: FluidState, f: number): number {
  return rate[f] > 0 ? since[f] + (goal[f] - sent[f]) / rate[f] : Infinity;
}
