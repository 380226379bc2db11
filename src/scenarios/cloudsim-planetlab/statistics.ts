/** Robust spread and straight-line fits, as the overload detectors use them. */

/** Returns the median of at least one value: the mean of the middle two where their number is even. */
export function median(values: Float64Array): number {
  return middle(values.slice().sort());
}

function middle(sorted: Float64Array): number {
  const upper = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[upper];
  return sorted[upper - 1] + 0.5 * (sorted[upper] - sorted[upper - 1]);
}

/** Returns the median of the values' distances from their median. */
export function medianAbsoluteDeviation(values: Float64Array): number {
  const distances = values.slice().sort();
  const center = middle(distances);
  for (let i = 0; i < distances.length; i++) distances[i] = Math.abs(center - distances[i]);
  return middle(distances.sort());
}

/**
 * Returns the distance between the quartiles of at least two values, each quartile p a value itself: that in place
 * round(p (n + 1)) of the sorted n, counted from 1.
 */
export function interquartileRange(values: Float64Array): number {
  const sorted = values.slice().sort();
  const place = (quantile: number): number => Math.round(quantile * (sorted.length + 1)) - 1;
  return sorted[place(0.75)] - sorted[place(0.25)];
}

/**
 * Returns the weighted least-squares line through `values` at x = 1, 2, ... n, extended to x. All weights are 1
 * where none are given.
 */
export function extrapolate(values: Float64Array, x: number, weights?: Float64Array): number {
  let weightSum = 0;
  let meanX = 0;
  let meanY = 0;
  let squares = 0;
  let products = 0;
  // One pass with running means (Welford): the sums of squares stay accurate.
  for (let i = 0; i < values.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    const dx = i + 1 - meanX;
    const dy = values[i] - meanY;
    const scaled = (weight * weightSum) / (weightSum + weight);
    squares += dx * dx * scaled;
    products += dx * dy * scaled;
    weightSum += weight;
    meanX += (dx * weight) / weightSum;
    meanY += (dy * weight) / weightSum;
  }
  return meanY + (products / squares) * (x - meanX);
}

/**
 * Returns the tricube weights of n >= 3 points, the last of them the newest: (1 - (distance to the last / (n - 1))^3)^3,
 * of which the first two, (nearly) 0, take the third's (Cleveland 1979; Beloglazov and Buyya 2012, section 4.2.3).
 */
export function tricubeWeights(n: number): Float64Array {
  const weights = Float64Array.from({ length: n }, (_, i) => (1 - ((n - 1 - i) / (n - 1)) ** 3) ** 3);
  weights.fill(weights[2], 0, 2);
  return weights;
}
