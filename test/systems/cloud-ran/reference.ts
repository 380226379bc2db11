/** Files of the reference folder for the Cloud RAN, and of the folder with real cell loads. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readRows } from "../architectures/reference.js";

const SHARED = join(import.meta.dirname, "../../../../shared");
const REFERENCE = join(process.env.SCHEDLAB_REFERENCE ?? join(SHARED, "reference"), "cloud-ran");

/** Where the real cell loads are; the folder may be missing. */
export const CELLULAR = join(SHARED, "data/cellular");

export type Row = Record<string, string>;

/** The rows of all files of that name in the folder and the folders below it, by path; none if it is missing. */
export function referenceTables(name: string): [path: string, rows: Row[]][] {
  if (!existsSync(REFERENCE)) return [];
  return readdirSync(REFERENCE, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(name))
    .sort()
    .map((path) => [path, readRows(unquoted(readFileSync(join(REFERENCE, path), "utf8")))]);
}

/** The only commas in quotes stand in names. */
function unquoted(text: string): string {
  return text.replace(/"([^"]*)"/g, (_, inner: string) => inner.replaceAll(",", ";"));
}
