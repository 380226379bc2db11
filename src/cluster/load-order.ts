/** Machines in order of load, the least loaded first, kept up to date while loads change. */
import { spreadSort } from "../base/sort.js";

export interface LoadOrder {
  /** Discards the order: to be called after the loads of all machines changed. */
  reset(): void;
  /** Moves one machine to the place of its current load. Machines without capacity have no place. */
  update(machine: number): void;
  /**
   * Returns the least loaded machines that pass the test, at most `count`, in ascending order of load, ties
   * by number. Tests at most `tries` machines.
   */
  coldest(passes: (machine: number) => boolean, count?: number, tries?: number): number[];
  /**
   * Returns the least loaded machine with a load of `least` or more that passes, ties by number; -1 if none
   * of the first `tries` machines passes.
   */
  coldestFrom(least: number, passes: (machine: number) => boolean, tries?: number): number;
  /**
   * Returns the most loaded machine with a load of `most` or less that passes, of equal ones the last; -1 if
   * none of the first `tries` machines passes.
   */
  hottestUpTo(most: number, passes: (machine: number) => boolean, tries?: number): number;
}

/** Queries after a reset that are answered by a scan; only for more queries is a sort worth its time. */
const SCANS = 8;

interface Order {
  readonly capacity: ArrayLike<number>;
  readonly load: ArrayLike<number>;
  /** The machines in order. This and the next two are empty until the first sort: many orders never sort. */
  machines: Int32Array;
  /** Load of each machine when it was put in its place. */
  key: Float64Array;
  /** Scratch. */
  keys: Float64Array;
  /** Machines that have a place. */
  count: number;
  sorted: boolean;
  /** Queries since the last reset that a scan answered. */
  questions: number;
}

type Test = (machine: number) => boolean;

/**
 * Returns the order of the machines that have capacity. Each method call reads the current `load` and
 * `capacity`. The first SCANS queries after a reset are answered by a scan, O(n); the next query sorts. An
 * update costs a binary search and one move of memory.
 */
export function createLoadOrder(capacity: ArrayLike<number>, load: ArrayLike<number>): LoadOrder {
  const order: Order = {
    capacity,
    load,
    machines: new Int32Array(0),
    key: new Float64Array(0),
    count: 0,
    sorted: false,
    questions: 0,
    keys: new Float64Array(0),
  };
  return {
    reset() {
      order.sorted = false;
      order.questions = 0;
    },
    update(machine) {
      update(order, machine);
    },
    coldest: (passes, count = 1, tries = Infinity) => coldest(order, passes, count, tries),
    coldestFrom: (least, passes, tries = Infinity) => coldestFrom(order, least, passes, tries),
    hottestUpTo: (most, passes, tries = Infinity) => hottestUpTo(order, most, passes, tries),
  };
}

function sort(order: Order): void {
  const { capacity, load } = order;
  if (order.keys.length < load.length) {
    order.machines = new Int32Array(load.length);
    order.key = new Float64Array(load.length);
    order.keys = new Float64Array(load.length);
  }
  const { machines, key, keys } = order;
  let count = 0;
  for (let m = 0; m < load.length; m++) {
    key[m] = load[m];
    if (!(capacity[m] > 0)) continue;
    keys[count] = load[m];
    machines[count++] = m;
  }
  // The sort is stable: machines of equal load stay in order of number.
  spreadSort(keys.subarray(0, count), machines.subarray(0, count));
  order.count = count;
  order.sorted = true;
}

/** Number of machines that come before this machine if its load is `value`. */
function place({ machines, key, count }: Order, machine: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = machines[middle];
    if (key[other] < value || (key[other] === value && other < machine)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function update(order: Order, machine: number): void {
  const { capacity, load, machines, key } = order;
  if (!order.sorted || !(capacity[machine] > 0)) return;
  const from = place(order, machine, key[machine]);
  let to = place(order, machine, load[machine]);
  key[machine] = load[machine];
  if (to > from) {
    to--;
    machines.copyWithin(from, from + 1, to + 1);
  } else {
    machines.copyWithin(to + 1, to, from);
  }
  machines[to] = machine;
}

function coldest(order: Order, passes: Test, wanted: number, tries: number): number[] {
  if (!order.sorted && wanted === 1 && tries === Infinity && order.questions++ < SCANS) {
    return scan(order, passes);
  }
  if (!order.sorted) sort(order);
  const { machines, count } = order;
  const found: number[] = [];
  for (let i = 0; i < count && i < tries && found.length < wanted; i++) {
    if (passes(machines[i])) found.push(machines[i]);
  }
  return found;
}

function scan({ capacity, load }: Order, passes: Test): number[] {
  let best = -1;
  for (let m = 0; m < load.length; m++) {
    if (capacity[m] > 0 && (best < 0 || load[m] < load[best]) && passes(m)) best = m;
  }
  return best < 0 ? [] : [best];
}

function coldestFrom(order: Order, least: number, passes: Test, tries: number): number {
  if (!order.sorted) sort(order);
  const { machines, count } = order;
  const begin = place(order, -1, least);
  for (let i = begin; i < count && i - begin < tries; i++) if (passes(machines[i])) return machines[i];
  return -1;
}

function hottestUpTo(order: Order, most: number, passes: Test, tries: number): number {
  if (!order.sorted) sort(order);
  const { machines, load } = order;
  const end = place(order, load.length, most);
  for (let i = end - 1; i >= 0 && end - i <= tries; i--) if (passes(machines[i])) return machines[i];
  return -1;
}
