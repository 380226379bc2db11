/** Writes the page of a notebook with the files that it links to: the site can be sent as one folder. */
import { copyFile, readFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { makeFolder, writeFileAtomic } from "../../../base/files.js";
import type { Language } from "../../../charts/figure.js";
import { linkedFiles, pointLinks } from "../../../notebook/file-links.js";
import { joined, readExecuted, type ExecutedNotebook } from "./executed-notebook.js";
import { EXECUTED, FIGURES, pageHtml } from "./page.js";

export interface WritePageOptions {
  readonly name: string;
  readonly site: string;
  /** Path of the notebook that was run: its links start from its folder. */
  readonly source: string;
  /** Path of the executed notebook. */
  readonly executed: string;
  /** Path of its cells as HTML; the file is removed. */
  readonly cells: string;
  /** The footer. */
  readonly madeBy: string;
  readonly language?: Language;
}

export async function writePage({
  name,
  site,
  source,
  executed,
  cells: path,
  madeBy,
  language,
}: WritePageOptions): Promise<void> {
  const cells = await readFile(path, "utf8");
  for (const url of linkedFiles(cells)) {
    const file = join(dirname(source), decodeURIComponent(url));
    await copyWhole(file, join(site, FIGURES, basename(file)));
  }
  const notebook = await readExecuted(executed);
  const copy = withFigures(notebook, `../${FIGURES}`);
  await writeFileAtomic(join(site, EXECUTED, `${name}.ipynb`), `${JSON.stringify(copy, null, 1)}\n`);
  await writeFileAtomic(
    join(site, `${name}.html`),
    pageHtml({ name, notebook, cells, madeBy, ...(language && { language }) }),
  );
  await rm(path);
}

async function copyWhole(from: string, to: string): Promise<void> {
  makeFolder(dirname(to));
  await copyFile(from, `${to}.tmp`);
  await rename(`${to}.tmp`, to);
}

/** Returns the notebook with the links of its outputs pointed at a folder. */
export function withFigures(notebook: ExecutedNotebook, folder: string): ExecutedNotebook {
  const cells = notebook.cells.map((cell) => {
    if (cell.outputs === undefined) return cell;
    const outputs = cell.outputs.map((output) => {
      const html = output.data?.["text/html"];
      if (html === undefined) return output;
      return { ...output, data: { ...output.data, "text/html": pointLinks(joined(html), folder) } };
    });
    return { ...cell, outputs };
  });
  return { ...notebook, cells };
}
