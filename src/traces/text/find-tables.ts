/**
 * Finds the files of each table of a trace, given its folder, the folder above, a table's folder or one file.
 */
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { InputError } from "../../base/errors.js";
import { explainFileError } from "../../base/files.js";
import { requireReadable } from "./read-bytes.js";

export interface TraceFile {
  readonly path: string;
  /** Relative to the trace's folder, with forward slashes; the name in errors and the provenance. */
  readonly name: string;
}

/** The number of levels of folders that are searched below the given folder. */
const DEEPEST = 4;

/**
 * Files and folders that do not belong to a trace: hidden ones, those that macOS adds to archives, and the
 * work folder of a conversion (google2011/convert.ts).
 */
export const PASSED_OVER = /^(?:\..*|__MACOSX|.*\.work)$/;

/** Extensions of tables, also those of formats that no reader opens, so that an error can name the file. */
const TABLE = "csv|tsv|txt|dat|json|jsonl|ndjson|parquet|pq|swf|xlsx?|feather|pkl|orc|avro|h5";
const PACKED = "gz|gzip|zip|bz2|xz|zst|lz4|z";
/** Does not match copies that an editor or a download left (`a.csv.bak`, `a.csv.part`). */
const DATA = new RegExp(`\\.(?:${TABLE})(?:\\.(?:${PACKED}))*$|\\.(?:gz|zip)$`, "i");
const ARCHIVE = new RegExp(`\\.(?:tar(?:\\.(?:${PACKED}))?|tgz|7z|rar)$`, "i");
/** The extensions at the end of a name that tell format and compression. */
const ENDING = new RegExp(`(?:\\.(?:${TABLE}|${PACKED}))+$`, "i");

/**
 * Returns the files of each table, in order of name. A file belongs to the table whose name occurs in the
 * file's name or, if none does, in its folder's name: `batch_task.csv`, `trace_data_vmtable_vmtable.csv.gz`,
 * `task_events/part-00000-of-00500.csv.gz`. `path` may be the trace's folder, a folder that contains it, the
 * folder of one table, or one file; in the last two cases, the other tables are searched next to it.
 * @throws InputError for a path that is missing, cannot be read or has no such file; for two traces below one
 * folder; and for a file that exists in two formats or compressions.
 */
export async function findTables<T extends string>(
  path: string,
  tables: readonly T[],
  expected: string,
): Promise<Record<T, TraceFile[]>> {
  const only = await fileAt(path);
  const folder = only === undefined ? path : dirname(path);
  const isOfTable = tableOf(basename(resolve(folder)), tables, true) !== undefined;
  const root = isOfTable ? dirname(resolve(folder)) : folder;
  // Of the folders beside the given folder or file, only those named after a table belong to the trace.
  const isPart = only !== undefined || isOfTable;
  const files = await listFiles(root, (name) => !isPart || tableOf(name, tables, true) !== undefined);
  const found = Object.fromEntries(tables.map((table) => [table, [] as Found[]])) as Record<T, Found[]>;
  for (const file of files) {
    const table = tableOf(file.base, tables) ?? folderOfTable(file.name, tables)?.table;
    if (table !== undefined) found[table].push(file);
  }
  const narrowed = only === undefined ? found : await narrowTo(only, found, expected);
  if (tables.every((table) => narrowed[table].length === 0)) {
    const archive = files.find(({ base }) => ARCHIVE.test(base));
    const hint = archive === undefined ? "" : `; unpack its archives, such as ${archive.name}`;
    throw new InputError(`no trace in ${describePath(path)}; it must hold ${expected}${hint}`);
  }
  const result = tables.map((table) => {
    const files = withoutArchives(narrowed[table]);
    requireOneTrace(path, table, files, tables);
    refuseTwins(files);
    return [table, files.map(({ path: at, name }) => ({ path: at, name }))] as const;
  });
  return Object.fromEntries(result) as Record<T, TraceFile[]>;
}

interface Found extends TraceFile {
  readonly base: string;
}

/** Returns the path if it is a file, undefined if it is a folder. Throws InputError if it cannot be read. */
export async function fileAt(path: string): Promise<string | undefined> {
  const status = await stat(path).catch((error: unknown) => {
    throw explainFileError(error, path, "read");
  });
  return status.isDirectory() ? undefined : path;
}

