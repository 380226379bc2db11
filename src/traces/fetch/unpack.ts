/** Takes the files that a reader opens out of an archive. */
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { extract } from "tar-stream";
import { openPromise } from "yauzl";
import { InputError } from "../../base/errors.js";
import { explainFileError, makeFolder } from "../../base/files.js";
import { contentOfEntry } from "../text/zip.js";
import { mostUnpacked } from "./limits.js";

/** Returns whether `unpack` opens files with this name. */
export const isArchive = (name: string): boolean => /\.(zip|tar\.gz)$/.test(name);

/**
 * Something to take out: "20110303" is a folder at any depth; "table.csv.gz" is the file table.csv, which is
 * compressed again.
 */
interface Target {
  readonly name: string;
  readonly path: string;
  readonly temporary: string;
  files: number;
}

interface Member {
  readonly path: string;
  /** May be left unread at no cost. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Unpacks the named files and folders of a `.zip` or `.tar.gz` into a folder, each completely or not at all,
 * and removes the archive. A damaged archive is removed, too. If only one name is asked for and a zip holds
 * no folder of this name, the whole zip is taken as that folder. `onBytes` is called with the number of the
 * archive's bytes as they are read.
 * @throws InputError for an archive that is damaged, lacks one of the names, unpacks to far more than its
 * size or has a path that leads out of the folder, and for a full disk.
 */
export async function unpack(
  archive: string,
  folder: string,
  names: readonly string[],
  onBytes: (bytes: number) => void = () => undefined,
): Promise<void> {
  const targets = names.map((name) => {
    const path = join(folder, name);
    return { name, path, temporary: `${path}.tmp`, files: 0 };
  });
  const removeTemporary = async (): Promise<void> => {
    for (const { temporary } of targets) await rm(temporary, { recursive: true, force: true });
  };
  try {
    await removeTemporary();
    const isZip = archive.endsWith(".zip");
    const most = mostUnpacked((await stat(archive)).size);
    const members = isZip ? zipMembers(archive, most, onBytes) : tarMembers(archive, most, onBytes);
    await takeOut(members, targets, isZip && targets.length === 1 ? targets[0] : undefined);
    const lacking = targets.find(({ files }) => files === 0);
    if (lacking !== undefined) throw new Error(`it lacks ${lacking.name.replace(/\.gz$/, "")}`);
    for (const { temporary, path } of targets) await rename(temporary, path);
    await rm(archive);
  } catch (error) {
    await removeTemporary();
    if (!isDamage(error)) throw explainFileError(error, folder, "write");
    await rm(archive, { force: true });
    throw new InputError(
      `cannot unpack ${archive} (now removed): ${error.message}; try again, or another mirror with --from`,
      { cause: error },
    );
  }
}

/**
 * Returns whether the archive itself caused the error. Errors of the disk have a code (zlib's errors have one
 * that begins with Z_); TypeError and ReferenceError are our own mistakes.
 */
function isDamage(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof ReferenceError)
    return false;
  return !("code" in error) || String(error.code).startsWith("Z_");
}

async function takeOut(
  members: AsyncIterable<Member>,
  targets: readonly Target[],
  all: Target | undefined,
): Promise<void> {
  for await (const { path, content } of members) {
    const [target, place] = placeOf(path, targets, all) ?? [];
    if (target === undefined || place === undefined) continue;
    makeFolder(dirname(place));
    // Level 1: unpacking should wait for the disk, not for the processor.
    const packing = target.name.endsWith(".gz") ? [createGzip({ level: 1 })] : [];
    await pipeline([Readable.from(content), ...packing, createWriteStream(place)]);
    target.files++;
  }
}

/**
 * Returns the target that a member of an archive belongs to, and the path to write it to; undefined for a
 * member that was not asked for. A member that belongs to no target goes to `all`.
 */
function placeOf(
  path: string,
  targets: readonly Target[],
  all: Target | undefined,
): readonly [Target, string] | undefined {
  const steps = path.split("/").filter((step) => step !== "." && step !== "");
  if (path.startsWith("/") || steps.includes("..") || path.includes("\\"))
    throw new Error(`a path leads out of it: ${path}`);
  for (const target of targets) {
    if (`${basename(path)}.gz` === target.name) return [target, target.temporary];
    const at = steps.indexOf(target.name);
    if (at >= 0 && at < steps.length - 1) return [target, join(target.temporary, ...steps.slice(at + 1))];
  }
  return all === undefined || all.name.endsWith(".gz") ? undefined : [all, join(all.temporary, ...steps)];
}

async function* tarMembers(
  archive: string,
  most: number,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Member> {
  const members = extract();
  const unpacked = limit(most);
  const feed = pipeline(
    counted(createReadStream(archive), onBytes),
    createGunzip(),
    (chunks: AsyncIterable<Uint8Array>) => counted(chunks, unpacked),
    members,
  );
  const fault = feed.then(
    () => undefined,
    (error: unknown) => error,
  );
  try {
    for await (const entry of members) {
      const content = entry as AsyncIterable<unknown> as AsyncIterable<Uint8Array>;
      if (entry.header.type === "file") yield { path: entry.header.name, content };
      entry.resume();
    }
  } catch (error) {
    // The error of the feed says more than the error of the interrupted loop.
    throw (await fault) ?? error;
  }
  await feed;
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    onBytes(chunk.length);
    yield chunk;
  }
}

/** Returns a function that adds up numbers of bytes. It throws Error above the limit. */
function limit(most: number): (bytes: number) => void {
  let sum = 0;
  return (bytes) => {
    sum += bytes;
    if (sum > most) throw new Error(`it would unpack to more than ${Math.ceil(most / 1e6)} MB`);
  };
}

async function* zipMembers(
  archive: string,
  most: number,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Member> {
  const zip = await openPromise(archive, { lazyEntries: true });
  const unpacked = limit(most);
  for await (const entry of zip.eachEntry()) {
    // yauzl refuses a member that is longer than it says.
    unpacked(entry.uncompressedSize);
    if (!entry.fileName.endsWith("/")) yield { path: entry.fileName, content: contentOfEntry(zip, entry) };
    onBytes(entry.compressedSize);
  }
}
