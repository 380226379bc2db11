/** What a notebook's cell does with each of its charts: show it, and leave its files for the paper. */
import type { Figure, Language, Table } from "../charts/figure.js";
import type { Width } from "../charts/theme.js";
import { exportFigure } from "../export/figure-files.js";
import { exportTable } from "../export/table-files.js";
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

/**
 * Returns a function that shows a figure and exports it as `figures/prefix-name` (SVG, PDF, PNG, CSV, manifest), or
 * exports a table (CSV, LaTeX). Says so where there is no browser to draw with. Errors as exportFigure.
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
      return;
    }
    const { skipped } = await exportFigure(item, path, options);
    await show(item, { language: options.language });
    if (skipped !== undefined) await show(skipped);
  };
}
