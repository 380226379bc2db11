/** The times of next events, one for each active flow: a heap in which a time can be changed. */

/** A heap of flows by (time, flow). */
export interface Timers {
  size: number;
  readonly flow: Int32Array;
  /** By flow: its time and its place in the heap, -1 if it is not there. */
  readonly time: Float64Array;
  readonly place: Int32Array;
}

export function createTimers(flows: number): Timers {
  return {
    size: 0,
    flow: new Int32Array(flows),
    time: new Float64Array(flows),
    place: new Int32Array(flows).fill(-1),
  };
}

/** Returns the earliest time, Infinity if there is none. */
export function earliest({ size, flow, time }: Timers): number {
  return size === 0 ? Infinity : time[flow[0]];
}

/** Sets the time of a flow, which is put in if it is not there. */
export function setTimer(timers: Timers, f: number, time: number): void {
  const { place } = timers;
  if (place[f] < 0) place[f] = timers.size++;
  timers.time[f] = time;
  siftDown(timers, siftUp(timers, place[f], f), f);
}

/** Takes a flow out. */
export function removeTimer(timers: Timers, f: number): void {
  const { flow, place } = timers;
  const hole = place[f];
  place[f] = -1;
  const last = flow[--timers.size];
  if (last !== f) siftDown(timers, siftUp(timers, hole, last), last);
}

function siftUp({ flow, time, place }: Timers, from: number, f: number): number {
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = flow[parent];
    if (time[above] < time[f] || (time[above] === time[f] && above < f)) break;
    flow[at] = above;
    place[above] = at;
    at = parent;
  }
  return at;
}

function siftDown({ flow, time, place, size }: Timers, from: number, f: number): void {
  let at = from;
  for (let child = 2 * at + 1; child < size; child = 2 * at + 1) {
    const right = child + 1;
    if (right < size && isEarlier(time, flow[right], flow[child])) child = right;
    const below = flow[child];
    if (!isEarlier(time, below, f)) break;
    flow[at] = below;
    place[below] = at;
    at = child;
  }
  flow[at] = f;
  place[f] = at;
}

function isEarlier(time: Float64Array, a: number, b: number): boolean {
  return time[a] < time[b] || (time[a] === time[b] && a < b);
}
