/** Finds the files of each table of a trace: from its folder, the one above, a table's folder or one file. */
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { InputError } from "../../base/errors.js";
import { explainFileError } from "../../base/files.js";
import { requireReadable } from "./read-bytes.js";

export interface TraceFile {
  readonly path: string;
  /** Relative to the trace's folder, with forward slashes: as errors and the provenance name it. */
  readonly name: string;
}

/** Below the folder that is named, at most this deep. */
const DEEPEST = 4;

/**
 * Files and folders that are of no trace: hidden ones, what macOS adds to archives, and what a conversion
 * keeps until it ends (google2011/convert.ts).
 */
export const PASSED_OVER = /^(?:\..*|__MACOSX|.*\.work)$/;

/** Endings of tables, of formats that no reader opens too: these are to be named. */
const TABLE = "csv|tsv|txt|dat|json|jsonl|ndjson|parquet|pq|swf|xlsx?|feather|pkl|orc|avro|h5";
const PACKED = "gz|gzip|zip|bz2|xz|zst|lz4|z";
/** A copy that an editor or a download left (`a.csv.bak`, `a.csv.part`) ends otherwise. */
const DATA = new RegExp(`\\.(?:${TABLE})(?:\\.(?:${PACKED}))*$|\\.(?:gz|zip)$`, "i");
const ARCHIVE = new RegExp(`\\.(?:tar(?:\\.(?:${PACKED}))?|tgz|7z|rar)$`, "i");
/** What says how a file is packed or written down, at the end of its name. */
const ENDING = new RegExp(`(?:\\.(?:${TABLE}|${PACKED}))+$`, "i");

/**
 * Returns for each table its files, in order of name. A file belongs to the table that its name or, where
 * that says nothing, its folder's name has in it: `batch_task.csv`, `trace_data_vmtable_vmtable.csv.gz`,
 * `task_events/part-00000-of-00500.csv.gz`. `path` may be the trace's folder, one that holds it, the folder
 * of one of its tables, or one file: then the other tables are those beside it.
 * @throws InputError for a path that is missing or cannot be read or holds no such file, for two traces below
 * one folder, and for a file that is there twice, packed in two ways.
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
  // What lies beside the folder or file that was named is of the same trace only where its place says so.
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

/** The path where it is a file, undefined where it is a folder. Throws InputError where it is neither. */
export async function fileAt(path: string): Promise<string | undefined> {
  const status = await stat(path).catch((error: unknown) => {
    throw explainFileError(error, path, "read");
  });
  return status.isDirectory() ? undefined : path;
}

/** A path as errors name it: a relative one with the folder that it is relative to. */
export function describePath(path: string): string {
  return resolve(path) === path ? path : `${path} (in ${process.cwd()})`;
}

/**
 * Returns the files of data below a folder, in order of name, so that the order of the file system leaves no
 * mark. Hidden ones are passed over, and so are folders that `enters` says no to.
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
 * The table that a name has in it, from its beginning or after a character that is no letter; as a whole
 * where asked.
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
      `no table of this trace: ${only}, by its name; give the folder that holds ${expected}, or rename it`,
    );
  }
  return Object.fromEntries(
    tables.map(([table, files]) => [table, files.some(isIt) ? files.filter(isIt) : files]),
  ) as Record<T, Found[]>;
}

/** The files but for archives from which the files beside them were unpacked. */
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

/** Throws InputError where a file is there twice, packed or written down in two ways. */
export function refuseTwins(files: readonly TraceFile[]): void {
  const stems = new Map<string, string>();
  for (const { name } of files) {
    const stem = name.replace(ENDING, "");
    const twin = stems.get(stem);
    if (twin !== undefined)
      throw new InputError(`duplicate file ${twin}: it is there as ${name}, too; remove one of them`);
    stems.set(stem, name);
  }
}

/** The folder that a file's trace lies in: its own, or the one that holds the folder of its table. */
function folderOfTrace(name: string, tables: readonly string[]): string {
  return folderOfTable(name, tables)?.parent ?? dirname(name);
}

/**
 * The innermost of the folders around a file that is named after a table: some tools unpack each file into a
 * folder of its own.
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
