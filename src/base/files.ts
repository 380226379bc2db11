import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, unlinkSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname, isAbsolute } from "node:path";
import { InputError } from "./errors.js";

/** The content of a file: text, bytes, or several byte arrays one after the other. */
export type FileContent = string | Uint8Array | readonly Uint8Array[];

/**
 * Writes a file completely or not at all: it writes a temporary file ending in `.tmp` in the same folder and
 * renames it. Missing folders are made; an existing file is replaced. The temporary file is removed on
 * failure and on Ctrl-C, SIGTERM and SIGHUP.
 * @throws InputError where the path cannot be written (no permission, no space, a folder of that name).
 */
export async function writeFileAtomic(path: string, content: FileContent): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  const release = removeOnSignal(temporary);
  try {
    makeFolder(dirname(path));
    await writeAndSync(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw explainFileError(error, path, "write");
  } finally {
    release();
  }
}

/**
 * Makes a folder and its missing parents. (The recursive mkdir of Node 20 never returns where the file system
 * answers "no such file" for a folder whose parent exists, as procfs does.)
 */
export function makeFolder(path: string, mode = 0o777): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}

/**
 * Writes a value as indented JSON with a final newline, completely or not at all. Errors as for
 * writeFileAtomic.
 */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Returns the error to throw where a file could not be read or written. If the user can remove the cause,
 * this is an InputError that names the path, the remedy and, for a relative path, the folder that it starts
 * from; otherwise it is the error itself.
 */
export function explainFileError(error: unknown, path: string, doing: "read" | "write"): unknown {
  if (!(error instanceof Error)) return error;
  // `path` may be an abbreviation of the path that was tried.
  const { code, path: tried = path } = error as NodeJS.ErrnoException;
  const remedy = code === undefined ? undefined : REMEDIES[code]?.[doing];
  if (remedy === undefined) return error;
  const start = isAbsolute(tried) ? "" : `; the path starts from ${process.cwd()}`;
  return new InputError(`cannot ${doing} ${path}: ${remedy}${start}`, { cause: error });
}

const REMEDIES: Readonly<Partial<Record<string, { readonly read: string; readonly write: string }>>> = {
  ENOENT: { read: "no such file or folder; check the path", write: "no such folder; check the path" },
  EACCES: both("permission denied; choose another path or change its permissions"),
  EPERM: both("operation not permitted; choose another path or change its permissions"),
  EROFS: both("the file system is read-only; choose another path"),
  ENOSPC: both("no space left on the device; free some space or choose another path"),
  EDQUOT: both("the disk quota is used up; free some space or choose another path"),
  EISDIR: { read: "it is a folder, not a file", write: "it is a folder; give the name of a file" },
  ENOTDIR: both("a part of the path is a file, not a folder; choose another path"),
  EEXIST: both("a file is where a folder is needed; choose another path"),
  ENAMETOOLONG: both("the name is too long; choose a shorter one"),
};

function both(remedy: string): { read: string; write: string } {
  return { read: remedy, write: remedy };
}

async function writeAndSync(path: string, content: FileContent): Promise<void> {
  const file = await open(path, "wx");
  try {
    const pieces = typeof content === "string" || content instanceof Uint8Array ? [content] : content;
    for (const piece of pieces) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Removes the file on a signal that ends the process. Returns a function that cancels this. */
function removeOnSignal(path: string): () => void {
  const remove = (signal: NodeJS.Signals): void => {
    try {
      unlinkSync(path);
    } catch {
      // The file was not created yet, or was renamed already.
    }
    // A listener suppresses the signal's default action, so the last listener sends the signal again.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.once(signal, remove);
  return () => {
    for (const signal of SIGNALS) process.removeListener(signal, remove);
  };
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