/** Returns a path for errors: a relative path with the folder that it is relative to. */
export function describePath(path: string): string {
  return resolve(path) === path ? path : `${path} (in ${process.cwd()})`;
}

/**
 * Returns the data files below a folder, in order of name, so that the order of the file system has no
 * effect. Skips hidden files, and folders for which `enters` returns false.
 */
export async function listFiles(
  root: string,
  enters: (name: string) => boolean = () => true,
): Promise<Found[]> {
  const files: Found[] = [];
  const list = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      throw explainFileError(error, folder, "read");
    });
    for (const entry of entries) {
      if (PASSED_OVER.test(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (depth < DEEPEST && enters(entry.name)) await list(path, depth + 1);
      } else if (DATA.test(entry.name) || ARCHIVE.test(entry.name)) {
        files.push({ path, base: entry.name, name: relative(root, path).split(sep).join("/") });
      }
    }
  };
  await list(root, 0);
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Returns the table whose name occurs in `name`, at the beginning or after a character that is neither a
 * letter nor a digit; with `isWhole`, the table with exactly this name.
 */
function tableOf<T extends string>(name: string, tables: readonly T[], isWhole = false): T | undefined {
  const lower = name.toLowerCase();
  if (isWhole) return tables.find((table) => lower === table.toLowerCase());
  return tables.find((table) => new RegExp(`(?:^|[^a-z0-9])${table.toLowerCase()}`).test(lower));
}

async function narrowTo<T extends string>(
  only: string,
  found: Readonly<Record<T, Found[]>>,
  expected: string,
): Promise<Record<T, Found[]>> {
  const tables = Object.entries(found) as [T, Found[]][];
  const isIt = ({ path }: Found): boolean => resolve(path) === resolve(only);
  if (!tables.some(([, files]) => files.some(isIt))) {
    await requireReadable(only, only);
    throw new InputError(
      `${only} is not named after a table of this trace; give the folder that holds ${expected}, ` +
        "or rename it",
    );
  }
  return Object.fromEntries(
    tables.map(([table, files]) => [table, files.some(isIt) ? files.filter(isIt) : files]),
  ) as Record<T, Found[]>;
}

/** Leaves out archives if there are other files: these were unpacked from them. */
function withoutArchives(files: readonly Found[]): readonly Found[] {
  const readable = files.filter(({ base }) => !ARCHIVE.test(base));
  return readable.length > 0 ? readable : files;
}

function requireOneTrace(
  path: string,
  table: string,
  files: readonly Found[],
  tables: readonly string[],
): void {
  const folders = [...new Set(files.map(({ name }) => folderOfTrace(name, tables)))];
  if (folders.length <= 1) return;
  const places = folders.map((folder) => join(path, folder)).join(" and in ");
  throw new InputError(`several traces in ${describePath(path)}: ${table} is in ${places}; give one of them`);
}

/** Throws InputError if a file exists twice, in two formats or compressions. */
export function refuseTwins(files: readonly TraceFile[]): void {
  const stems = new Map<string, string>();
  for (const { name } of files) {
    const stem = name.replace(ENDING, "");
    const twin = stems.get(stem);
    if (twin !== undefined)
      throw new InputError(`duplicate file ${twin}: it also exists as ${name}; remove one of them`);
    stems.set(stem, name);
  }
}

/**
 * Returns the folder of a file's trace: the file's own folder, or the folder that holds its table's folder.
 */
function folderOfTrace(name: string, tables: readonly string[]): string {
  return folderOfTable(name, tables)?.parent ?? dirname(name);
}

/**
 * Returns the innermost folder above a file that is named after a table. It may not be the file's own folder,
 * because some tools unpack each file into a separate one.
 */
function folderOfTable<T extends string>(
  name: string,
  tables: readonly T[],
): { readonly table: T; readonly parent: string } | undefined {
  for (let folder = dirname(name); folder !== "."; folder = dirname(folder)) {
    const table = tableOf(basename(folder), tables, true);
    if (table !== undefined) return { table, parent: dirname(folder) };
  }
  return undefined;
}
