import { readdir, readFile, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../../base/errors.js";
import { writeJson } from "../../../base/files.js";

const MANIFEST = "manifest.json";

/**
 * Creates a folder for the intermediate files of long work, or opens the folder that interrupted work with
 * the same key left. Removes the files of work with another key, and files that were not completely written.
 * Throws InputError if the folder holds anything else or cannot be written.
 */
export async function openWorkFolder(folder: string, key: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  const isUnfinished = (name: string): boolean => name.endsWith(".tmp");
  if (names.includes(MANIFEST)) {
    const known = keyOf(await readFile(join(folder, MANIFEST), "utf8"));
    await remove(folder, known === key ? names.filter(isUnfinished) : names);
    if (known === key) return;
  } else {
    const beginnings = names.filter((name) => name.startsWith(MANIFEST) && isUnfinished(name));
    if (beginnings.length < names.length) {
      throw new InputError(
        `folder ${folder} is not empty, but is needed for intermediate files; move or remove it`,
      );
    }
    await remove(folder, beginnings);
  }
  await writeJson(join(folder, MANIFEST), { key });
}

/** Removes the folder. If this is interrupted, the rest is still recognized as a work folder. */
export async function removeWorkFolder(folder: string): Promise<void> {
  await remove(folder, await readdir(folder));
  await rmdir(folder);
}

/** Removes the manifest last: without it, the folder would not be recognized as a work folder. */
async function remove(folder: string, names: readonly string[]): Promise<void> {
  const ordered = [...names].sort((a, b) => Number(a === MANIFEST) - Number(b === MANIFEST));
  for (const name of ordered) await rm(join(folder, name), { recursive: true });
}

function keyOf(manifest: string): string | undefined {
  try {
    return (JSON.parse(manifest) as { key?: string }).key;
  } catch {
    return undefined;
  }
}
