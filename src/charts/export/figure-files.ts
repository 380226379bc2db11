/**
 * Writes a chart's files: SVG, PDF and PNG, the data behind it, and a manifest from which it can be redrawn.
 */
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
  /** "column" 3.33 in, "page" 7 in, "slide" 10 in. Default: the figure's own width. */
  readonly width?: Width;
  /** Default "en". */
  readonly language?: Language;
  /** Draws the chart. Default: a renderer that all exports of the process share. */
  readonly renderer?: Renderer;
}

/** The files that an export wrote. */
export interface Exported {
  readonly files: readonly string[];
  /** Present where the chart could not be drawn: one sentence with cause and remedy. */
  readonly skipped?: string;
}

/** Everything that is needed to redraw a chart. */
export interface FigureManifest {
  readonly kind: "schedlab-figure";
  readonly versions: ExportVersions;
  readonly options: { readonly width: Width; readonly language: Language };
  readonly figure: Figure;
}

/**
 * Writes `path`.svg, .pdf, .png, .csv (the rows behind the chart) and .json (the manifest), and makes missing
 * folders. The same chart gives the same SVG bytes on every machine. Without a browser the first three files
 * are skipped. Throws InputError for an unknown width or language and where a file cannot be written.
 */
export async function exportFigure(
  figure: Figure,
  path: string,
  {
    width = figure.width ?? "column",
    language = "en",
    renderer = sharedRenderer(),
    ...rest
  }: ExportOptions = {},
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
 * Redraws charts from their manifests and rewrites all their files beside the manifests. The width and
 * language of the first export are kept unless `options` has others. Throws InputError for a file that is not
 * a manifest.
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

/** Reads a manifest. Throws InputError where the file cannot be read or is not a manifest. */
export async function readManifest(path: string): Promise<FigureManifest> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw explainFileError(error, path, "read");
  });
  const value = parse(text);
  if (!isManifest(value)) {
    throw new InputError(`${path} is not the manifest of a chart: give a .json file that exportFigure wrote`);
  }
  return value;
}

/** Whether a parsed JSON file is the manifest of a chart. */
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
