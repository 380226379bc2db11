import { readdir, readFile, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../../base/errors.js";
import { writeJson } from "../../../base/files.js";

const MANIFEST = "manifest.json";

/**
 * Makes a folder for the parts of some long work, or takes it up again where it was left by work with the
 * same key; what work with another key left is removed, and so are files that were being written when it was
 * killed. Throws InputError where the folder holds anything else, or cannot be written.
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
        `folder ${folder} is not empty: it is needed for work in progress; move or remove it`,
      );
    }
    await remove(folder, beginnings);
  }
  await writeJson(join(folder, MANIFEST), { key });
}

/** Removes the folder; whenever it is stopped, what is left is still known as a work folder. */
export async function removeWorkFolder(folder: string): Promise<void> {
  await remove(folder, await readdir(folder));
  await rmdir(folder);
}

/** The manifest goes last. */
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
