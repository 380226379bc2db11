/** Fetches a trace of the catalogue into a folder that the trace's reader can open. */
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { InputError } from "../../base/errors.js";
import { explainFileError, makeFolder } from "../../base/files.js";
import { inOrder } from "../../base/in-order.js";
import type { OnProgress } from "../../base/progress.js";
import { requireFreeSpace } from "../../base/free-space.js";
import { sha256OfFile } from "../../workload/inputs.js";
import type { Choice, FetchableTrace, RemoteFile } from "./catalogue.js";
import { download, sizeOf, type DownloadOptions } from "./download.js";
import { ATTEMPTS, STALL_MS } from "./limits.js";
import { fileLength, fileText } from "./look-up.js";
import { isArchive, unpack } from "./unpack.js";

export interface FetchOptions extends Pick<DownloadOptions, "longest" | "attempts" | "pauseMs" | "stallMs"> {
  /** The address of a mirror, instead of the catalogue's base address. */
  readonly from?: string;
  /** The number of files to fetch at the same time. Default 4. */
  readonly jobs?: number;
  /** Refuse files without a published SHA-256. Default false. */
  readonly requireChecksum?: boolean | undefined;
  readonly onProgress?: OnProgress;
}

export interface FetchReport {
  /** The numbers of files that came, and of complete files that existed already; an archive counts as one. */
  readonly fetched: number;
  readonly kept: number;
  /** The number of all these files whose SHA-256 was found to be the published one. */
  readonly verified: number;
  /**
   * The number of other files that are archives and were unpacked, now or before: their own check sums were
   * right. For the remaining files, only the length was checked.
   */
  readonly unpacked: number;
  readonly bytes: number;
  /** Why files of a trace with a list of checksums were not verified; undefined where all are in the list. */
  readonly listFault: string | undefined;
}

/** A file of the trace: its address on the server and its local state. */
export interface PlannedFile {
  readonly url: string;
  /** The local path to which it is downloaded. */
  readonly path: string;
  readonly sha256: string | undefined;
  /** If it is an archive: the names to unpack that do not exist yet. */
  readonly lacking: readonly string[];
  /** In bytes; undefined if the server does not say, or was not asked. */
  readonly length: number | undefined;
  readonly isThere: boolean;
}

/**
 * Fetches the chosen files of a trace into a folder, and returns what came. An existing file is kept if it
 * has the published SHA-256, or, if none is published, the right length; files unpacked before are kept.
 * Half-finished downloads are continued: see `download`. Archives are unpacked.
 * @throws InputError for a server that cannot be reached or refuses, a full disk (checked before the
 * download), and files that are not what was published or cannot be unpacked.
 */
export async function fetchTrace(
  trace: FetchableTrace,
  folder: string,
  choice: Choice,
  options: FetchOptions = {},
): Promise<FetchReport> {
  const { jobs = 4, longest, onProgress } = options;
  const { files, listFault } = await planFetch(trace, folder, choice, options);
  const missing = files.filter(({ isThere }) => !isThere);
  const halves = await Promise.all(missing.map(({ path }) => sizeOf(`${path}.part`)));
  const total = missing.reduce((sum, { length = 0 }) => sum + length, 0);
  let done = halves.reduce((sum, size) => sum + size, 0);
  // The unpacked files take at least as much space as the archive, and unpacking takes time, too.
  const packed = files.reduce((sum, { lacking, length = 0 }) => sum + (lacking.length > 0 ? length : 0), 0);
  await requireFreeSpace(folder, Math.max(0, total + packed - done), "the download");
  const report = reporter(onProgress, total + packed, done);
  const onBytes = (bytes: number): void => {
    done += bytes;
    report(done);
  };
  const checks = await inOrder(files, jobs, async ({ url, path, sha256, length, lacking, isThere }) => {
    makeFolderFor(path);
    let check: "sha256" | "length" | "nothing" = sha256 === undefined ? "length" : "sha256";
    if (!isThere)
      check = await download(url, path, { ...patienceOf(options), longest, sha256, length, onBytes });
    if (lacking.length > 0) await unpack(path, folder, lacking, onBytes);
    return isArchive(path) && (lacking.length === 0 || check !== "sha256") ? "unpacked" : check;
  });
  return {
    fetched: missing.length,
    kept: files.length - missing.length,
    verified: checks.filter((check) => check === "sha256").length,
    unpacked: checks.filter((check) => check === "unpacked").length,
    bytes: total,
    listFault,
  };
}

