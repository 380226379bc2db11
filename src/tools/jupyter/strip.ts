/** Removes outputs from the project's notebooks, for `npm run fix`. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withoutOutputs, type Notebook } from "./notebook-faults.js";
import { isOwnNotebook, NOTEBOOKS } from "./project.js";

/** Rewrites the notebooks that have outputs; returns exit code 0. */
export async function stripNotebooks(): Promise<number> {
  for (const name of (await readdir(NOTEBOOKS)).filter(isOwnNotebook)) {
    const path = join(NOTEBOOKS, name);
    const before = await readFile(path, "utf8");
    const after = `${JSON.stringify(withoutOutputs(JSON.parse(before) as Notebook), null, 1)}\n`;
    if (after !== before) await writeFile(path, after);
  }
  return 0;
}
