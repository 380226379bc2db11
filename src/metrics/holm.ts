/**
 * Returns p-values adjusted for being some among many, in the same order: comparing them with .05 keeps the
 * chance of even one false finding among all of them at 5 %, whatever their dependence. NaN stays NaN and
 * does not count. S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
 * Statistics 6 (1979).
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
