/** Reads the only file in a zip archive. */
import { crc32 } from "node:zlib";
import { openPromise, type Entry, type ZipFile } from "yauzl";
import { InputError } from "../../base/errors.js";

/**
 * Returns the unpacked bytes of the only file in an archive, ignoring folders and the files that macOS adds.
 * @throws InputError for an archive of several files, an encrypted archive or a damaged one.
 */
export async function* zippedFile(path: string, name: string): AsyncGenerator<Buffer> {
  const archive = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw damaged(name, error);
  });
  try {
    const files: Entry[] = [];
    for await (const entry of archive.eachEntry()) if (isFile(entry)) files.push(entry);
    if (files.length !== 1) throw severalFiles(name, files);
    const [file] = files;
    if (file.isEncrypted())
      throw new InputError(`cannot read ${name}: it is an encrypted zip archive; unpack it`);
    yield* contentOfEntry(archive, file);
  } catch (error) {
    throw error instanceof InputError ? error : damaged(name, error);
  } finally {
    archive.close();
  }
}

/**
 * Returns the unpacked bytes of a file in an archive. Throws Error if their checksum is wrong, because yauzl
 * checks only their number.
 */
export async function* contentOfEntry(archive: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  let checksum = 0;
  for await (const chunk of (await archive.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (checksum !== entry.crc32) throw new Error(`wrong CRC of ${entry.fileName}`);
}

function isFile({ fileName }: Entry): boolean {
  const base = fileName.slice(fileName.lastIndexOf("/") + 1);
  return base !== "" && !base.startsWith(".") && !fileName.startsWith("__MACOSX/");
}

function severalFiles(name: string, files: readonly Entry[]): InputError {
  const isWorkbook = files.some(({ fileName }) => fileName.startsWith("xl/"));
  if (isWorkbook)
    return new InputError(`cannot read ${name}: it is an Excel workbook; save its sheet as CSV`);
  return new InputError(
    `cannot read ${name}: it is a zip archive of ${files.length} files; unpack it and give its folder`,
  );
}

function damaged(name: string, error: unknown): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  return new InputError(`damaged zip archive ${name}: ${reason}; download it again`);
}
