import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import { writeJson } from "../../files.js";

const MANIFEST = "manifest.json";

/**
 * Makes a folder for the parts of some long work, or takes it up again where it was left by work with the same key;
 * what work with another key left is removed.
 * Throws InputError where the folder holds anything else, or cannot be written.
 */
export async function openWorkFolder(folder: string, key: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length > 0) {
    const manifest = await readFile(join(folder, MANIFEST), "utf8").catch(() => undefined);
    if (manifest === undefined) {
      throw new InputError(
        `folder ${folder} is not empty: it is needed for work in progress; move or remove it`,
      );
    }
    if (keyOf(manifest) === key) return;
    await rm(folder, { recursive: true });
  }
  await writeJson(join(folder, MANIFEST), { key });
}

function keyOf(manifest: string): string | undefined {
  try {
    return (JSON.parse(manifest) as { key?: string }).key;
  } catch {
    return undefined;
  }
}
