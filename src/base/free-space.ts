import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "./errors.js";

/**
 * Throws InputError where the file system that holds `folder` (or its nearest existing parent) has fewer free
 * bytes for the user than this.
 */
export async function requireFreeSpace(folder: string, bytes: number, what: string): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= bytes) return;
  throw new InputError(
    `not enough disk space in ${folder}: ${what} may take ${describe(bytes)}, ` +
      `${describe(free)} are free; free some space or choose another path`,
  );
}

async function freeBytes(folder: string): Promise<number> {
  for (let path = folder; ; path = dirname(path)) {
    const found = await statfs(path).catch(() => undefined);
    if (found !== undefined) return found.bavail * found.bsize;
    if (path === dirname(path)) return Infinity;
  }
}

function describe(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