/** What `fetchTrace` would do. */
export interface FetchPlan extends Pick<FetchReport, "listFault"> {
  readonly files: readonly PlannedFile[];
}

/** Returns what `fetchTrace` would do, after asking the server for lengths. Throws the same errors. */
export async function planFetch(
  trace: FetchableTrace,
  folder: string,
  choice: Choice,
  options: Omit<FetchOptions, "onProgress"> = {},
): Promise<FetchPlan> {
  const { from = trace.base, jobs = 4, requireChecksum = false } = options;
  const patience = patienceOf(options);
  const base = checkUrl(from);
  const list = trace.sums === undefined ? undefined : `${base}/${trace.sums}`;
  const text = list === undefined ? undefined : await fileText(list, patience);
  const sums = parseSums(text ?? "");
  const wanted = trace.files(choice);
  const unlisted = wanted.filter(({ remote, sha256 = sums.get(remote) }) => sha256 === undefined);
  const listFault = unlisted.length === 0 ? undefined : describeFault(list, text, unlisted);
  if (requireChecksum && unlisted.length > 0) throw withoutChecksum(trace.name, listFault);
  const files = await inOrder(wanted, jobs, async ({ remote, becomes, sha256 = sums.get(remote) }) => {
    const url = `${base}/${remote}`;
    const path = join(folder, isArchive(remote) ? basename(remote) : becomes[0]);
    const lacking = isArchive(remote) ? await absentOf(folder, becomes) : [];
    if (isArchive(remote) && lacking.length === 0)
      return { url, path, sha256, lacking, length: undefined, isThere: true };
    const length = await fileLength(url, patience);
    return { url, path, sha256, lacking, length, isThere: await isComplete(path, length, sha256) };
  });
  return { files, listFault };
}

function describeFault(
  list: string | undefined,
  text: string | undefined,
  unlisted: readonly RemoteFile[],
): string | undefined {
  if (list === undefined) return undefined;
  return text === undefined ? `there is no ${list}` : `${list} does not name ${unlisted[0].remote}`;
}

function withoutChecksum(name: string, listFault: string | undefined): InputError {
  return new InputError(
    listFault === undefined
      ? `no SHA-256 is published for ${name}; leave out --require-checksum, or choose another trace`
      : `no SHA-256 to check against: ${listFault}; leave out --require-checksum, or change --from`,
  );
}

function patienceOf({
  attempts = ATTEMPTS,
  pauseMs = 1000,
  stallMs = STALL_MS,
}: FetchOptions): Required<Pick<DownloadOptions, "attempts" | "pauseMs" | "stallMs">> {
  return { attempts, pauseMs, stallMs };
}

function checkUrl(from: string): string {
  const url = URL.canParse(from) ? new URL(from) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new InputError(`invalid mirror: ${from}; give an address that begins with https:// or http://`);
  return from.replace(/\/+$/, "");
}

/**
 * Returns the SHA-256 by name, from lines in the form of `sha256sum`: "HASH  task_usage/part-...", "HASH
 * *./task_usage/part-...".
 */
function parseSums(text: string): Map<string, string> {
  const sums = new Map<string, string>();
  for (const line of text.split("\n")) {
    const match = /^([0-9a-f]{64}) [ *](?:\.\/)?(\S+)\s*$/i.exec(line);
    if (match !== null) sums.set(match[2], match[1].toLowerCase());
  }
  return sums;
}

async function absentOf(folder: string, names: RemoteFile["becomes"]): Promise<string[]> {
  const found = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return names.filter((_, i) => !found[i]);
}

async function isComplete(
  path: string,
  length: number | undefined,
  sha256: string | undefined,
): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || (length !== undefined && found.size !== length)) return false;
  return sha256 === undefined ? length !== undefined : (await sha256OfFile(path)) === sha256;
}

function makeFolderFor(path: string): void {
  try {
    makeFolder(dirname(path));
  } catch (error) {
    throw explainFileError(error, dirname(path), "write");
  }
}

/**
 * Reports megabytes and the rate since the beginning. The bytes of an archive count twice: for the download
 * and for unpacking. The progress bar computes the remaining time.
 */
function reporter(onProgress: OnProgress | undefined, total: number, before: number): (done: number) => void {
  const began = performance.now();
  const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
  return (done) => {
    const rate = (done - before) / Math.max(1, performance.now() - began) / 1000;
    onProgress?.({
      phase: "fetching",
      done: megabytes(done),
      ...(total > 0 ? { total: megabytes(Math.max(total, done)) } : {}),
      unit: `MB, ${rate.toFixed(1)} MB/s`,
    });
  };
}
