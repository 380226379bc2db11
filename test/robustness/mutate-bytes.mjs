/** Changes bytes of a file at random: bits, bytes, whole numbers, digits, pieces and the end. */
import { Buffer } from "node:buffer";

const EDGES = [0, 1, 2, 7, 255, 65_535, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
/** What means something in a table of text. */
const PUT = [
  "",
  "-",
  ",",
  "9",
  "\n",
  '"',
  "e9",
  ".",
  "NaN",
  ";",
  "{",
  "_",
  "\0",
  "é",
  "99999999999999999999",
];
const ABSURD = ["99999999999", "1e308", "1e15", "-1", "0", "0.5", '"NaN"', "null", "[]", "{}", '""'];

/** Returns the bytes with one to three changes. */
export function mutateBytes(bytes, random) {
  let changed = Buffer.from(bytes);
  const changes = 1 + Math.floor(3 * random() ** 2);
  for (let i = 0; i < changes; i++) changed = pick(random, WAYS)(changed, random);
  return changed;
}

const WAYS = [
  (bytes, random) => {
    const at = place(bytes, random);
    bytes[at] ^= 1 << Math.floor(8 * random());
    return bytes;
  },
  (bytes, random) => {
    bytes[place(bytes, random)] = pick(random, [0, 1, 127, 128, 255, Math.floor(256 * random())]);
    return bytes;
  },
  // A whole number of four or eight bytes, where the format has them.
  (bytes, random) => {
    const at = 4 * Math.floor(place(bytes, random) / 4);
    const value = pick(random, [...EDGES, bytes.length]);
    if (at + 8 > bytes.length) return bytes;
    bytes.writeUInt32LE(value, at);
    if (random() < 0.3) bytes.writeUInt32LE(pick(random, [0, 1, 2 ** 32 - 1]), at + 4);
    return bytes;
  },
  // A number of the metadata, which is text; the file keeps its length where the new one is shorter.
  (bytes, random) => {
    const numbers = [...bytes.toString("latin1").matchAll(/(?<=[:,[])-?\d+(\.\d+)?(?=[,\]}])/g)];
    if (numbers.length === 0) return bytes;
    const { index, 0: number } = pick(random, numbers);
    const text = pick(random, ABSURD).slice(0, number.length).padEnd(number.length);
    bytes.write(text, index, "latin1");
    return bytes;
  },
  // A few characters for others.
  (bytes, random) => {
    const at = place(bytes, random);
    const put = Buffer.from(pick(random, PUT));
    return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + Math.floor(5 * random()))]);
  },
  // One piece over another, as of a file that was written twice.
  (bytes, random) => {
    const from = place(bytes, random);
    bytes.copy(bytes, place(bytes, random), from, from + Math.ceil(64 * random()));
    return bytes;
  },
  (bytes, random) => {
    const at = place(bytes, random);
    const length = pick(random, [1, 4, 8, 64, Math.ceil(bytes.length * random())]);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
  },
  (bytes, random) => {
    const at = place(bytes, random);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at, at + 8), bytes.subarray(at)]);
  },
];

function place(bytes, random) {
  return Math.floor(random() * bytes.length);
}

function pick(random, list) {
  return list[Math.floor(random() * list.length)];
}
