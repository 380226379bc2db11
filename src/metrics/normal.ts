/** The standard normal distribution. */

/**
 * Returns the standard normal distribution function at x. The error is below 1e-7 (Abramowitz and Stegun,
 * Handbook of Mathematical Functions, 26.2.17).
 */
export function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const upperTail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
  return x >= 0 ? 1 - upperTail : upperTail;
}
