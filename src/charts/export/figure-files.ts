/** A figure's files: SVG, PDF and PNG for the paper, the data behind it, and a manifest to draw it again. */
import { refuseUnknownKeys } from "../../base/known-keys.js";
import { readFile } from "node:fs/promises";
import { InputError } from "../../base/errors.js";
import { explainFileError, writeFileAtomic, writeJson } from "../../base/files.js";
import { checkLanguage, type Figure, type Language } from "../figure.js";
import type { Width } from "../theme.js";
import { tableToCsv } from "./csv.js";
import { NO_BROWSER, sharedRenderer } from "./shared-renderer.js";
import type { Renderer } from "./renderer.js";
import { exportVersions, type ExportVersions } from "./versions.js";

export interface ExportOptions {
  /** "column" 3.33 in (default), "page" 7 in, "slide" 10 in. */
  readonly width?: Width;
  /** Default "en". */
  readonly language?: Language;
  /** Draws the figure; default: one that all exports of the process share. */
  readonly renderer?: Renderer;
}

/** What an export left on disk. */
export interface Exported {
  readonly files: readonly string[];
  /** Where nothing could be drawn: one sentence that says why and what to do. */
  readonly skipped?: string;
}

/** Everything to draw a figure again. */
export interface FigureManifest {
  readonly kind: "schedlab-figure";
  readonly versions: ExportVersions;
  readonly options: { readonly width: Width; readonly language: Language };
  readonly figure: Figure;
}

/**
 * Writes `path`.svg, .pdf, .png, .csv (the rows behind the figure) and .json (the manifest); missing folders
 * are made. The same figure gives the same SVG bytes on every machine. Without a browser the first three are
 * skipped. Throws InputError for an unknown width or language and where a file cannot be written.
 */
export async function exportFigure(
  figure: Figure,
  path: string,
  { width = "column", language = "en", renderer = sharedRenderer(), ...rest }: ExportOptions = {},
): Promise<Exported> {
  refuseUnknownKeys(rest, ["width", "language", "renderer"], "option of exportFigure");
  checkLanguage(language);
  const drawn = await renderer.render(figure, { width, language });
  const manifest: FigureManifest = {
    kind: "schedlab-figure",
    versions: exportVersions(),
    options: { width, language },
    figure,
  };
  const files: string[] = [];
  const write = async (extension: string, content: string | Uint8Array): Promise<void> => {
    await writeFileAtomic(`${path}.${extension}`, content);
    files.push(`${path}.${extension}`);
  };
  if (drawn !== undefined) {
    await write("svg", drawn.svg);
    await write("pdf", drawn.pdf);
    await write("png", drawn.png);
  }
  await write("csv", tableToCsv(figure.table));
  await writeJson(`${path}.json`, manifest);
  files.push(`${path}.json`);
  return drawn === undefined ? { files, skipped: NO_BROWSER } : { files };
}

/**
 * Draws figures again from their manifests, in the width and language in which they were exported unless
 * others are asked for, and writes all their files anew beside the manifest. Throws InputError for what is no
 * manifest.
 */
export async function rerender(
  manifests: readonly string[],
  options: ExportOptions = {},
): Promise<Exported[]> {
  const exported: Exported[] = [];
  for (const path of manifests) {
    const manifest = await readManifest(path);
    exported.push(
      await exportFigure(manifest.figure, path.replace(/\.json$/, ""), { ...manifest.options, ...options }),
    );
  }
  return exported;
}

/** Returns a manifest. Throws InputError where the file cannot be read or is none. */
export async function readManifest(path: string): Promise<FigureManifest> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw explainFileError(error, path, "read");
  });
  const value = parse(text);
  if (!isManifest(value)) {
    throw new InputError(
      `${path} is not the manifest of a figure: give a .json file that exportFigure wrote`,
    );
  }
  return value;
}

/** Whether a parsed JSON file is the manifest of a figure. */
export function isManifest(value: unknown): value is FigureManifest {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "schedlab-figure";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
