import { normalCdf } from "../../metrics/normal.js";

/** Returns the mean of min(X, cap), where log X is normal with mean log(median) and this sigma. */
export function cappedLognormalMean(median: number, sigma: number, cap: number): number {
  if (median <= 0) return 0;
  if (sigma === 0) return Math.min(median, cap);
  const distance = Math.log(cap / median) / sigma;
  const below = median * Math.exp((sigma * sigma) / 2) * normalCdf(distance - sigma);
  return below + cap * (1 - normalCdf(distance));
}

/**
 * Returns the median for which min(X, cap) has this mean; X is lognormal with this sigma, and 0 < mean < cap.
 */
export function medianOfCappedLognormal(mean: number, sigma: number, cap: number): number {
  return increasingRoot((median) => cappedLognormalMean(median, sigma, cap) - mean, cap * 1e-6, cap * 1e3);
}

/** Returns x in [low, high] where the increasing function crosses zero, by bisection of log x. */
export function increasingRoot(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let i = 0; i < 60; i++) {
    const middle = Math.sqrt(a * b);
    if (f(middle) < 0) a = middle;
    else b = middle;
  }
  return Math.sqrt(a * b);
}
