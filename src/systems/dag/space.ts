/** The space that graphs are packed into: machines x time, and where in it a task fits first or last. */
import { SLACK } from "./machines.js";

/** How much of one machine is in use over time. */
interface Lane {
  /** Segment i goes from `times[i]` to `times[i + 1]`, the last one to Infinity; `times[0]` is -Infinity. */
  times: Float64Array;
  /** `use[i * width + r]` of resource r is in use in segment i. */
  use: Float64Array;
  segments: number;
}

/** Machines that nothing was placed on have no lane yet: they are all alike. */
export interface Space {
  readonly machines: number;
  readonly width: number;
  /** Times that differ by at most this are equal, because sums of floats are not exact. */
  readonly tick: number;
  readonly lanes: Lane[];
}

/** Where a task can be placed. */
export interface Place {
  readonly machine: number;
  readonly begin: number;
}

export function createSpace(machines: number, width: number, tick: number): Space {
  return { machines, width, tick, lanes: [] };
}

export function copySpace(space: Space): Space {
  const lanes = space.lanes.map(({ times, use, segments }) => ({
    times: times.slice(),
    use: use.slice(),
    segments,
  }));
  return { ...space, lanes };
}

/**
 * What searches for places have learnt about tasks of equal demands and an equal limit. For machine m,
 * `first[m]` is where it first has room for them, and before `reached[m]` there is no room for longer than
 * `widest[m]` (backward: behind it). A space only fills up, so the next search can go on there.
 */
export interface Hint {
  limit: number;
  first: number[];
  reached: number[];
  widest: number[];
}

export function createHint(): Hint {
  return { limit: NaN, first: [], reached: [], widest: [] };
}

/** What a task needs: `shares[at]` to `shares[at + width - 1]` of a machine for its duration. */
export interface Need {
  readonly shares: Float64Array;
  readonly at: number;
  readonly duration: number;
}

/**
 * Returns the earliest place for a task that begins at `from` or later; on the first machine where several
 * have one.
 */
export function earliestPlace(space: Space, need: Need, from: number, hint = createHint()): Place {
  useHint(hint, from);
  let machine = -1;
  let begin = Infinity;
  for (let m = 0; m < space.lanes.length && begin > from; m++) {
    const found = earliestOn(space, m, need, from, hint, begin);
    if (found >= begin) continue;
    begin = found;
    machine = m;
  }
  return begin > from && space.lanes.length < space.machines
    ? { machine: space.lanes.length, begin: from }
    : { machine, begin };
}

/** Returns the latest place for a task that ends at `to` or earlier, as `earliestPlace` does. */
export function latestPlace(space: Space, need: Need, to: number, hint = createHint()): Place {
  useHint(hint, to);
  const latest = to - need.duration;
  let machine = -1;
  let begin = -Infinity;
  for (let m = 0; m < space.lanes.length && begin < latest; m++) {
    const found = latestOn(space, m, need, to, hint, begin);
    if (found <= begin) continue;
    begin = found;
    machine = m;
  }
  return begin < latest && space.lanes.length < space.machines
    ? { machine: space.lanes.length, begin: latest }
    : { machine, begin };
}

function useHint(hint: Hint, limit: number): void {
  if (hint.limit === limit) return;
  hint.limit = limit;
  hint.first = [];
  hint.reached = [];
  hint.widest = [];
}

/** Returns when the task can begin on this machine; `unless` or later where that is not before it. */
export function earliestOn(
  { lanes, width, tick }: Space,
  machine: number,
  { shares, at, duration }: Need,
  from: number,
  { first, reached, widest } = createHint(),
  unless = Infinity,
): number {
  if (machine >= lanes.length) return from;
  const { times, use, segments } = lanes[machine];
  const goesOn = machine < reached.length && widest[machine] < duration - tick;
  let begin = goesOn ? reached[machine] : (first[machine] ?? from);
  let gap = goesOn ? widest[machine] : 0;
  let i = segmentAt(lanes[machine], begin + tick);
  // Nothing is in use in the last segment.
  if (!goesOn) {
    while (begin < unless && !fits(use, i * width, shares, at, width)) begin = times[++i];
    first[machine] = begin;
  }
  while (begin < unless) {
    if (!fits(use, i * width, shares, at, width)) {
      gap = Math.max(gap, times[i] - begin);
      begin = times[++i];
    } else if (i + 1 >= segments || times[i + 1] >= begin + duration - tick) break;
    else i++;
  }
  reached[machine] = begin;
  widest[machine] = gap;
  return begin;
}

function latestOn(
  { lanes, width, tick }: Space,
  machine: number,
  { shares, at, duration }: Need,
  to: number,
  { first, reached, widest }: Hint,
  unless: number,
): number {
  const { times, use } = lanes[machine];
  const goesOn = machine < reached.length && widest[machine] < duration - tick;
  let end = goesOn ? reached[machine] : (first[machine] ?? to);
  let gap = goesOn ? widest[machine] : 0;
  let i = segmentAt(lanes[machine], end - tick);
  if (!goesOn) {
    while (end - duration > unless && !fits(use, i * width, shares, at, width)) end = times[i--];
    first[machine] = end;
  }
  while (end - duration > unless) {
    if (!fits(use, i * width, shares, at, width)) {
      gap = Math.max(gap, end - times[i + 1]);
      end = times[i--];
    } else if (times[i] <= end - duration + tick) break;
    else i--;
  }
  reached[machine] = end;
  widest[machine] = gap;
  return end - duration;
}

/** Puts a task into the space. A task without duration takes no room. */
export function occupy(space: Space, { machine, begin }: Place, { shares, at, duration }: Need): void {
  const { lanes, width } = space;
  while (machine >= lanes.length)
    lanes.push({ times: new Float64Array(8).fill(-Infinity), use: new Float64Array(8 * width), segments: 1 });
  if (duration <= 2 * space.tick) return;
  const lane = lanes[machine];
  const first = cut(space, lane, begin);
  const last = cut(space, lane, begin + duration);
  for (let i = first; i < last; i++)
    for (let r = 0; r < width; r++) lane.use[i * width + r] += shares[at + r];
}

function fits(use: Float64Array, segment: number, shares: Float64Array, at: number, width: number): boolean {
  for (let r = 0; r < width; r++) if (use[segment + r] + shares[at + r] > 1 + SLACK) return false;
  return true;
}

/** Returns the last segment that begins at this time or before. */
function segmentAt({ times, segments }: Lane, time: number): number {
  let low = 0;
  let high = segments - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle] <= time) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Returns the segment that begins at this time, or within a tick of it; cuts one in two where none does. */
function cut({ width, tick }: Space, lane: Lane, time: number): number {
  const at = segmentAt(lane, time + tick);
  if (lane.times[at] >= time - tick) return at;
  if (lane.segments === lane.times.length) grow(lane);
  const { times, use, segments } = lane;
  times.copyWithin(at + 2, at + 1, segments);
  use.copyWithin((at + 1) * width, at * width, segments * width);
  times[at + 1] = time;
  lane.segments++;
  return at + 1;
}

function grow(lane: Lane): void {
  const longer = (column: Float64Array): Float64Array => {
    const into = new Float64Array(2 * column.length);
    into.set(column);
    return into;
  };
  lane.times = longer(lane.times);
  lane.use = longer(lane.use);
}
