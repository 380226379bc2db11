/**
 * Rates of flows: strict priorities, and inside each queue max-min fairness by progressive filling (Bertsekas
 * and Gallager, Data Networks, 1992, 6.5.2), over lists of the flows of each link.
 */
import { changeRate, markLink, nextEvent, type FluidState, type Filling } from "./state.js";
import { setTimer } from "./timers.js";

/** Shares of a link below this are rounding errors of the subtraction, and count as nothing. */
const NOTHING = 1e-12;

/**
 * Computes the rates of all flows that hang together with a marked link, queue by queue. A lower queue is
 * reached only where the capacity that is left to it has changed.
 */
export function fillMarked(state: FluidState): void {
  const { links, queues, dirty, dirtyLinks, dirtyCount } = state;
  for (let queue = 0; queue < queues; queue++) {
    const marked = dirtyCount[queue];
    if (marked === 0) continue;
    dirtyCount[queue] = 0;
    const { filling } = state;
    filling.stamp++;
    filling.linkCount = 0;
    filling.flowCount = 0;
    for (let i = 0; i < marked; i++) {
      const link = dirtyLinks[queue * links + i];
      dirty[queue * links + link] = 0;
      reach(filling, link);
    }
    gather(state, queue);
    fill(state, queue);
    passOn(state, queue);
  }
}

function reach(filling: Filling, link: number): void {
  if (filling.linkStamp[link] === filling.stamp) return;
  filling.linkStamp[link] = filling.stamp;
  filling.links[filling.linkCount++] = link;
}

/** Follows flows from link to link, until all are found that share a link directly or indirectly. */
function gather(state: FluidState, queue: number): void {
  const { filling, head, next, servers, flows } = state;
  const { stamp, flowStamp } = filling;
  for (let i = 0; i < filling.linkCount; i++) {
    const link = filling.links[i];
    const side = link < servers ? 0 : 1;
    for (let f = head[queue * state.links + link]; f >= 0; f = next[2 * f + side]) {
      if (flowStamp[f] === stamp) continue;
      flowStamp[f] = stamp;
      filling.flows[filling.flowCount++] = f;
      reach(filling, side === 0 ? servers + flows.target[f] : flows.source[f]);
    }
  }
}

/** Gives all gathered flows a rate, the most contended link first. */
function fill(state: FluidState, queue: number): void {
  const { filling, left, count, links, head, next, servers, flows } = state;
  const { open, waiting, share, heap, rate, flowStamp } = filling;
  let size = 0;
  for (let i = 0; i < filling.linkCount; i++) {
    const link = filling.links[i];
    open[link] = left[queue * links + link];
    waiting[link] = count[queue * links + link];
    if (waiting[link] === 0) continue;
    share[link] = open[link] / waiting[link];
    heap[size++] = link;
  }
  for (let at = (size >> 1) - 1; at >= 0; at--) sift(filling, at, size);
  const done = -filling.stamp;
  while (size > 0) {
    const link = heap[0];
    if (waiting[link] > 0) {
      const now = open[link] / waiting[link];
      // Shares only grow while flows of other links get less, so an old share is a lower limit.
      if (now > share[link]) {
        share[link] = now;
        sift(filling, 0, size);
        continue;
      }
      const side = link < servers ? 0 : 1;
      for (let f = head[queue * links + link]; f >= 0; f = next[2 * f + side]) {
        if (flowStamp[f] === done) continue;
        flowStamp[f] = done;
        rate[f] = now;
        const other = side === 0 ? servers + flows.target[f] : flows.source[f];
        open[other] = Math.max(0, open[other] - now);
        waiting[other]--;
      }
      open[link] = 0;
    }
    heap[0] = heap[--size];
    sift(filling, 0, size);
  }
}

function sift({ heap, share }: Filling, from: number, size: number): void {
  const link = heap[from];
  let at = from;
  for (let child = 2 * at + 1; child < size; child = 2 * at + 1) {
    const right = child + 1;
    if (right < size && isLess(share, heap[right], heap[child])) child = right;
    if (!isLess(share, heap[child], link)) break;
    heap[at] = heap[child];
    at = child;
  }
  if (size > 0) heap[at] = link;
}

function isLess(share: Float64Array, a: number, b: number): boolean {
  return share[a] < share[b] || (share[a] === share[b] && a < b);
}

/** Changes the rates that are new, and tells the next queue what is left to it. */
function passOn(state: FluidState, queue: number): void {
  const { filling, rate, timers, left, links, queues } = state;
  for (let i = 0; i < filling.flowCount; i++) {
    const f = filling.flows[i];
    if (filling.rate[f] === rate[f]) continue;
    changeRate(state, f, filling.rate[f]);
    setTimer(timers, f, nextEvent(state, f));
  }
  if (queue + 1 === queues) return;
  for (let i = 0; i < filling.linkCount; i++) {
    const link = filling.links[i];
    const capacity = left[link];
    const rest = filling.open[link] > NOTHING * capacity ? filling.open[link] : 0;
    if (left[(queue + 1) * links + link] === rest) continue;
    left[(queue + 1) * links + link] = rest;
    markLink(state, queue + 1, link);
  }
}
