/**
 * Sorting numbers that lie spread out, such as the loads of machines, in time that grows with their number
 * alone.
 */

/** Sorts the keys in place, ascending; rows, where given, go with their keys. Equal keys stay in order. */
export type SpreadSort = (keys: Float64Array, rows?: Int32Array) => void;

/** Places that a key may move on average, within its bucket, before a comparison sort is the faster. */
const PATIENCE = 8;

interface Buffers {
  readonly starts: Int32Array;
  readonly keys: Float64Array;
  readonly rows: Int32Array;
}

/**
 * Returns a sort of up to `size` keys, none of them NaN, with its own buffers. Keys are dealt to as many
 * buckets as there are keys, by where they lie between the least and the greatest; an insertion sort finishes
 * what is then nearly in order. Keys that crowd in a few buckets are left to the library's sort.
 */
export function createSpreadSort(size: number): SpreadSort {
  const dealt: Buffers = {
    starts: new Int32Array(size),
    keys: new Float64Array(size),
    rows: new Int32Array(size),
  };
  return (keys, rows) => {
    deal(keys, rows, dealt);
    if (!insert(keys, rows, dealt)) sortDealt(keys, rows, dealt);
  };
}

function deal(keys: Float64Array, rows: Int32Array | undefined, dealt: Buffers): void {
  const { starts } = dealt;
  const count = keys.length;
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < count; i++) {
    if (keys[i] < least) least = keys[i];
    if (keys[i] > most) most = keys[i];
  }
  // Where all are equal or one is infinite, `| 0` makes it the first bucket for all.
  const scale = (count - 1) / (most - least);
  starts.fill(0, 0, count);
  for (let i = 0; i < count; i++) starts[((keys[i] - least) * scale) | 0]++;
  let start = 0;
  for (let bucket = 0; bucket < count; bucket++) {
    const held = starts[bucket];
    starts[bucket] = start;
    start += held;
  }
  for (let i = 0; i < count; i++) {
    const at = starts[((keys[i] - least) * scale) | 0]++;
    dealt.keys[at] = keys[i];
    if (rows !== undefined) dealt.rows[at] = rows[i];
  }
}

/** Returns whether it had the patience: if not, keys and rows are half done. */
function insert(keys: Float64Array, rows: Int32Array | undefined, dealt: Buffers): boolean {
  let moves = PATIENCE * keys.length;
  for (let i = 0; i < keys.length; i++) {
    const key = dealt.keys[i];
    let at = i;
    for (; at > 0 && keys[at - 1] > key; at--) {
      keys[at] = keys[at - 1];
      if (rows !== undefined) rows[at] = rows[at - 1];
    }
    keys[at] = key;
    if (rows !== undefined) rows[at] = dealt.rows[i];
    moves -= i - at;
    if (moves < 0) return false;
  }
  return true;
}

function sortDealt(keys: Float64Array, rows: Int32Array | undefined, dealt: Buffers): void {
  const order = dealt.keys.subarray(0, keys.length);
  if (rows === undefined) {
    keys.set(order.sort());
    return;
  }
  const places = Int32Array.from(order.keys()).sort((a, b) => order[a] - order[b] || a - b);
  places.forEach((place, at) => {
    keys[at] = dealt.keys[place];
    rows[at] = dealt.rows[place];
  });
}
