import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../base/errors.js";
import type { Language } from "../../charts/figure.js";
import type { Width } from "../../charts/widths.js";
import { readManifest } from "../../charts/export/manifest.js";
import { redraw } from "../../charts/export/redraw.js";
import { explainFileError } from "../../base/files.js";
import type { Streams } from "./streams.js";

/** The options of `schedlab figures`. */
export interface FiguresOptions {
  readonly language?: Language;
  readonly width?: Width;
}

/** Writes every exported chart and table in a folder again from its manifest. */
export async function redrawFigures(
  folder: string,
  options: FiguresOptions,
  { stdout }: Streams,
): Promise<void> {
  const manifests = await findManifests(folder);
  if (manifests.length === 0) {
    throw new InputError(
      `no exported charts in ${folder}: export one with exportFigure or npm run reproduce`,
    );
  }
  for (const path of manifests) {
    const { skipped } = await redraw(path, options);
    stdout.write(`${path.replace(/\.json$/, "")}${skipped === undefined ? "" : `: ${skipped}`}\n`);
  }
}

async function findManifests(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch((error: unknown) => {
    throw explainFileError(error, folder, "read");
  });
  const paths = names.filter((name) => name.endsWith(".json")).map((name) => join(folder, name));
  const found = await Promise.all(paths.map(readManifest));
  return paths.filter((_, i) => found[i] !== undefined).sort();
}
