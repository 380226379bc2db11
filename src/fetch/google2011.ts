/** Fetches parts of the Google 2011 trace (clusterdata-2011-2) from its public bucket, in the folders in which `google2011:DIR` reads them. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { InputError } from "../errors.js";
import { explainFileError, makeFolder } from "../files.js";
import { inParallel } from "../in-parallel.js";
import type { OnProgress } from "../progress.js";
import { requireFreeSpace } from "../trace/bulk/free-space.js";
import { partName } from "../trace/google2011/layout.js";
import { sha256OfFile } from "../trace/inputs.js";
import { download, sizeOf, type DownloadOptions } from "./download.js";
import { fileLength, fileText } from "./look-up.js";

/** The bucket over plain HTTPS, as the trace's "format + schema" document names it. */
export const BUCKET = "https://commondatastorage.googleapis.com/clusterdata-2011-2";

export const FETCHED_TABLES = ["machine_events", "job_events", "task_events", "task_usage"] as const;
export type FetchedTable = (typeof FETCHED_TABLES)[number];

/** Numbers of parts: 0 to 499. */
export const LAST_PART = 499;

export interface FetchOptions extends Pick<DownloadOptions, "attempts" | "pauseMs" | "stallMs"> {
  /** Where the bucket's content lies. Default: the bucket. */
  readonly from?: string;
  /** Default: those that a replay needs, all but job_events. */
  readonly tables?: readonly FetchedTable[];
  /** Files at a time. Default 4. */
  readonly jobs?: number;
  readonly onProgress?: OnProgress;
}

export interface FetchReport {
  /** Files that came, and files that were there already, complete. */
  readonly fetched: number;
  readonly kept: number;
  /** Of all, those whose SHA-256 is the published one; the others were checked for length alone. */
  readonly verified: number;
  readonly bytes: number;
}

interface Wanted {
  readonly name: string;
  readonly path: string;
  readonly url: string;
  readonly sha256: string | undefined;
}

/**
 * Fetches parts of the trace into a folder, and returns what came. Files that are there are kept where they have the published SHA-256, or,
 * where the server publishes none (its file SHA256SUM), the right length. Half-finished ones are gone on with: see `download`.
 * @throws InputError for parts that do not exist, a server that cannot be reached or refuses, a full disk (looked at beforehand), and
 * files that are not what was published.
 */
export async function fetchGoogle2011(
  folder: string,
  parts: readonly number[],
  options: FetchOptions = {},
): Promise<FetchReport> {
  const {
    from = BUCKET,
    tables = ["machine_events", "task_events", "task_usage"],
    jobs = 4,
    onProgress,
  } = options;
  const { attempts = 6, pauseMs = 1000, stallMs = 60_000 } = options;
  const patience = { attempts, pauseMs, stallMs };
  const base = checkUrl(from);
  const wrong = parts.find((part) => !(Number.isInteger(part) && part >= 0 && part <= LAST_PART));
  if (wrong !== undefined) throw new InputError(`no part ${wrong}: the trace has parts 0 to ${LAST_PART}`);
  const sums = parseSums(await fileText(`${base}/SHA256SUM`, patience));
  const wanted = namesOf(tables, parts).map((name) => ({
    name,
    path: join(folder, name),
    url: `${base}/${name}`,
    sha256: sums.get(name),
  }));
  const files = await inParallel(wanted, jobs, async (file) => {
    const length = await fileLength(file.url, patience);
    return { ...file, length, isThere: await isComplete(file, length) };
  });
  const missing = files.filter(({ isThere }) => !isThere);
  const halves = await Promise.all(missing.map(({ path }) => sizeOf(`${path}.part`)));
  const total = missing.reduce((sum, { length = 0 }) => sum + length, 0);
  let done = halves.reduce((sum, size) => sum + size, 0);
  await requireFreeSpace(folder, Math.max(0, total - done), "the download");
  const report = reporter(onProgress, total, done);
  for (const table of tables) {
    try {
      makeFolder(join(folder, table));
    } catch (error) {
      throw explainFileError(error, join(folder, table), "write");
    }
  }
  const onBytes = (bytes: number): void => {
    done += bytes;
    report(done);
  };
  const checks = await inParallel(missing, jobs, ({ url, path, sha256 }) =>
    download(url, path, { ...patience, sha256, onBytes }),
  );
  const verifiedBefore = files.filter(({ isThere, sha256 }) => isThere && sha256 !== undefined).length;
  return {
    fetched: missing.length,
    kept: files.length - missing.length,
    verified: verifiedBefore + checks.filter((check) => check === "sha256").length,
    bytes: total,
  };
}

function checkUrl(from: string): string {
  const url = URL.canParse(from) ? new URL(from) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new InputError(`invalid mirror: ${from}; give an address that begins with https:// or http://`);
  return from.replace(/\/+$/, "");
}

function namesOf(tables: readonly FetchedTable[], parts: readonly number[]): string[] {
  const numbers = [...new Set(parts)].sort((a, b) => a - b);
  return tables.flatMap((table) =>
    table === "machine_events" ? [partName(table, 0, 1)] : numbers.map((part) => partName(table, part)),
  );
}

/** SHA-256 by name, of lines as `sha256sum` writes them: "HASH  task_usage/part-...", "HASH *./task_usage/part-...". */
function parseSums(text: string | undefined): Map<string, string> {
  const sums = new Map<string, string>();
  for (const line of (text ?? "").split("\n")) {
    const match = /^([0-9a-f]{64}) [ *](?:\.\/)?(\S+)\s*$/i.exec(line);
    if (match !== null) sums.set(match[2], match[1].toLowerCase());
  }
  return sums;
}

async function isComplete({ path, sha256 }: Wanted, length: number | undefined): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || (length !== undefined && found.size !== length)) return false;
  return sha256 === undefined ? length !== undefined : (await sha256OfFile(path)) === sha256;
}

/** Reports megabytes and the rate since the beginning; the bar reckons the time left. */
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
