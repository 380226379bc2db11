/** Searches for the largest load that still holds. */

export interface SearchOptions {
  /** Largest load to try. */
  readonly max: number;
  /**
   * Width of the bracket at which the search ends, as a share of the load found, or of 0.1 for smaller loads.
   */
  readonly precision: number;
}

export interface Found<Reason> {
  /** The largest load tried that holds together with every smaller load tried. */
  readonly load: number;
  /** Why the next larger load tried does not hold; undefined where even `max` holds. */
  readonly reason: Reason | undefined;
  /** Whether not even load 0 holds. */
  readonly never: boolean;
}

/** The loads tried before the bisection are `max` divided by powers of two, down to about this value. */
const LEAST = 0.05;

/**
 * Returns the largest load of 0 to `max` that holds; `failure` returns why a load does not hold, or undefined
 * where it does. The search doubles the load until it fails, then bisects. Where failures are not monotone,
 * for example because of noise, the result is a first crossing: the search never looks for a larger load that
 * holds again after a failure.
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
