/** Forecasts of a series by straight lines, autoregression and exponential smoothing. */
import { median } from "./statistics.js";

/**
 * Returns the weighted least-squares line through `values` at x = 1, 2, ... n, extended to x. All weights are
 * 1 where none are given.
 */
export function extrapolate(values: Float64Array, x: number, weights?: Float64Array): number {
  const { meanX, meanY, slope } = fitLine(values, weights);
  return meanY + slope * (x - meanX);
}

interface Line {
  readonly meanX: number;
  readonly meanY: number;
  readonly slope: number;
}

function fitLine(values: Float64Array, weights?: Float64Array): Line {
  let weightSum = 0;
  let meanX = 0;
  let meanY = 0;
  let squares = 0;
  let products = 0;
  // One pass with running means (Welford), which keeps the sums of squares accurate.
  for (let i = 0; i < values.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    if (weight === 0) continue;
    const dx = i + 1 - meanX;
    const dy = values[i] - meanY;
    const scaled = (weight * weightSum) / (weightSum + weight);
    squares += dx * dx * scaled;
    products += dx * dy * scaled;
    weightSum += weight;
    meanX += (dx * weight) / weightSum;
    meanY += (dy * weight) / weightSum;
  }
  return { meanX, meanY, slope: products / squares };
}

/**
 * Returns the tricube weights of n >= 3 points, the last of them the newest: (1 - (distance to the last / (n
 * - 1))^3)^3, but the first two, which would be (nearly) 0, get the weight of the third (Cleveland 1979;
 * Beloglazov and Buyya 2012, section 4.2.3).
 */
export function tricubeWeights(n: number): Float64Array {
  const weights = Float64Array.from({ length: n }, (_, i) => (1 - ((n - 1 - i) / (n - 1)) ** 3) ** 3);
  weights.fill(weights[2], 0, 2);
  return weights;
}

/**
 * Returns `extrapolate` after a second fit, in which the weight of a point is lowered by its distance from
 * the first fit, so that outliers do not pull the line: times (1 - (r / (6 median |r|))^2)^2, 0 where |r| is
 * 6 medians or more (Cleveland 1979, bisquare; Beloglazov and Buyya 2012, section 4.2.4). Where at least half
 * of the points lie on the first line, this line is used.
 */
export function extrapolateRobustly(values: Float64Array, x: number, weights: Float64Array): number {
  const { meanX, meanY, slope } = fitLine(values, weights);
  const residuals = values.map((value, i) => Math.abs(value - (meanY + slope * (i + 1 - meanX))));
  const reach = 6 * median(residuals);
  if (reach === 0) return meanY + slope * (x - meanX);
  const lowered = weights.map((weight, i) =>
    residuals[i] < reach ? weight * (1 - (residuals[i] / reach) ** 2) ** 2 : 0,
  );
  return extrapolate(values, x, lowered);
}

/**
 * Returns the forecast of an autoregression of order 1 for the value after the last of at least one value:
 * mean + phi (last - mean), where phi is fitted by least squares about the mean (0 for a constant series).
 */
export function predictNext(values: ArrayLike<number>): number {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i] / n;
  let products = 0;
  let squares = 0;
  for (let i = 0; i < n - 1; i++) {
    products += (values[i] - mean) * (values[i + 1] - mean);
    squares += (values[i] - mean) ** 2;
  }
  const phi = squares > 0 ? products / squares : 0;
  return mean + phi * (values[n - 1] - mean);
}

/**
 * Returns the forecast of double exponential smoothing for `ahead` steps after the last of at least one value
 * (Holt 1957): level + ahead x trend, with level_t = a x_t + (1 - a) (level_{t-1} + trend_{t-1}) and trend_t
 * = b (level_t - level_{t-1}) + (1 - b) trend_{t-1}, from level_1 = x_1 and trend_1 = x_2 - x_1 (0 where
 * there is no x_2; NIST Engineering Statistics Handbook, 6.4.3.3). The forecast of a straight line is exact
 * for all a and b.
 */
export function holtForecast(
  values: ArrayLike<number>,
  { level: a, trend: b, ahead }: { readonly level: number; readonly trend: number; readonly ahead: number },
): number {
  let level = values[0];
  let trend = values.length > 1 ? values[1] - values[0] : 0;
  for (let i = 1; i < values.length; i++) {
    const before = level;
    level = a * values[i] + (1 - a) * (before + trend);
    trend = b * (level - before) + (1 - b) * trend;
  }
  return level + ahead * trend;
}
