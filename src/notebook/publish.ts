/** Shows the charts and tables of a notebook's cells, and writes their files for the paper. */
import { join } from "node:path";
import { languageFolder, type Figure, type Language, type Table } from "../charts/figure.js";
import type { Width } from "../charts/widths.js";
import { exportFigure } from "../charts/export/figure-files.js";
import { exportTable } from "../charts/export/table-files.js";
import { show, showAndWrite } from "./display.js";

export interface PublishOptions {
  /** Folder for the files. */
  readonly figures: string;
  /** The beginning of file names, such as "03". */
  readonly prefix: string;
  readonly language?: string;
}

/** Shows a chart or a table and writes its files, a chart in the given width instead of its own. */
export type Publish = (item: Figure | Table, options?: { readonly width?: Width }) => Promise<void>;

/** The largest number of shown rows of a published table; its files have all rows. */
const ROWS = 100;

/**
 * Returns a function that shows a chart or a table and exports it as `figures/prefix-name`, in another
 * language than English as `figures/zh/prefix-name`, so that both sets can be there. A chart is shown before
 * its files are written. The files are linked below it. Shows a message where there is no browser to draw
 * with. Throws the same errors as `exportFigure`.
 */
export function publisher({ figures, prefix, language = "en" }: PublishOptions): Publish {
  const options = { language: language as Language };
  return async (item, given = {}) => {
    const path = join(figures, languageFolder(language), `${prefix}-${item.name}`);
    if (!("data" in item)) {
      const { files } = await exportTable(item, path, options);
      await show(item, { language: options.language, rows: ROWS, files });
      return;
    }
    await showAndWrite(item, { language: options.language }, async () => {
      const { files, skipped } = await exportFigure(item, path, { ...options, ...given });
      return { files, ...(skipped === undefined ? {} : { note: skipped }) };
    });
  };
}
