/** Brings plotly.js to the page that shows a notebook. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The name of plotly.js beside the pages of the site. */
export const PLOTLY_FILE = "plotly.js";

/** Returns the path of plotly.js, minified where that package is installed. */
export function plotlyPath(): string {
  try {
    return require.resolve("plotly.js-dist-min/plotly.min.js");
  } catch {
    return require.resolve("plotly.js-dist/plotly.js");
  }
}

/** Returns a script element with plotly.js: its text, or a reference to PLOTLY_FILE beside the page. */
export async function plotlyScript(form: "inline" | "file"): Promise<string> {
  if (form === "file") return `<script src="${PLOTLY_FILE}" charset="utf-8"></script>`;
  const source = await readFile(plotlyPath(), "utf8");
  return `<script>${source.replace(/<\/(script)/gi, "<\\/$1")}</script>`;
}
