/**
 * What a notebook's cell does with each of its charts and tables: show it, and leave its files for the paper.
 */
import type { Figure, Language, Table } from "../charts/figure.js";
import type { Width } from "../charts/theme.js";
import { exportFigure } from "../charts/export/figure-files.js";
import { exportTable } from "../charts/export/table-files.js";
import { show } from "./display.js";

export interface PublishOptions {
  /** Folder for the files. */
  readonly figures: string;
  /** What file names begin with, such as "03". */
  readonly prefix: string;
  readonly language?: string;
  /** Width of the exported figure; the one shown is as wide as a page. Default "column". */
  readonly width?: Width;
}

/** Most rows of a published table that are shown; its files have all. */
const ROWS = 100;

/**
 * Returns a function that shows a figure or a table and exports it as `figures/prefix-name`: a figure as SVG,
 * PDF, PNG, CSV and manifest, a table as CSV and LaTeX. Says so where there is no browser to draw with.
 * Errors as exportFigure.
 */
export function publisher({
  figures,
  prefix,
  language = "en",
  width = "column",
}: PublishOptions): (item: Figure | Table) => Promise<void> {
  const options = { language: language as Language, width };
  return async (item) => {
    const path = `${figures}/${prefix}-${item.name}`;
    if (!("data" in item)) {
      await exportTable(item, path, options);
      await show(item, { language: options.language, rows: ROWS });
      return;
    }
    const { skipped } = await exportFigure(item, path, options);
    await show(item, { language: options.language });
    if (skipped !== undefined) await show(skipped);
  };
}
