/** Sorts numbers that are spread out, such as the loads of machines, in linear time. */

/** Average number of places that a key may move within its bucket; above it, a comparison sort is faster. */
const PATIENCE = 8;

/** Up to this many keys are dealt into buckets; for more, the library's sort is used. */
const MOST = 2 ** 17;

// Buffers of the module, because V8 knows the address of a constant array: loops over it take a third to a
// half of the time. They hold nothing from one call to the next.
const GIVEN = new Float64Array(MOST);
const KEYS = new Float64Array(MOST);
const ROWS = new Int32Array(MOST);
const PLACES = new Int32Array(MOST);
const STARTS = new Int32Array(MOST);

/**
 * Sorts the keys, none of them NaN, in place, ascending, and moves each row, if given, together with its key.
 * The sort is stable. There are as many buckets as keys, and each key goes into a bucket by its position
 * between the least and the greatest key. The keys are then nearly in order, and an insertion sort finishes
 * the work. If most keys fall into a few buckets, the library's sort is used instead.
 */
export function spreadSort(keys: Float64Array, rows?: Int32Array): void {
  if (keys.length > MOST) {
    sortByComparison(keys, rows);
    return;
  }
  const count = keys.length;
  GIVEN.set(keys);
  toPlaces(count);
  for (let i = 0; i < count; i++) KEYS[PLACES[i]] = GIVEN[i];
  if (rows !== undefined) for (let i = 0; i < count; i++) ROWS[PLACES[i]] = rows[i];
  const isSorted = insert(count, rows !== undefined);
  keys.set(KEYS.subarray(0, count));
  rows?.set(ROWS.subarray(0, count));
  if (!isSorted) sortByComparison(keys, rows);
}

/**
 * Writes the place of each key, by bucket, to PLACES. Each loop does one thing: a processor that must wait
 * for the address of a store cannot read ahead.
 */
function toPlaces(count: number): void {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < count; i++) {
    if (GIVEN[i] < least) least = GIVEN[i];
    if (GIVEN[i] > most) most = GIVEN[i];
  }
  // If all keys are equal or one is infinite, `| 0` puts all of them into the first bucket.
  const scale = (count - 1) / (most - least);
  for (let i = 0; i < count; i++) PLACES[i] = ((GIVEN[i] - least) * scale) | 0;
  STARTS.fill(0, 0, count);
  for (let i = 0; i < count; i++) STARTS[PLACES[i]]++;
  let start = 0;
  for (let bucket = 0; bucket < count; bucket++) {
    const held = STARTS[bucket];
    STARTS[bucket] = start;
    start += held;
  }
  for (let i = 0; i < count; i++) PLACES[i] = STARTS[PLACES[i]]++;
}

/** Sorts KEYS, and ROWS with them; returns false if the keys moved too far (see PATIENCE): partly sorted. */
function insert(count: number, hasRows: boolean): boolean {
  let moves = PATIENCE * count;
  for (let i = 0; i < count; i++) {
    const key = KEYS[i];
    let at = i;
    for (; at > 0 && KEYS[at - 1] > key; at--) KEYS[at] = KEYS[at - 1];
    if (at === i) continue;
    KEYS[at] = key;
    if (hasRows) shiftRow(at, i);
    moves -= i - at;
    if (moves < 0) return false;
  }
  return true;
}

function shiftRow(to: number, from: number): void {
  const row = ROWS[from];
  for (let at = from; at > to; at--) ROWS[at] = ROWS[at - 1];
  ROWS[to] = row;
}

function sortByComparison(keys: Float64Array, rows: Int32Array | undefined): void {
  if (rows === undefined) {
    keys.sort();
    return;
  }
  const [given, before] = [keys.slice(), rows.slice()];
  const order = Int32Array.from(given.keys()).sort((a, b) => given[a] - given[b] || a - b);
  order.forEach((place, at) => {
    keys[at] = given[place];
    rows[at] = before[place];
  });
}
