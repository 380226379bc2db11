/**
 * Downloads one file. After a dropped connection or a killed process, the bytes that came before are kept.
 */
import { open, readFile, rename, rm, stat, writeFile, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { InputError } from "../../base/errors.js";
import { explainFileError } from "../../base/files.js";
import { requireFreeSpace } from "../../base/free-space.js";
import { sha256OfFile } from "../../workload/inputs.js";
import { ATTEMPTS, LEAST_BYTES, LONGEST_UNANNOUNCED, STALL_MS } from "./limits.js";
import { request, Transient, type Answer } from "./request.js";

export interface DownloadOptions {
  /** The SHA-256 in hexadecimal that the file must have. */
  readonly sha256?: string | undefined;
  /** The number of bytes that the file must have. */
  readonly length?: number | undefined;
  /** The longest file if neither `length` nor the server says how long it is. Default 2 GB. */
  readonly longest?: number | undefined;
  /** The download fails after this many successive attempts without 64 kB of progress. Default 6. */
  readonly attempts?: number;
  /** Wait before the second attempt, doubled before each further one, at most 30 s. Default 1,000 ms. */
  readonly pauseMs?: number;
  /** A connection that brings less than 64 kB in this time counts as dropped. Default 60,000 ms. */
  readonly stallMs?: number;
  /** Called with the number of bytes that came; a negative number means that bytes were thrown away. */
  readonly onBytes?: (bytes: number) => void;
}

const LONGEST_PAUSE = 30_000;

/** Data that show whether a half-finished file belongs to the file that the server has now. */
interface Stub {
  readonly url: string;
  readonly validator: string;
  readonly total: number;
}

/**
 * Downloads a URL to `path`. The file is first named `path.part`, with `path.part.json` beside it, so that a
 * later call continues where an earlier one stopped (HTTP Range with If-Range). Then its length and SHA-256
 * are checked, and it is renamed. If the server has no ranges or its file changed, the download begins again.
 * Returns which of the two was checked.
 * @throws InputError if the server refuses or cannot be reached, if the file is not the expected one, or if
 * it cannot be written.
 */
export async function download(
  url: string,
  path: string,
  {
    sha256,
    length,
    longest = LONGEST_UNANNOUNCED,
    attempts = ATTEMPTS,
    pauseMs = 1000,
    stallMs = STALL_MS,
    onBytes,
  }: DownloadOptions = {},
): Promise<"sha256" | "length" | "nothing"> {
  const part = `${path}.part`;
  let failures = 0;
  let mismatches = 0;
  let furthest = await sizeOf(part);
  for (;;) {
    try {
      const check = await fetchRest(url, part, { length, longest, stallMs, onBytes });
      const wrong = await faultOf(part, { sha256, length });
      if (wrong === undefined) {
        await rename(part, path).catch((error: unknown) => {
          throw explainFileError(error, path, "write");
        });
        await rm(stubOf(part), { force: true });
        return sha256 === undefined ? check : "sha256";
      }
      onBytes?.(-(await sizeOf(part)));
      await discard(part);
      mismatches++;
      if (mismatches > 1) {
        throw new InputError(
          `wrong ${wrong} of ${url}, twice: what the server has is not the published file; try ` +
            "another mirror with --from",
        );
      }
    } catch (error) {
      if (!(error instanceof Transient)) throw error;
      const size = await sizeOf(part);
      // Only new bytes count as progress: a server without ranges could send the same bytes without end.
      const isFurther = size >= furthest + LEAST_BYTES;
      failures = isFurther ? 0 : failures + 1;
      if (isFurther) furthest = size;
      if (failures >= attempts) throw new InputError(error.message, { cause: error });
      await sleep(Math.min(LONGEST_PAUSE, pauseMs * 2 ** Math.max(0, failures - 1)));
    }
  }
}

/** Returns the property of the complete file that is wrong. */
async function faultOf(
  part: string,
  { sha256, length }: Pick<DownloadOptions, "sha256" | "length">,
): Promise<"SHA-256" | "length" | undefined> {
  if (length !== undefined && (await sizeOf(part)) !== length) return "length";
  return sha256 === undefined || (await sha256OfFile(part)) === sha256 ? undefined : "SHA-256";
}

/** Downloads the missing rest of `part`. Throws Transient if another attempt may help. */
async function fetchRest(
  url: string,
  part: string,
  {
    length,
    longest,
    stallMs,
    onBytes,
  }: { longest: number; stallMs: number } & Pick<DownloadOptions, "length" | "onBytes">,
): Promise<"length" | "nothing"> {
  const stub = await readStub(part, url);
  const size = await sizeOf(part);
  const have = stub === undefined ? 0 : size;
  if (stub !== undefined && have === stub.total) return "length";
  const answer = await request(url, {
    stallMs,
    headers: stub !== undefined && have > 0 ? { range: `bytes=${have}-`, "if-range": stub.validator } : {},
  });
  const from = beginOf(answer, have, stub);
  if (from === undefined) {
    answer.cancel();
    onBytes?.(-size);
    await discard(part);
    throw new Transient(`the file behind ${url} changes while it is downloaded; try again later`);
  }
  if (from === 0 && size > 0) onBytes?.(-size);
  const total = answer.status === 206 ? answer.range?.total : answer.length;
  // What a HEAD request told was checked before.
  if (total !== undefined && total !== length)
    await requireFreeSpace(dirname(part), total - from, "the download");
  await writeStub(part, { url, validator: answer.validator ?? "", total: total ?? -1 });
  const announced = Math.min(length ?? Infinity, total ?? Infinity);
  const most = announced === Infinity ? longest : announced;
  if (!(await append(part, from, answer, most, onBytes))) {
    onBytes?.(-(await sizeOf(part)));
    await discard(part);
    throw tooLong(url, most, announced === Infinity);
  }
  if (total === undefined) return "nothing";
  const now = await sizeOf(part);
  if (now >= total) return "length";
  throw new Transient(`${url} ends after ${now} of ${total} bytes, again and again; try again later`);
}

function tooLong(url: string, most: number, isUnannounced: boolean): Error {
  if (!isUnannounced)
    return new Transient(`${url} is longer than the ${most} bytes that the server names; try again later`);
  return new InputError(
    `${url} is longer than ${most} bytes, and the server does not name its length; try a mirror with --from`,
  );
}

/** Returns the place of the answer's first byte; undefined if the answer does not continue the file. */
function beginOf(
  { status, range, validator }: Answer,
  have: number,
  stub: Stub | undefined,
): number | undefined {
  if (status === 200) return 0;
  if (status !== 206 || stub === undefined || range?.from !== have) return undefined;
  const isSame = range.total === stub.total && (validator === undefined || validator === stub.validator);
  return isSame ? have : undefined;
}

/** Writes an answer to `part`, from a position on. Returns false where the file would exceed `most` bytes. */
async function append(
  part: string,
  from: number,
  { body, url, cancel }: Answer,
  most: number,
  onBytes: ((bytes: number) => void) | undefined,
): Promise<boolean> {
  const file = await open(part, from === 0 ? "w" : "r+").catch((error: unknown) => {
    throw explainFileError(error, part, "write");
  });
  try {
    let position = from;
    for await (const chunk of dropped(body, url)) {
      if (position + chunk.length > most) {
        cancel();
        return false;
      }
      await writeAll(file, chunk, position).catch((error: unknown) => {
        throw explainFileError(error, part, "write");
      });
      position += chunk.length;
      onBytes?.(chunk.length);
    }
    await file.sync();
    return true;
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Yields the chunks; an error of the connection becomes Transient. */
async function* dropped(body: AsyncIterable<Uint8Array>, url: string): AsyncGenerator<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await chunks.next().catch((error: unknown) => {
      throw new Transient(
        `the connection to ${url} drops, again and again; check the network, or try a mirror with --from`,
        {
          cause: error,
        },
      );
    });
    if (next.done === true) return;
    yield next.value;
  }
}

const stubOf = (part: string): string => `${part}.json`;

/** Returns the data of a half-finished file; undefined if its download cannot be continued. */
async function readStub(part: string, url: string): Promise<Stub | undefined> {
  const text = await readFile(stubOf(part), "utf8").catch(() => "");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { url: ofUrl, validator, total } = (value ?? {}) as Partial<Stub>;
  if (ofUrl !== url || typeof validator !== "string" || validator === "" || typeof total !== "number")
    return undefined;
  return { url, validator, total };
}

async function writeStub(part: string, stub: Stub): Promise<void> {
  await writeFile(stubOf(part), JSON.stringify(stub)).catch((error: unknown) => {
    throw explainFileError(error, stubOf(part), "write");
  });
}

async function discard(part: string): Promise<void> {
  await rm(stubOf(part), { force: true });
  await rm(part, { force: true });
}

/** Returns 0 if there is no such file. */
export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
