/** Protects a folder from being overwritten by the results of a command. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "./errors.js";
import { explainFileError, writeJson } from "./files.js";
import { VERSION } from "./version.js";

/** The file that marks a folder of results: it names the command that wrote them. */
export const OUT_MARK = "schedlab.json";

/**
 * Checks the folder before the command starts its work, because work of minutes should not fail at its end.
 *
 * @throws InputError where the folder holds anything but earlier results of the same command, or cannot be
 * read.
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
  if (names.every((name) => name.startsWith(`${OUT_MARK}.`))) return;
  const owner = names.includes(OUT_MARK) ? await readOwner(join(folder, OUT_MARK)) : undefined;
  if (owner === command) return;
  const held = owner === undefined ? "files that schedlab did not write" : `the results of ${owner}`;
  throw new InputError(
    `cannot write the results of ${command} into ${folder}: it holds ${held}; name a new or an empty folder`,
  );
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
