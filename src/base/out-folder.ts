/**
 * Checks where a command is told to write before it starts its work: work of minutes should not fail at its
 * end, nor replace what schedlab did not write.
 */
import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { open, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { InputError } from "./errors.js";
import { explainFileError, writeJson } from "./files.js";
import { VERSION } from "./version.js";

/** The file that marks a folder of results: it names the command that wrote them. */
export const OUT_MARK = "schedlab.json";

/**
 * Checks the folder for the results of a command; it may be missing.
 *
 * @throws InputError where the folder holds anything but earlier results of the same command, or cannot be
 * read or written.
 */
export async function checkOutFolder(folder: string, command: string): Promise<void> {
  if (folder === "")
    throw new InputError(
      "the folder of the results has an empty name; give one (is a shell variable not set?)",
    );
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw explainFileError(error, folder, "write");
  });
  // A command that was killed while it wrote the mark leaves a temporary file whose name starts with the
  // mark's.
  if (names.every((name) => name.startsWith(`${OUT_MARK}.`))) return checkWritable(folder);
  const owner = names.includes(OUT_MARK) ? await readOwner(join(folder, OUT_MARK)) : undefined;
  if (owner === command) return checkWritable(folder);
  const held = owner === undefined ? "files that schedlab did not write" : `the results of ${owner}`;
  throw new InputError(
    `cannot write the results of ${command} into ${folder}: it holds ${held}; name a new or an empty folder`,
  );
}

/**
 * Checks that a file of this name can be written; an existing file may be replaced. Throws InputError for a
 * folder, and as `checkWritable`.
 */
export async function checkOutFile(path: string): Promise<void> {
  await checkWritable(dirname(path));
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new InputError(`cannot write ${path}: it is a folder; give the name of a file`);
}

/**
 * Checks that files can be made in the folder, which may be missing. Makes and removes a temporary file in
 * the nearest parent that exists, because permissions alone do not tell.
 *
 * @throws InputError where a part of the path is a file, or the folder cannot be written.
 */
export async function checkWritable(folder: string): Promise<void> {
  let place = resolve(folder);
  while (!existsSync(place)) place = dirname(place);
  const probe = join(place, `${OUT_MARK}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await (await open(probe, "wx")).close();
    await rm(probe);
  } catch (error) {
    throw explainFileError(error, folder, "write");
  }
}

/** Marks the folder as results of this command; makes the folder if it is missing. */
export async function markOutFolder(folder: string, command: string): Promise<void> {
  await writeJson(join(folder, OUT_MARK), { schedlab: VERSION, command });
}

async function readOwner(path: string): Promise<string | undefined> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw explainFileError(error, path, "read");
  });
  return /"command": "(\w+)"/.exec(text)?.[1];
}
