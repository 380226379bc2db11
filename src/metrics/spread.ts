/** Measures of spread that are robust against outliers, for the overload detectors. */

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
 * Returns the distance between the quartiles of at least two values, where quartile p is the value at place
 * round(p (n + 1)) of the n sorted values, counted from 1.
 */
export function interquartileRange(values: Float64Array): number {
  const sorted = values.slice().sort();
  const place = (quantile: number): number => Math.round(quantile * (sorted.length + 1)) - 1;
  return sorted[place(0.75)] - sorted[place(0.25)];
}
