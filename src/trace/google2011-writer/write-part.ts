/** How a part becomes a file. */
import { gzipSync } from "node:zlib";
import { writeFileAtomic } from "../../files.js";
import { usageTexts, type UsageRows } from "./usage-rows.js";

/** Level 6, zlib's own choice, takes three times as long for files 2 % smaller; 9, fifteen times as long for the same. */
const LEVEL = 4;

export interface TextPart {
  readonly path: string;
  readonly text: string;
}

export interface UsagePart {
  readonly path: string;
  readonly rows: UsageRows;
}

/** Writes a text, compressed. The file appears whole or not at all; errors as `writeFileAtomic`. */
export function writeText({ path, text }: TextPart): Promise<void> {
  return writeCompressed(path, Buffer.from(text));
}

/** Writes rows of task_usage as `writeText` does. */
export function writeUsage({ path, rows }: UsagePart): Promise<void> {
  return writeCompressed(path, Buffer.concat(Array.from(usageTexts(rows), (text) => Buffer.from(text))));
}

/** Gzip bytes that do not depend on the platform: no time, operating system "unknown". */
async function writeCompressed(path: string, text: Uint8Array): Promise<void> {
  const bytes = gzipSync(text, { level: LEVEL });
  bytes.fill(0, 4, 8);
  bytes[9] = 255;
  await writeFileAtomic(path, bytes);
}
