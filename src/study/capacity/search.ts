/** The largest load that still holds. */

export interface SearchOptions {
  /** Largest load to try. */
  readonly max: number;
  /** Width at which the search ends, as a share of the load found; of .1 where that is less. */
  readonly precision: number;
}

export interface Found<Reason> {
  /** The largest load tried that holds, with every smaller one tried. */
  readonly load: number;
  /** Why the next one does not; undefined where even `max` holds. */
  readonly reason: Reason | undefined;
  /** Whether not even load 0 holds. */
  readonly never: boolean;
}

/** Loads tried before the bisection are `max` over powers of two, down to about this. */
const LEAST = 0.05;

/**
 * Returns the largest load of 0 to `max` that holds; `failure` says why a load does not, or undefined where
 * it does. Loads are tried in doubling steps from below up to the first that fails, then by bisection. Where
 * failures are not monotone, as with noise, this is a first crossing: it never looks past a failure for a
 * load that holds again.
 */
export function largestThatHolds<Reason>(
  failure: (load: number) => Reason | undefined,
  { max, precision }: SearchOptions,
): Found<Reason> {
  let low = 0;
  let reason = failure(0);
  if (reason !== undefined) return { load: 0, reason, never: true };
  const doublings = Math.max(0, Math.ceil(Math.log2(max / LEAST)));
  let high = max;
  for (let i = doublings; i >= 0; i--) {
    high = max / 2 ** i;
    reason = failure(high);
    if (reason !== undefined) break;
    low = high;
  }
  while (reason !== undefined && high - low > precision * Math.max(high, 0.1)) {
    const middle = (low + high) / 2;
    const why = failure(middle);
    if (why === undefined) low = middle;
    else [high, reason] = [middle, why];
  }
  return { load: low, reason, never: false };
}
