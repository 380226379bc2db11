/** Random whole numbers: the lab's own streams, and the generators of the reference programs. */
import { drawUniform, randomState, type RandomState } from "../base/random.js";

/**
 * A source of whole numbers. All kinds have the same object shape, so that loops are compiled only once:
 * "java" is java.util.Random, of 48 bits in two halves; "lehmer" is x <- 16807 x mod (2^31 - 1), where x is
 * `low`.
 */
export interface Draws {
  readonly kind: "lab" | "java" | "lehmer";
  high: number;
  low: number;
  readonly stream: RandomState;
}

/** Returns a stream of the lab; equal seeds and keys give equal numbers. */
export function labDraws(seed: number, ...keys: (string | number)[]): Draws {
  return { kind: "lab", high: 0, low: 0, stream: randomState(seed, "policy", "architecture", ...keys) };
}

const HALF = 2 ** 24;

/** Returns the generator `new java.util.Random(seed)` of Java; the seed is a whole number. */
export function javaDraws(seed: number): Draws {
  const scrambled = BigInt.asUintN(48, BigInt(seed) ^ 0x5deece66dn);
  const high = Number(scrambled >> 24n);
  const low = Number(scrambled & 0xffffffn);
  return { kind: "java", high, low, stream: randomState(0, "policy") };
}

/** Returns the minimal standard generator of Park and Miller (1988), which begins at `start`. */
export function lehmerDraws(start: number): Draws {
  return { kind: "lehmer", high: 0, low: start, stream: randomState(0, "policy") };
}

/** Returns a whole number from 0 to `bound` - 1; `bound` is at least 1. */
export function drawBelow(draws: Draws, bound: number): number {
  switch (draws.kind) {
    case "lab":
      return Math.floor(drawUniform(draws.stream) * bound);
    case "java":
      return nextJavaInt(draws, bound);
    case "lehmer":
      draws.low = (16807 * draws.low) % 2147483647;
      return draws.low % bound;
  }
}

/** `java.util.Random.nextInt(bound)`. */
function nextJavaInt(draws: Draws, bound: number): number {
  let bits = nextJavaBits(draws);
  if ((bound & (bound - 1)) === 0) return Math.floor((bound * bits) / 2 ** 31);
  // The highest numbers are drawn again, because they would make small remainders too frequent.
  while (bits - (bits % bound) + (bound - 1) >= 2 ** 31) bits = nextJavaBits(draws);
  return bits % bound;
}

/** `java.util.Random.next(31)`: the seed times 0x5DEECE66D plus 11, modulo 2^48; the upper 31 bits. */
function nextJavaBits(draws: Draws): number {
  const low = draws.low * 0xece66d + 11;
  draws.high = (draws.high * 0xece66d + draws.low * 0x5de + Math.floor(low / HALF)) % HALF;
  draws.low = low % HALF;
  return draws.high * 128 + Math.floor(draws.low / 2 ** 17);
}
