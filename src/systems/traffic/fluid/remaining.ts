/** Rates of flows that are served by their remaining bytes: the flow with the fewest first. */
import { bringUpToDate, changeRate, nextEvent, type FluidState } from "./state.js";
import { setTimer } from "./timers.js";

/**
 * Gives each flow, from the fewest remaining bytes to the most, all that is left on its two links. The order
 * is computed at arrivals and completions; with equal links it need not be in between, because a flow that
 * overtakes another one is served already.
 */
export function serveByRemaining(state: FluidState): void {
  const { timers, filling, left, flows, servers, links, dirtyCount, dirty } = state;
  dirtyCount[0] = 0;
  dirty.fill(0);
  for (let link = 0; link < links; link++) filling.open[link] = left[link];
  const ordered = orderByRemaining(state);
  for (let i = 0; i < ordered; i++) {
    const f = filling.flows[i];
    const up = flows.source[f];
    const down = servers + flows.target[f];
    const rate = Math.min(filling.open[up], filling.open[down]);
    filling.open[up] -= rate;
    filling.open[down] -= rate;
    if (rate === state.rate[f]) continue;
    changeRate(state, f, rate);
    setTimer(timers, f, nextEvent(state, f));
  }
}

/**
 * Writes the active flows into `filling.flows` by (remaining bytes, flow), and returns their number. The
 * order of the last time is nearly right, so few flows move far: only those that have arrived since.
 */
function orderByRemaining(state: FluidState): number {
  const { timers, filling, flows, sent, arriving } = state;
  const { flows: order, rate: remaining, ordered, flowCount: before } = filling;
  let count = 0;
  for (let i = 0; i < before + arriving - ordered; i++) {
    const f = i < before ? order[i] : ordered + i - before;
    const hasEnded = timers.place[f] < 0;
    if (hasEnded) continue;
    bringUpToDate(state, f);
    remaining[f] = flows.bytes[f] - sent[f];
    let at = count++;
    for (; at > 0; at--) {
      const other = order[at - 1];
      if (remaining[other] < remaining[f] || (remaining[other] === remaining[f] && other < f)) break;
      order[at] = other;
    }
    order[at] = f;
  }
  filling.flowCount = count;
  filling.ordered = arriving;
  return count;
}
