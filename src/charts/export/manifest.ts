/** The manifests beside exported charts and tables: they redraw them, and show which files are schedlab's. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { InputError } from "../../base/errors.js";
import { explainFileError } from "../../base/files.js";
import type { Figure, Language, Table } from "../figure.js";
import type { Width } from "../widths.js";
import type { ExportVersions } from "./versions.js";

/** Everything that is needed to redraw a chart. */
export interface FigureManifest {
  readonly kind: "schedlab-figure";
  readonly versions: ExportVersions;
  readonly options: { readonly width: Width; readonly language: Language };
  readonly figure: Figure;
}

/** Everything that is needed to write a table again. */
export interface TableManifest {
  readonly kind: "schedlab-table";
  readonly versions: ExportVersions;
  readonly options: { readonly language: Language; readonly digits?: number; readonly label?: string };
  readonly table: Table;
}

export type Manifest = FigureManifest | TableManifest;

/** Reads a manifest; undefined where the file is not one. Throws InputError where it cannot be read. */
export async function readManifest(path: string): Promise<Manifest | undefined> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw explainFileError(error, path, "read");
  });
  const value = parse(text);
  const kind = typeof value === "object" && value !== null && "kind" in value ? value.kind : undefined;
  return kind === "schedlab-figure" || kind === "schedlab-table" ? (value as Manifest) : undefined;
}

/**
 * Throws InputError where a file that is about to be written is there already and schedlab did not write it,
 * or wrote it for a table where a chart is to be written, or the other way round: it writes a manifest,
 * `path`.json, before all other files of a chart or a table.
 */
export async function refuseForeignFiles(
  path: string,
  kind: Manifest["kind"],
  extensions: readonly string[],
): Promise<void> {
  const file = `${path}.json`;
  const manifest = existsSync(file) ? await readManifest(file) : undefined;
  if (manifest?.kind === kind) return;
  if (manifest !== undefined) {
    const what = manifest.kind === "schedlab-table" ? "a table" : "a chart";
    throw new InputError(`cannot write ${file}: the files of ${what} have this name; choose another one`);
  }
  const found = ["json", ...extensions].map((extension) => `${path}.${extension}`).find(existsSync);
  if (found === undefined) return;
  throw new InputError(
    `cannot write ${found}: a file that schedlab did not write is there; move it, or choose another name`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
