/** Which folders a command may write its results into. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "./errors.js";
import { explainFileError, writeJson } from "./files.js";
import { VERSION } from "./version.js";

/** The file by which a folder of results is known: it names the command whose results they are. */
export const OUT_MARK = "schedlab.json";

/**
 * To be called before a run whose results go into the folder: what takes minutes should not fail at its end.
 *
 * @throws InputError where the folder holds anything but earlier results of the same command, or cannot be
 * read.
 */
export async function checkOutFolder(folder: string, command: string): Promise<void> {
  if (folder === "")
    throw new InputError(
      "the folder of the results has no name; name one (is a variable of the shell not set?)",
    );
  const names = await readdir(folder).catch((error: unknown): string[] => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw explainFileError(error, folder, "write");
  });
  // A command that was killed while it wrote the mark left a temporary file of its name.
  if (names.every((name) => name.startsWith(`${OUT_MARK}.`))) return;
  const owner = names.includes(OUT_MARK) ? await readOwner(join(folder, OUT_MARK)) : undefined;
  if (owner === command) return;
  const held = owner === undefined ? "files that schedlab did not write" : `the results of ${owner}`;
  throw new InputError(
    `cannot write the results of ${command} into ${folder}: it holds ${held}; name a new or an empty folder`,
  );
}

/** Marks the folder as one of the command's results, and makes it where it is missing. */
export async function markOutFolder(folder: string, command: string): Promise<void> {
  await writeJson(join(folder, OUT_MARK), { schedlab: VERSION, command });
}

async function readOwner(path: string): Promise<string | undefined> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw explainFileError(error, path, "read");
  });
  return /"command": "(\w+)"/.exec(text)?.[1];
}
