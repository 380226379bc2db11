/** Student's t distribution, for whole degrees of freedom. */
import { InputError } from "../base/errors.js";

/**
 * Returns the probability that |T| is above t, where T has Student's t distribution: the two-sided p-value of
 * t. It uses the finite sums of Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4;
 * the absolute error is about 1e-15. Throws InputError where the degrees of freedom are not a whole number of
 * at least 1.
 */
export function studentTwoSided(t: number, degrees: number): number {
  if (!(Number.isInteger(degrees) && degrees >= 1)) {
    throw new InputError(`degrees of freedom are ${degrees}: give a whole number of at least 1`);
  }
  const angle = Math.atan(Math.abs(t) / Math.sqrt(degrees));
  const cosine = Math.cos(angle);
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= (cosine * cosine * (k - 1)) / k;
    sum += term;
  }
  const inside = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return Math.max(0, 1 - inside);
}

/**
 * Returns the t that |T| exceeds with probability p: Student's two-sided critical value. Throws InputError
 * where p is not between 0 and 1.
 */
export function studentCritical(p: number, degrees: number): number {
  if (!(p > 0 && p < 1)) throw new InputError(`probability is ${p}: give a number between 0 and 1`);
  let low = 0;
  let high = 1;
  while (studentTwoSided(high, degrees) > p) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, degrees) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
