import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { Schema } from "../csv.js";
import type { OnError } from "../options.js";
import { createScanner, type Scanned } from "./scan-rows.js";

export interface ScannedFile extends Scanned {
  /** Of the file's bytes as they are on disk. */
  readonly sha256: string;
}

const CHUNK = 1 << 18;

/**
 * Reads a `.csv` or `.csv.gz` file as `readCsv` does, to the bit, in one pass. Returns undefined where anything is out
 * of the ordinary (see `createScanner`; also a file that is damaged or not there): `readCsv` then says what and where.
 */
export async function scanFile(
  path: string,
  schema: Schema,
  onError: OnError,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<ScannedFile | undefined> {
  const hash = createHash("sha256");
  const scanner = createScanner(schema, onError);
  const hashed = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      onBytes(chunk.length);
      yield chunk;
    }
  };
  const scan = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) if (!scanner.feed(chunk)) return;
  };
  const bytes = createReadStream(path, { highWaterMark: CHUNK });
  try {
    if (path.endsWith(".gz")) await pipeline(bytes, hashed, createGunzip({ chunkSize: CHUNK }), scan);
    else await pipeline(bytes, hashed, scan);
  } catch {
    return undefined;
  }
  const scanned = scanner.finish();
  return scanned && { ...scanned, sha256: hash.digest("hex") };
}
