/**
 * Queue of future events: a heap in typed arrays. Events of equal time leave in the order of their `push`.
 */

/**
 * A queue of events. `kind` and the payload `a`, `b`, `c` of an event are stored at the place that `pop`
 * returns.
 */
export interface EventQueue {
  size: number;
  /** Number of events put in since the beginning. */
  pushed: number;
  /** The heap: a time, a serial number that breaks ties, and a place in the payload columns. */
  time: Float64Array;
  serial: Float64Array;
  place: Int32Array;
  /** Payload columns; free places are in `free`, which is a stack with `freeCount` of them. */
  kind: Uint8Array;
  a: Int32Array;
  b: Int32Array;
  c: Int32Array;
  free: Int32Array;
  freeCount: number;
}

/** Returns an empty queue with places for `capacity` events; it grows as needed. */
export function createEvents(capacity = 1024): EventQueue {
  return {
    size: 0,
    pushed: 0,
    time: new Float64Array(capacity),
    serial: new Float64Array(capacity),
    place: new Int32Array(capacity),
    kind: new Uint8Array(capacity),
    a: new Int32Array(capacity),
    b: new Int32Array(capacity),
    c: new Int32Array(capacity),
    free: Int32Array.from({ length: capacity }, (_, i) => capacity - 1 - i),
    freeCount: capacity,
  };
}

/** Puts an event into the queue. */
export function push(events: EventQueue, time: number, kind: number, a: number, b = 0, c = 0): void {
  if (events.freeCount === 0) grow(events);
  const place = events.free[--events.freeCount];
  events.kind[place] = kind;
  events.a[place] = a;
  events.b[place] = b;
  events.c[place] = c;
  const serial = events.pushed++;
  const { time: times, serial: serials, place: places } = events;
  let at = events.size++;
  // A new event has the highest serial number, so it stays behind events of the same time.
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (times[parent] <= time) break;
    times[at] = times[parent];
    serials[at] = serials[parent];
    places[at] = places[parent];
    at = parent;
  }
  times[at] = time;
  serials[at] = serial;
  places[at] = place;
}

/**
 * Removes the earliest event and returns the place of its payload, which stays there until the next `push`.
 * Read the time of the event, `events.time[0]`, before. The queue must not be empty.
 */
export function pop(events: EventQueue): number {
  const { time, serial, place } = events;
  const first = place[0];
  events.free[events.freeCount++] = first;
  const last = --events.size;
  const lastTime = time[last];
  const lastSerial = serial[last];
  const lastPlace = place[last];
  let at = 0;
  for (let child = 1; child < last; child = 2 * at + 1) {
    const right = child + 1;
    if (right < last && isEarlier(time[right], serial[right], time[child], serial[child])) child = right;
    if (!isEarlier(time[child], serial[child], lastTime, lastSerial)) break;
    time[at] = time[child];
    serial[at] = serial[child];
    place[at] = place[child];
    at = child;
  }
  time[at] = lastTime;
  serial[at] = lastSerial;
  place[at] = lastPlace;
  return first;
}

function isEarlier(timeA: number, serialA: number, timeB: number, serialB: number): boolean {
  return timeA < timeB || (timeA === timeB && serialA < serialB);
}

function grow(events: EventQueue): void {
  const old = events.place.length;
  const capacity = 2 * old;
  const longer = <T extends Float64Array | Int32Array | Uint8Array>(column: T, into: T): T => {
    into.set(column);
    return into;
  };
  events.time = longer(events.time, new Float64Array(capacity));
  events.serial = longer(events.serial, new Float64Array(capacity));
  for (const name of ["place", "a", "b", "c", "free"] as const)
    events[name] = longer(events[name], new Int32Array(capacity));
  events.kind = longer(events.kind, new Uint8Array(capacity));
  for (let place = capacity - 1; place >= old; place--) events.free[events.freeCount++] = place;
}
