import { checkLanguage, type Table } from "../figure.js";
import { writeFileAtomic, writeJson } from "../../base/files.js";
import { tableToCsv } from "./csv.js";
import type { Exported } from "./figure-files.js";
import { tableToLatex, type LatexOptions } from "./latex.js";
import { refuseForeignFiles, type TableManifest } from "./manifest.js";
import { toTable, type ArqueroTable } from "./table.js";
import { exportVersions } from "./versions.js";

/**
 * Writes a table as `path`.csv (full precision), `path`.tex (a table environment, rounded) and `path`.json
 * (the manifest). Takes a Table or an arquero table. Throws InputError for an unknown language, where a
 * file cannot be written, and before it would replace a file that schedlab did not write.
 */
export async function exportTable(
  table: Table | ArqueroTable,
  path: string,
  options: LatexOptions = {},
): Promise<Exported> {
  checkLanguage(options.language ?? "en");
  const plain = toTable(table, path);
  await refuseForeignFiles(path, "schedlab-table", ["csv", "tex"]);
  const manifest: TableManifest = {
    kind: "schedlab-table",
    versions: exportVersions(),
    options: { language: "en", ...options },
    table: plain,
  };
  await writeJson(`${path}.json`, manifest);
  await writeFileAtomic(`${path}.csv`, tableToCsv(plain));
  await writeFileAtomic(`${path}.tex`, tableToLatex(plain, options));
  return { files: ["csv", "tex", "json"].map((extension) => `${path}.${extension}`) };
}
