/**
 * Random numbers that depend only on their key, not on the order of the draws. The hash is MurmurHash3 (32
 * bits, Austin Appleby, public domain): a trace has a million executions, too many for SHA-256.
 */

/** Returns a 32-bit hash of three words, each read as a 32-bit integer. Chain it for longer keys. */
export function hashWords(a: number, b: number, c: number): number {
  return finalize(mixWord(mixWord(mixWord(0x9747b28c, a), b), c) ^ 12);
}

/** Returns the `draw`-th uniform number in (0, 1) of a hashed key. */
export function hashedUniform(hash: number, draw: number): number {
  return ((finalize((hash + Math.imul(draw + 1, 0x9e3779b9)) | 0) >>> 0) + 0.5) / 0x100000000;
}

/** Returns the `draw`-th standard normal number of a hashed key (Box and Muller 1958). */
export function hashedNormal(hash: number, draw: number): number {
  const radius = Math.sqrt(-2 * Math.log(hashedUniform(hash, 2 * draw)));
  return radius * Math.cos(2 * Math.PI * hashedUniform(hash, 2 * draw + 1));
}

function mixWord(hash: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const mixed = hash ^ k;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finalize(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
