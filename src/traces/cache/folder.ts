/** The files of kept workloads: how they are named and checked, and which go when they take too much room. */
import { randomBytes } from "node:crypto";
import { readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { sha256OfFile } from "../../workload/inputs.js";

/**
 * Returns the path of the file that is kept under a key; undefined where there is none. The name also holds
 * the SHA-256 of the content: a file that is damaged, or stands under another's name, is removed.
 *
 * @param key 64 hexadecimal digits.
 */
export async function findKept(folder: string, key: string): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(`${key}-`) && one.endsWith(ENDING))) {
    const path = join(folder, name);
    const content = await sha256OfFile(path).catch(() => undefined);
    if (name === nameOf(key, content)) return path;
    await rm(path, { force: true, recursive: true }).catch(() => undefined);
  }
  return undefined;
}

/** Lets `write` write a file, and keeps it under the key. Throws its errors and those of the file system. */
export async function keepFile(
  folder: string,
  key: string,
  write: (path: string) => Promise<void>,
): Promise<void> {
  const draft = join(folder, `${key}-${randomBytes(6).toString("hex")}.draft`);
  await write(draft);
  await rename(draft, join(folder, nameOf(key, await sha256OfFile(draft))));
}

/** Marks a kept file as used now. */
export async function markUsed(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now);
}

/**
 * Removes the files that were not used for the longest time until all take at most `bytes`, also what a
 * process that was killed has left of one.
 */
export async function removeOldest(folder: string, bytes: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => OF_KEY.test(name));
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      // Another process may have removed it.
      const found = await stat(path).catch(() => undefined);
      return { path, size: found?.size ?? 0, used: found?.mtimeMs ?? 0 };
    }),
  );
  files.sort((a, b) => b.used - a.used);
  let sum = 0;
  for (const { path, size } of files) {
    if (sum + size > bytes) await rm(path, { force: true });
    else sum += size;
  }
}

const ENDING = ".arrow";
const OF_KEY = /^[0-9a-f]{64}-/;

function nameOf(key: string, content: string | undefined): string {
  return `${key}-${content}${ENDING}`;
}
