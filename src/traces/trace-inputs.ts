/** Lists and hashes the files of a trace before it is opened. */
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../base/errors.js";
import { explainFileError } from "../base/files.js";
import { sha256OfFile, sortInputs, type InputFile } from "../workload/inputs.js";
import { TABLES_OF } from "./table-names.js";
import { parseTrace, type FolderFormat } from "./trace-spec.js";

/**
 * Returns the files of a trace with the SHA-256 of their contents, sorted by name: no files for a generated
 * trace; only the file itself, without its name, for `.arrow` and `.swf`; the map and its tables for a table
 * trace; for other formats, every file in and below the folder except hidden ones. Where the folder is one of
 * the tables, the folder above it counts. Throws InputError where a file cannot be read.
 */
export async function traceInputs(spec: string): Promise<InputFile[]> {
  const inputs: InputFile[] = [];
  for (const { name, path } of await filesOf(spec)) inputs.push({ path: name, sha256: await hash(path) });
  return sortInputs(inputs);
}

/**
 * Returns a `traceInputs` with a cache: it hashes the files of a trace again only where a file was added or
 * removed, or where its size or modification time changed.
 */
export function createInputsMemory(): (spec: string) => Promise<readonly InputFile[]> {
  const known = new Map<string, { readonly stamp: string; readonly inputs: Promise<readonly InputFile[]> }>();
  return async (spec) => {
    const stamp = JSON.stringify(await statInputs(spec));
    let entry = known.get(spec);
    if (entry?.stamp !== stamp) {
      entry = { stamp, inputs: traceInputs(spec) };
      known.set(spec, entry);
      // Do not cache failures: the files may be readable next time.
      entry.inputs.catch(() => known.delete(spec));
    }
    return entry.inputs;
  };
}

/** Path, size and time of a file. */
export interface FileStamp {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** Returns the stamps of the files that `traceInputs` hashes. Errors as for `traceInputs`. */
export async function statInputs(spec: string): Promise<FileStamp[]> {
  const files = await filesOf(spec);
  const stamps = files.map(async ({ path }) => {
    const { size, mtimeMs } = await stat(path).catch((error: unknown) => {
      throw explainFileError(error, path, "read");
    });
    return { path, size, mtimeMs };
  });
  return (await Promise.all(stamps)).sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Returns the files of a trace: where they are, and their names in `traceInputs`. */
async function filesOf(spec: string): Promise<{ readonly name: string; readonly path: string }[]> {
  const trace = parseTrace(spec);
  if (trace.format === "synthetic") return [];
  if (trace.format === "table") {
    const { filesOfTableSpec } = await import("./table/open-table.js");
    const paths = await filesOfTableSpec(trace.file);
    return paths.map((path, i) => ({ name: i === 0 ? "" : basename(path), path }));
  }
  if ("file" in trace) return [{ name: "", path: trace.file }];
  const root = rootOf(trace);
  return (await filesBelow(root)).map((name) => ({ name, path: join(root, name) }));
}

/** Returns the folder in which readers look for tables: the one above where it is one of the tables. */
function rootOf({ format, folder }: { readonly format: FolderFormat; readonly folder: string }): string {
  const tables: Partial<Record<FolderFormat, readonly string[]>> = TABLES_OF;
  const isTable = tables[format]?.includes(basename(resolve(folder)).toLowerCase());
  return isTable === true ? dirname(resolve(folder)) : folder;
}

/** Returns the paths of files relative to the folder, with forward slashes; not of pipes and sockets. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    // A sweep records all files that it depends on. For a single file, the other files that its reader opens
    // are unknown.
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR")
      throw new InputError(`${folder} is a file; a sweep takes the folder of a trace`);
    throw explainFileError(error, folder, "read");
  });
  const paths: string[] = [];
  for (const entry of entries.filter(({ name }) => !name.startsWith("."))) {
    if (entry.isFile() || entry.isSymbolicLink()) paths.push(entry.name);
    if (entry.isDirectory()) {
      const below = await filesBelow(join(folder, entry.name));
      for (const path of below) paths.push(`${entry.name}/${path}`);
    }
  }
  return paths;
}

async function hash(path: string): Promise<string> {
  try {
    return await sha256OfFile(path);
  } catch (error) {
    throw explainFileError(error, path, "read");
  }
}
