/** Machines in order of load, the coldest first, while loads change. */
import { createSpreadSort, type SpreadSort } from "../sort.js";

export interface LoadOrder {
  /** Forgets the order: loads have changed everywhere. */
  reset(): void;
  /** Puts one machine where its load now belongs; one without capacity is nowhere. */
  update(machine: number): void;
  /**
   * Returns the least loaded machines that pass the test, at most `count`, coldest first, ties by number; gives up
   * after `tries` machines.
   */
  coldest(passes: (machine: number) => boolean, count?: number, tries?: number): number[];
  /** Returns the least loaded machine at `least` or above that passes, ties by number; -1 if none of `tries` does. */
  coldestFrom(least: number, passes: (machine: number) => boolean, tries?: number): number;
  /** Returns the most loaded machine at `most` or below that passes, of several the last; -1 if none of `tries` does. */
  hottestUpTo(most: number, passes: (machine: number) => boolean, tries?: number): number;
}

/** Questions after a reset that a scan answers sooner than a sort would. */
const SCANS = 8;

/**
 * Returns the order of the machines that have capacity; `load` and `capacity` are read as they are when a method is
 * called. Some questions after a reset are answered by a
 * scan, O(n), the next one sorts; an update costs a binary search and one move of memory.
 */
export function createLoadOrder(capacity: ArrayLike<number>, load: ArrayLike<number>): LoadOrder {
  const order = new Int32Array(load.length);
  /** Load by which each machine was put in its place. */
  const key = new Float64Array(load.length);
  let count = 0;
  let sorted = false;
  let questions = 0;
  /** Made when first needed: many an order is never sorted. */
  let buffers: { readonly keys: Float64Array; readonly sort: SpreadSort } | undefined;

  function sort(): void {
    buffers ??= { keys: new Float64Array(load.length), sort: createSpreadSort(load.length) };
    count = 0;
    for (let m = 0; m < load.length; m++) {
      key[m] = load[m];
      if (!(capacity[m] > 0)) continue;
      buffers.keys[count] = load[m];
      order[count++] = m;
    }
    // Machines of one load stay in order of number.
    buffers.sort(buffers.keys.subarray(0, count), order);
    sorted = true;
  }

  /** Number of machines that come before this one with this load. */
  function place(machine: number, value: number): number {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = order[middle];
      if (key[other] < value || (key[other] === value && other < machine)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function scan(passes: (machine: number) => boolean): number[] {
    let best = -1;
    for (let m = 0; m < load.length; m++) {
      if (capacity[m] > 0 && (best < 0 || load[m] < load[best]) && passes(m)) best = m;
    }
    return best < 0 ? [] : [best];
  }

  return {
    reset() {
      sorted = false;
      questions = 0;
    },
    update(machine) {
      if (!sorted || !(capacity[machine] > 0)) return;
      const from = place(machine, key[machine]);
      let to = place(machine, load[machine]);
      key[machine] = load[machine];
      if (to > from) {
        to--;
        order.copyWithin(from, from + 1, to + 1);
      } else {
        order.copyWithin(to + 1, to, from);
      }
      order[to] = machine;
    },
    coldest(passes, wanted = 1, tries = Infinity) {
      if (!sorted && wanted === 1 && tries === Infinity && questions++ < SCANS) return scan(passes);
      if (!sorted) sort();
      const found: number[] = [];
      for (let i = 0; i < count && i < tries && found.length < wanted; i++) {
        if (passes(order[i])) found.push(order[i]);
      }
      return found;
    },
    coldestFrom(least, passes, tries = Infinity) {
      if (!sorted) sort();
      const begin = place(-1, least);
      for (let i = begin; i < count && i - begin < tries; i++) if (passes(order[i])) return order[i];
      return -1;
    },
    hottestUpTo(most, passes, tries = Infinity) {
      if (!sorted) sort();
      const end = place(load.length, most);
      for (let i = end - 1; i >= 0 && end - i <= tries; i--) if (passes(order[i])) return order[i];
      return -1;
    },
  };
}
