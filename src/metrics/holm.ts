/**
 * Returns p-values adjusted for multiple tests, in the same order. If the adjusted values are compared with
 * 0.05, the probability of one or more false findings is at most 5 %, also for dependent tests. NaN stays NaN
 * and does not count. S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian
 * Journal of Statistics 6 (1979).
 */
export function holm(p: ArrayLike<number>): Float64Array {
  const adjusted = Float64Array.from(p);
  const order = Array.from(adjusted.keys())
    .filter((row) => !Number.isNaN(adjusted[row]))
    .sort((a, b) => p[a] - p[b] || a - b);
  let least = 0;
  order.forEach((row, rank) => {
    least = Math.max(least, Math.min(1, (order.length - rank) * p[row]));
    adjusted[row] = least;
  });
  return adjusted;
}
