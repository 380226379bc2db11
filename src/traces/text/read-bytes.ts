/** Reads the text of a file as bytes of UTF-8, whatever its compression and encoding. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { InputError } from "../../base/errors.js";
import { explainFileError } from "../../base/files.js";
import { sha256OfFile } from "../../workload/inputs.js";
import { contentOf, HEAD_BYTES, headOf, type Content } from "./content.js";
import { zippedFile } from "./zip.js";

type Bytes = AsyncIterable<Buffer>;

const CHUNK = 1 << 18;

/**
 * Passes the text of a file to `consume`, as UTF-8 without a byte order mark, and returns the SHA-256 of the
 * file on disk. A file may be plain text, gzip, or a zip archive of one file, in UTF-8 or UTF-16.
 * @throws InputError for a file of another kind, which the error names, and for a file that is missing,
 * unreadable or damaged.
 */
export async function readBytes(
  path: string,
  name: string,
  consume: (bytes: Bytes) => Promise<void>,
): Promise<string> {
  let failure: unknown;
  const noting = async (bytes: Bytes): Promise<void> => {
    try {
      await consume(bytes);
    } catch (error) {
      throw (failure ??= error);
    }
  };
  try {
    const content = contentOf(await headOf(path), name);
    if (content === "zip") {
      await noting(asText(zippedFile(path, name), name));
      return await sha256OfFile(path);
    }
    return await streamBytes(
      path,
      content,
      (bytes) => noting(asText(bytes, name)),
      (error) => {
        failure ??= error;
      },
    );
  } catch (error) {
    // If a row fails before the whole file is unpacked, the error of the pipeline may say only that it was
    // aborted.
    throw explainReading(failure ?? error, name);
  }
}

/** Returns the whole text of a file, which `readBytes` reads. */
export async function readText(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  await readBytes(path, path, async (bytes) => {
    for await (const chunk of bytes) chunks.push(chunk);
  });
  return Buffer.concat(chunks).toString();
}

/**
 * Throws the InputError of `readBytes` for a file that no reader can open, such as an archive of many files.
 * Reads only the beginning of the file.
 */
export async function requireReadable(path: string, name: string): Promise<void> {
  if (contentOf(await headOf(path), name) === "parquet") return;
  const isEnough = new Error("enough was read");
  const look = async (bytes: Bytes): Promise<void> => {
    for await (const chunk of bytes) if (chunk.length > 0) throw isEnough;
  };
  await readBytes(path, name, look).catch((error: unknown) => {
    if (error !== isEnough) throw error;
  });
}

/**
 * Passes the bytes of a file to `consume`, unpacked if they are gzip, and returns the SHA-256 of the file.
 * Throws the errors of Node.js unchanged.
 */
export async function streamBytes(
  path: string,
  content: Content,
  consume: (bytes: Bytes) => Promise<void>,
  onGzipError: (error: Error) => void = () => undefined,
): Promise<string> {
  const hash = createHash("sha256");
  const hashed = async function* (chunks: Bytes): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const bytes = createReadStream(path, { highWaterMark: CHUNK });
  if (content === "gzip") {
    const gunzip = createGunzip({ chunkSize: CHUNK }).once("error", onGzipError);
    await pipeline(bytes, hashed, gunzip, consume);
  } else {
    await pipeline(bytes, hashed, consume);
  }
  return hash.digest("hex");
}

/** Checks the unpacked content, because gzip may contain a tar archive, and converts UTF-16 to UTF-8. */
async function* asText(bytes: Bytes, name: string): AsyncGenerator<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let isFirst = true;
  for await (const chunk of bytes) {
    if (isFirst) {
      isFirst = false;
      const content = contentOf(chunk.subarray(0, HEAD_BYTES), name);
      if (content === "gzip" || content === "zip" || content === "parquet")
        throw new InputError(`cannot read ${name}: it is ${content}, compressed twice; unpack it once`);
      decoder = content === "text" || content === "empty" ? undefined : new TextDecoder(content);
      if (decoder === undefined) {
        yield chunk.subarray(startsWithMark(chunk) ? 3 : 0);
        continue;
      }
    }
    yield decoder === undefined ? chunk : Buffer.from(decoder.decode(chunk, { stream: true }));
  }
  if (decoder !== undefined) yield Buffer.from(decoder.decode());
}

/** True for the byte order mark of UTF-8. */
function startsWithMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/**
 * Returns an InputError for a file that is missing, unreadable or damaged gzip; otherwise the error itself.
 */
export function explainReading(error: unknown, name: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "Z_BUF_ERROR")
    return new InputError(`truncated gzip file ${name}: its end is missing; download it again`);
  if (code === "Z_DATA_ERROR")
    return new InputError(`damaged gzip file ${name}: its data are invalid; download it again`);
  return explainFileError(error, name, "read");
}
