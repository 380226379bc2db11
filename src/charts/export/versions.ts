import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { VERSION } from "../../base/version.js";

/** The versions that determine a chart's look. */
export interface ExportVersions {
  readonly schedlab: string;
  readonly plotly: string;
  readonly font: string;
}

const require = createRequire(import.meta.url);

export function exportVersions(): ExportVersions {
  return { schedlab: VERSION, plotly: version("plotly.js-dist"), font: version("@fontsource/noto-sans-sc") };
}

function version(name: string): string {
  const text = readFileSync(require.resolve(`${name}/package.json`), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
