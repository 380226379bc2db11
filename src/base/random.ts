import { createHash } from "node:crypto";
import { xoroshiro128plus, type RandomGenerator } from "pure-rand";

/** A source of uniform numbers in [0, 1), as d3-random's `source()` takes it. */
export type Random = () => number;

/**
 * The named streams of one run. Two policies of one comparison share the root seed, hence the same workload,
 * placement and noise; only the draws from "policy" depend on the policy.
 */
export type StreamName = "workload" | "usage" | "subset" | "placement" | "policy" | "noise";

/** The state of a stream, for `drawUniform`. */
export type RandomState = RandomGenerator;

/**
 * Returns a stream of uniform doubles in [0, 1) with 53 random bits, seeded by the root seed, the stream's
 * name and further keys. Equal arguments give equal streams on every machine; a change in any of them gives
 * an unrelated stream.
 */
export function randomStream(seed: number, name: StreamName, ...keys: (string | number | bigint)[]): Random {
  const state = randomState(seed, name, ...keys);
  return () => drawUniform(state);
}

/**
 * Returns the same stream as `randomStream`, for use with `drawUniform`. One function for all streams is
 * compiled once; a function per stream would be compiled for each stream.
 */
export function randomState(
  seed: number,
  name: StreamName,
  ...keys: (string | number | bigint)[]
): RandomState {
  return xoroshiro128plus(hash32(`${seed}/${name}/${keys.join("/")}`));
}

/** Returns the next number of a stream. */
export function drawUniform(state: RandomState): number {
  const high = state.unsafeNext() >>> 6;
  const low = state.unsafeNext() >>> 5;
  return (high * 0x8000000 + low) / 0x20000000000000;
}

/**
 * Returns a number in [0, 1) that depends only on the seed and the key. Use it to pick a fraction of machines
 * or tasks independently of the order of files and rows (Firmament's simulator samples like this).
 */
export function hashFraction(seed: number, key: string): number {
  return createHash("sha256").update(`${seed}/${key}`).digest().readUIntBE(0, 6) / 2 ** 48;
}

function hash32(text: string): number {
  return createHash("sha256").update(text).digest().readInt32BE(0);
}
