import { hashedNormal, hashWords } from "../../base/integer-hash.js";

/** A part of a fluctuation: the standard deviation of the logarithm, and the autocorrelation after 300 s. */
export interface NoiseComponent {
  readonly sigma: number;
  readonly correlation: number;
}

/** Length of a noise path; a power of two, so that a bit mask wraps a position. */
export const NOISE_LENGTH = 1 << 18;
export const NOISE_MASK = NOISE_LENGTH - 1;
/** The number of standard deviations at which the components of a path are cut. */
export const NOISE_LIMIT = 3;

/**
 * Returns one long path of factors around 1: exp of a sum of AR(1) processes, one value per step, with mean
 * 1. Each job or execution reads it from its own place, so a sample costs only one look-up, and no sample
 * depends on another. The path is cyclic.
 */
export function noisePath(
  seed: number,
  name: number,
  stepSeconds: number,
  components: readonly NoiseComponent[],
): Float32Array {
  const exponent = new Float64Array(NOISE_LENGTH);
  components.forEach((component, index) => {
    const correlation = component.correlation ** (stepSeconds / 300);
    addAutoregression(exponent, hashWords(seed, name, index), component.sigma, correlation);
  });
  const factors = new Float32Array(NOISE_LENGTH);
  let sum = 0;
  for (let i = 0; i < NOISE_LENGTH; i++) {
    const factor = Math.exp(exponent[i]);
    factors[i] = factor;
    sum += factor;
  }
  const mean = sum / NOISE_LENGTH;
  for (let i = 0; i < NOISE_LENGTH; i++) factors[i] /= mean;
  return factors;
}

function addAutoregression(target: Float64Array, hash: number, sigma: number, correlation: number): void {
  const spread = Math.sqrt(1 - correlation * correlation);
  const memory = Math.min(NOISE_LENGTH, correlation > 0 ? Math.ceil(-14 / Math.log(correlation)) : 0);
  let value = 0;
  // The process starts with the last innovations of the path, so that the end of the path leads to its
  // beginning.
  for (let i = NOISE_LENGTH - memory; i < NOISE_LENGTH; i++) {
    value = correlation * value + spread * hashedNormal(hash, i);
  }
  for (let i = 0; i < NOISE_LENGTH; i++) {
    value = correlation * value + spread * hashedNormal(hash, i);
    target[i] += sigma * Math.max(-NOISE_LIMIT, Math.min(NOISE_LIMIT, value));
  }
}
