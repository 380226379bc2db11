/** The files of a trace that lies in a folder, table by table. */
import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { InputError } from "../errors.js";
import { explainFileError } from "../files.js";

export interface TraceFile {
  readonly path: string;
  /** Relative to the folder, with forward slashes: as errors and the provenance name it. */
  readonly name: string;
}

/**
 * Returns for each table the files below a folder, at any depth, whose base name the table's pattern matches, in order of
 * name. Names that begin with a dot are passed over. Order of the file system leaves no mark.
 * @throws InputError for a folder that is missing or cannot be read, one without any such file, and for a file that is there
 * both packed and unpacked.
 */
export async function findTables<T extends string>(
  folder: string,
  patterns: Readonly<Record<T, RegExp>>,
  expected: string,
): Promise<Record<T, TraceFile[]>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") {
      throw new InputError(`not a folder: ${folder}; give the folder that holds ${expected}`);
    }
    throw explainFileError(error, folder, "read");
  });
  const files = entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ parentPath, name: base }) => {
      const path = join(parentPath, base);
      return { path, base, name: relative(folder, path).split(sep).join("/") };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = new Set(files.map(({ name }) => name));
  const tables = {} as Record<T, TraceFile[]>;
  let found = 0;
  for (const [table, pattern] of Object.entries(patterns) as [T, RegExp][]) {
    tables[table] = files.filter(({ base }) => pattern.test(base)).map(({ path, name }) => ({ path, name }));
    found += tables[table].length;
    for (const { name } of tables[table]) {
      if (names.has(`${name}.gz`))
        throw new InputError(`duplicate file ${name}: it is there as ${name}.gz, too; remove one of them`);
    }
  }
  if (found === 0) throw new InputError(`no trace in ${folder}; it must hold ${expected}`);
  return tables;
}
