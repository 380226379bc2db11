/** Writes a part to a file. */
import { gzipSync } from "node:zlib";
import { writeFileAtomic } from "../../base/files.js";
import { usageLines, type UsageRows } from "./usage-rows.js";

/**
 * Level 6, zlib's default, takes three times as long for files that are 2 % smaller; level 9 takes fifteen
 * times as long for the same files.
 */
const LEVEL = 4;

/** A file to write: either its text, or the data for the text. */
export interface TextPart {
  readonly path: string;
  readonly text: Uint8Array;
}

export interface UsagePart {
  readonly path: string;
  readonly rows: UsageRows;
}

/**
 * Writes a text, compressed. The file appears completely or not at all. Throws errors as `writeFileAtomic`.
 */
export function writeText({ path, text }: TextPart): Promise<void> {
  return writeCompressed(path, text);
}

/** Writes rows of task_usage as `writeText` does. */
export function writeUsage({ path, rows }: UsagePart): Promise<void> {
  return writeCompressed(path, textOf(usageLines(rows)));
}

/**
 * The number of characters to convert to bytes at once: without this, the text of a whole part is too many
 * pieces for the young generation of the heap.
 */
const TEXT = 1 << 16;

/** Returns the lines as text, a line break after each. */
export function textOf(lines: Iterable<string>): Uint8Array {
  const pieces: Buffer[] = [];
  let text = "";
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length < TEXT) continue;
    pieces.push(Buffer.from(text));
    text = "";
  }
  return Buffer.concat([...pieces, Buffer.from(text)]);
}

/** Writes gzip bytes that do not depend on the platform: no time, operating system "unknown". */
async function writeCompressed(path: string, text: Uint8Array): Promise<void> {
  const bytes = gzipSync(text, { level: LEVEL });
  bytes.fill(0, 4, 8);
  bytes[9] = 255;
  await writeFileAtomic(path, bytes);
}
