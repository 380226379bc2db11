/** Reference values for traffic, from the folder that SCHEDLAB_REFERENCE names, and from folders below it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  publishedSizes,
  sizesFrom,
  type SizeDistribution,
} from "../../../src/systems/traffic/sizes/distribution.js";

const ROOT = process.env.SCHEDLAB_REFERENCE ?? join(import.meta.dirname, "../../../../shared/reference");
const DATA = join(import.meta.dirname, "../../../../shared/data/flow-sizes");

/** A file, and the parameters that its folder has in params.json. */
export interface ReferenceFile {
  readonly path: string;
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The files of `traffic`, and of folders below it, whose name the pattern matches. */
export function referenceFiles(pattern: RegExp): ReferenceFile[] {
  const top = join(ROOT, "traffic");
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true, encoding: "utf8" })
    .filter((file) => pattern.test(file.split("/").at(-1)!))
    .sort()
    .map((name) => ({ path: join(top, name), name, params: paramsBeside(join(top, name)) }));
}

function paramsBeside(path: string): Record<string, unknown> {
  const file = join(path, "..", "params.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>) : {};
}

/** Rows of a CSV file as objects; fields may be quoted. */
export function readRows({ path }: ReferenceFile): Record<string, string>[] {
  const [header, ...lines] = readFileSync(path, "utf8").trimEnd().split(/\r?\n/).map(fieldsOf);
  return lines.map((fields) => Object.fromEntries(header.map((name, i) => [name, fields[i]])));
}

function fieldsOf(line: string): string[] {
  return Array.from(
    line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g),
    ([, quoted, plain]) => (plain as string | undefined) ?? quoted,
  );
}

/** Thresholds in a field: bytes with spaces between them. */
export function thresholdsIn(field: string): number[] {
  return field.split(" ").filter(Boolean).map(Number);
}

const PUBLISHED: Readonly<Record<string, string>> = {
  DCTCP_CDF: "web-search",
  VL2_CDF: "data-mining",
  FB_CDF: "key-value",
};

/** A distribution by the name of its file: a table beside the values, else a published one. */
export function sizesOf(name: string, beside?: ReferenceFile): SizeDistribution | undefined {
  const folders = [...(beside === undefined ? [] : [join(beside.path, "..")]), DATA];
  const file = folders.map((folder) => join(folder, `${name}.txt`)).find(existsSync);
  if (file !== undefined) return sizesFrom(readTable(file), { name });
  return Object.hasOwn(PUBLISHED, name) ? publishedSizes(PUBLISHED[name]) : undefined;
}

export function readTable(path: string): [number, number][] {
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
}

/** The published tables and the files that other programs have of them. */
export function sharedTables(): { name: string; path: string }[] {
  return Object.entries(PUBLISHED)
    .map(([file, name]) => ({ name, path: join(DATA, `${file}.txt`) }))
    .filter(({ path }) => existsSync(path));
}
