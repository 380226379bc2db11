import { randomStream } from "../../../src/random.js";

/** What goes wrong in files: bytes of a number, of a row, of an encoding. */
const BYTES = Buffer.from('0123456789.,,,e-+\n\n"\r \t\0abcNaN\xff\xef\xbb\xbf', "latin1");

/** Returns a copy with one to four places changed: a byte replaced, taken out or put in, a stretch taken out or doubled. */
export function mutate(bytes: Buffer, seed: number): Buffer {
  const random = randomStream(seed, "noise", "mutate");
  const below = (n: number): number => Math.floor(random() * n);
  let mutated = Buffer.from(bytes);
  for (let i = below(4); i >= 0; i--) {
    const at = below(mutated.length);
    const byte = BYTES.subarray(below(BYTES.length)).subarray(0, 1);
    const to = Math.min(mutated.length, at + below(200));
    const [before, after] = [mutated.subarray(0, at), mutated.subarray(at)];
    const changed = [
      [before, byte, after.subarray(1)],
      [before, byte, after],
      [before, after.subarray(1)],
      [before, mutated.subarray(to)],
      [mutated.subarray(0, to), after],
    ];
    mutated = Buffer.concat(changed[below(changed.length)]);
  }
  return mutated;
}
