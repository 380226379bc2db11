/** Takes out of an archive what a reader opens. */
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createGunzip, createGzip } from "node:zlib";
import { extract } from "tar-stream";
import { openPromise, type Entry, type ZipFile } from "yauzl";
import { InputError } from "../errors.js";
import { explainFileError, makeFolder } from "../files.js";

/** Whether a file of this name is one that `unpack` opens. */
export const isArchive = (name: string): boolean => /\.(zip|tar\.gz)$/.test(name);

/** Something to be taken out: "rnd" is a folder of the archive, at whatever depth; "table.csv.gz" its file table.csv, packed again. */
interface Target {
  readonly name: string;
  readonly path: string;
  readonly temporary: string;
  files: number;
}

interface Member {
  readonly path: string;
  /** Read, or left: then it costs nothing. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Unpacks the named files and folders of a `.zip` or `.tar.gz` into a folder, each whole or not at all, and removes the archive. One that
 * is damaged is removed, too.
 * @throws InputError for an archive that is damaged, lacks one of the names or has a path that leads out of it, and for a full disk.
 */
export async function unpack(archive: string, folder: string, names: readonly string[]): Promise<void> {
  const targets = names.map((name) => {
    const path = join(folder, name);
    return { name, path, temporary: `${path}.tmp`, files: 0 };
  });
  try {
    for (const { temporary } of targets) await rm(temporary, { recursive: true, force: true });
    await takeOut(archive, targets);
    const lacking = targets.find(({ files }) => files === 0);
    if (lacking !== undefined) throw new Error(`it lacks ${lacking.name.replace(/\.gz$/, "")}`);
    for (const { temporary, path } of targets) await rename(temporary, path);
    await rm(archive);
  } catch (error) {
    for (const { temporary } of targets) await rm(temporary, { recursive: true, force: true });
    const explained = explainFileError(error, folder, "write");
    if (explained instanceof InputError) throw explained;
    await rm(archive, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `cannot unpack ${archive} (now removed): ${reason}; try again, or another mirror with --from`,
      { cause: error },
    );
  }
}

async function takeOut(archive: string, targets: readonly Target[]): Promise<void> {
  for await (const { path, content } of archive.endsWith(".zip")
    ? zipMembers(archive)
    : tarMembers(archive)) {
    const [target, place] = placeOf(path, targets) ?? [];
    if (target === undefined || place === undefined) continue;
    makeFolder(dirname(place));
    // Level 1: the disk, not the processor, should be what it waits for.
    const packing = target.name.endsWith(".gz") ? [createGzip({ level: 1 })] : [];
    await pipeline([Readable.from(content), ...packing, createWriteStream(place)]);
    target.files++;
  }
}

/** The target to which a member of an archive belongs, and where it is written; undefined for one that is not asked for. */
function placeOf(path: string, targets: readonly Target[]): readonly [Target, string] | undefined {
  const steps = path.split("/").filter((step) => step !== "." && step !== "");
  if (path.startsWith("/") || steps.includes("..") || path.includes("\\"))
    throw new Error(`a path leads out of it: ${path}`);
  for (const target of targets) {
    if (`${basename(path)}.gz` === target.name) return [target, target.temporary];
    const at = steps.indexOf(target.name);
    if (at >= 0 && at < steps.length - 1) return [target, join(target.temporary, ...steps.slice(at + 1))];
  }
  return undefined;
}

async function* tarMembers(archive: string): AsyncGenerator<Member> {
  const members = extract();
  const fed = pipeline(createReadStream(archive), createGunzip(), members);
  // What breaks the feed breaks the loop as well, which is where it is thrown.
  fed.catch(() => undefined);
  for await (const entry of members) {
    const content = entry as AsyncIterable<unknown> as AsyncIterable<Uint8Array>;
    if (entry.header.type === "file") yield { path: entry.header.name, content };
    entry.resume();
  }
  await fed;
}

async function* zipMembers(archive: string): AsyncGenerator<Member> {
  const zip = await openPromise(archive, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith("/")) yield { path: entry.fileName, content: zipContent(zip, entry) };
  }
}

/** The bytes of a member of a zip file; the library checks their number, not their sum. */
async function* zipContent(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  let sum = 0;
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    sum = crc32(chunk, sum);
    yield chunk;
  }
  if (sum !== entry.crc32) throw new Error(`wrong CRC of ${entry.fileName}`);
}
