import { checkLanguage, type Table } from "../figure.js";
import { writeFileAtomic } from "../../base/files.js";
import { tableToCsv } from "./csv.js";
import type { Exported } from "./figure-files.js";
import { tableToLatex, type LatexOptions } from "./latex.js";
import { toTable, type ArqueroTable } from "./table.js";

/**
 * Writes a table as `path`.csv (full precision) and `path`.tex (booktabs, rounded). Takes a Table or an
 * arquero table. Throws InputError for an unknown language and where a file cannot be written.
 */
export async function exportTable(
  table: Table | ArqueroTable,
  path: string,
  options: LatexOptions = {},
): Promise<Exported> {
  checkLanguage(options.language ?? "en");
  const plain = toTable(table, path);
  await writeFileAtomic(`${path}.csv`, tableToCsv(plain));
  await writeFileAtomic(`${path}.tex`, tableToLatex(plain, options));
  return { files: [`${path}.csv`, `${path}.tex`] };
}
