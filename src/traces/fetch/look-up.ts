/** Asks a server for a file's length without fetching the file, and fetches lists of checksums. */
import { setTimeout as sleep } from "node:timers/promises";
import { InputError } from "../../base/errors.js";
import type { DownloadOptions } from "./download.js";
import { LONGEST_LIST } from "./limits.js";
import { request, Transient, type Answer } from "./request.js";

export type Patience = Required<Pick<DownloadOptions, "attempts" | "pauseMs" | "stallMs">>;

/**
 * Returns the length of a file in bytes; undefined if the server does not say. Throws InputError as `request`
 * does.
 */
export async function fileLength(url: string, patience: Patience): Promise<number | undefined> {
  const answer = await patiently(patience, () => request(url, { method: "HEAD", stallMs: patience.stallMs }));
  answer.cancel();
  return answer.length;
}

/**
 * Returns a list of checksums as text; undefined if the server has no file of this name. Throws InputError if
 * the server cannot be reached, or if the file is too long to be such a list.
 */
export async function fileText(url: string, patience: Patience): Promise<string | undefined> {
  return patiently(patience, async () => {
    let answer: Answer;
    try {
      answer = await request(url, { stallMs: patience.stallMs });
    } catch (error) {
      // The file does not exist or is not public: the trace can be fetched without it.
      if (error instanceof InputError) return undefined;
      throw error;
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    try {
      // The bytes may be unpacked on the way: their number is counted, not the announced one.
      for await (const chunk of answer.body) {
        length += chunk.length;
        if (length > LONGEST_LIST) throw tooLong(url);
        chunks.push(chunk);
      }
    } catch (error) {
      answer.cancel();
      if (error instanceof InputError) throw error;
      throw new Transient(`the connection to ${url} drops, again and again; check the network`, {
        cause: error,
      });
    }
    const bytes = Buffer.concat(chunks);
    if (answer.length !== undefined && bytes.length < answer.length)
      throw new Transient(`${url} ends too early, again and again; try again later`);
    return bytes.toString("utf8");
  });
}

function tooLong(url: string): InputError {
  return new InputError(
    `${url} is longer than ${LONGEST_LIST / 1e6} MB, so it is no list of checksums; give a mirror by --from`,
  );
}

/** Repeats the work while its failure may be temporary. Throws InputError after the last attempt. */
async function patiently<T>({ attempts, pauseMs }: Patience, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Transient)) throw error;
      if (attempt >= attempts) throw new InputError(error.message, { cause: error });
      await sleep(Math.min(30_000, pauseMs * 2 ** (attempt - 1)));
    }
  }
}
