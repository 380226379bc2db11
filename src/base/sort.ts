/** Sorts numbers that are spread out, such as the loads of machines, in linear time. */

/**
 * Sorts the keys in place, ascending, and moves each row, if given, together with its key. The sort is
 * stable.
 */
export type SpreadSort = (keys: Float64Array, rows?: Int32Array) => void;

/** Average number of places that a key may move within its bucket; above it, a comparison sort is faster. */
const PATIENCE = 8;

interface Buffers {
  readonly starts: Int32Array;
  readonly keys: Float64Array;
  readonly rows: Int32Array;
}

/**
 * Returns a sort for up to `size` keys, none of them NaN, with its own buffers. There are as many buckets as
 * keys, and each key goes into a bucket by its position between the least and the greatest key. The keys are
 * then nearly in order, and an insertion sort finishes the work. If most keys fall into a few buckets, the
 * library's sort is used instead.
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
  // If all keys are equal or one is infinite, `| 0` puts all of them into the first bucket.
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

/** Returns false if the keys moved too far (see PATIENCE); keys and rows are then only partly sorted. */
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
