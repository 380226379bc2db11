/** Adam (Kingma and Ba, ICLR 2015, algorithm 1). */

/** First and second moments of the gradient. */
export interface Adam {
  readonly rate: number;
  readonly mean: Float64Array;
  readonly square: Float64Array;
  steps: number;
}

const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = 1e-8;

export function createAdam(weights: number, rate: number): Adam {
  return { rate, mean: new Float64Array(weights), square: new Float64Array(weights), steps: 0 };
}

/** Takes a step down the gradient. */
export function descend(adam: Adam, weights: Float64Array, gradient: Float64Array): void {
  const { mean, square, rate } = adam;
  adam.steps++;
  const size = (rate * Math.sqrt(1 - BETA_2 ** adam.steps)) / (1 - BETA_1 ** adam.steps);
  // The paper adds epsilon to the corrected root; this is its equivalent for the uncorrected one.
  const epsilon = EPSILON * Math.sqrt(1 - BETA_2 ** adam.steps);
  for (let w = 0; w < weights.length; w++) {
    mean[w] = BETA_1 * mean[w] + (1 - BETA_1) * gradient[w];
    square[w] = BETA_2 * square[w] + (1 - BETA_2) * gradient[w] * gradient[w];
    weights[w] -= (size * mean[w]) / (Math.sqrt(square[w]) + epsilon);
  }
}
