/** Inputs and outputs of the reference programs, from the folder that SCHEDLAB_REFERENCE names. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of all reference values. */
export const ROOT =
  process.env.SCHEDLAB_REFERENCE ?? join(import.meta.dirname, "../../../../shared/reference");

export interface ReferenceFolder {
  readonly path: string;
  readonly files: readonly string[];
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * The folder of a program and the folders below it, each with a `params.json` of its own; none if missing.
 */
export function referenceFolders(program: string): ReferenceFolder[] {
  const top = join(ROOT, program);
  if (!existsSync(top)) return [];
  const below = readdirSync(top, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(top, name));
  return [top, ...below]
    .filter((path) => existsSync(join(path, "params.json")))
    .map((path) => ({ path, files: filesBelow(path), params: readJson(join(path, "params.json")) }));
}

/** Files in the folder and in folders below it that have no `params.json`, as paths relative to it. */
function filesBelow(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [entry.name];
    const folder = join(path, entry.name);
    if (existsSync(join(folder, "params.json"))) return [];
    return readdirSync(folder).map((name) => `${entry.name}/${name}`);
  });
}

export function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
}

export function readText(folder: ReferenceFolder, file: string): string {
  return readFileSync(join(folder.path, file), "utf8");
}

/** Rows of a CSV file without quotes, as objects. */
export function readRows(text: string): Record<string, string>[] {
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  const names = header.split(",");
  return lines.map((line) => {
    const fields = line.split(",");
    return Object.fromEntries(names.map((name, i) => [name, fields[i] ?? ""]));
  });
}

/** The values of worked-examples.json, undefined where it is missing. */
export function workedExamples(): Record<string, unknown> | undefined {
  const path = join(ROOT, "worked-examples.json");
  return existsSync(path) ? readJson(path) : undefined;
}

/** The columns of Sparrow's responses: an architecture and its parameters. */
export const SPARROW_VARIANTS: Record<string, [string, Record<string, number>]> = {
  sparrow: ["sparrow", {}],
  cancellation: ["sparrow", { cancellation: 1 }],
  multiget: ["sparrow", { multiget: 1 }],
  centralized: ["omniscient", {}],
  random: ["random-sampling", {}],
  "per-task": ["per-task-sampling", {}],
  batch: ["batch-sampling", {}],
};
