import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { Skipped } from "./skipped.js";

/** A file that was read, as `Provenance.inputs` lists it. */
export interface InputFile {
  /** Relative to the folder that was opened, with forward slashes. */
  readonly path: string;
  readonly sha256: string;
  /** Place and fault of the first rows that were left out (`onError: "skip"`); absent where none was. */
  readonly skipped?: readonly string[];
}

/** Returns the entry of a file that was read. */
export function inputOf(
  path: string,
  { sha256, firstSkipped }: { readonly sha256: string } & Pick<Skipped, "firstSkipped">,
): InputFile {
  return firstSkipped.length === 0 ? { path, sha256 } : { path, sha256, skipped: firstSkipped };
}

/**
 * Returns the SHA-256 of a file's bytes in hexadecimal. Throws the file system's error where reading fails.
 */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

/** Returns the files in order of path, so that the order of reading makes no difference. */
export function sortInputs(files: readonly InputFile[]): InputFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
