import { InputError } from "../../base/errors.js";
import { exportFigure, type Exported, type ExportOptions } from "./figure-files.js";
import { readManifest } from "./manifest.js";
import { exportTable } from "./table-files.js";

/**
 * Writes the files of a chart or a table again, beside its manifest. The width and language of the first
 * export are kept unless `options` has others. Throws InputError for a file that is not a manifest.
 */
export async function redraw(manifestPath: string, options: ExportOptions = {}): Promise<Exported> {
  const manifest = await readManifest(manifestPath);
  const path = manifestPath.replace(/\.json$/, "");
  if (manifest === undefined) {
    throw new InputError(
      `${manifestPath} is not the manifest of a chart or a table: give a .json file that schedlab wrote`,
    );
  }
  if (manifest.kind === "schedlab-figure") {
    return exportFigure(manifest.figure, path, { ...manifest.options, ...options });
  }
  const { language = manifest.options.language } = options;
  return exportTable(manifest.table, path, { ...manifest.options, language });
}
