/** Writes a chart's files: pictures, the data behind it, its place in LaTeX, and a manifest to redraw it. */
import { refuseUnknownKeys } from "../../base/known-keys.js";
import { basename } from "node:path";
import { writeFileAtomic, writeJson } from "../../base/files.js";
import { checkFigures, checkLanguage, type Figure, type Language } from "../figure.js";
import type { Width } from "../widths.js";
import { tableToCsv } from "./csv.js";
import { figureToLatex } from "./latex.js";
import { refuseForeignFiles, type FigureManifest } from "./manifest.js";
import { NO_BROWSER, sharedRenderer } from "./shared-renderer.js";
import type { Renderer } from "./renderer.js";
import { exportVersions } from "./versions.js";

export interface ExportOptions {
  /** "column" 3.33 in, "page" 7 in, "slide" 10 in, or as "345pt". Default: the figure's own width. */
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

const EXTENSIONS = ["svg", "pdf", "png", "csv", "tex"];

/**
 * Writes `path`.svg, .pdf, .png, .csv (the rows behind the chart), .tex (a figure environment) and .json (the
 * manifest), and makes missing folders. The same chart gives the same SVG bytes on every machine. Without a
 * browser the first three files are skipped. Throws InputError for an unknown width or language, where a file
 * cannot be written, and before it would replace a file that schedlab did not write.
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
  checkFigures("exportFigure", [figure]);
  checkLanguage(language);
  await refuseForeignFiles(path, "schedlab-figure", EXTENSIONS);
  const drawn = await renderer.render(figure, { width, language });
  const manifest: FigureManifest = {
    kind: "schedlab-figure",
    versions: exportVersions(),
    options: { width, language },
    figure,
  };
  await writeJson(`${path}.json`, manifest);
  const contents: Readonly<Record<string, string | Uint8Array>> = {
    ...drawn,
    csv: tableToCsv(figure.table),
    tex: figureToLatex(figure, { width, language, file: `${basename(path)}.pdf` }),
  };
  const written = EXTENSIONS.filter((extension) => extension in contents);
  for (const extension of written) await writeFileAtomic(`${path}.${extension}`, contents[extension]);
  const files = [...written, "json"].map((extension) => `${path}.${extension}`);
  return drawn === undefined ? { files, skipped: NO_BROWSER } : { files };
}
