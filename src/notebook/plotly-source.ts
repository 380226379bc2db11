/** Brings plotly.js to the page that shows a notebook. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { WIDTHS } from "../charts/theme.js";

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

/**
 * Loads plotly.js from beside the page, unless the window is too narrow for a live chart: a phone need not
 * load some megabytes for nothing.
 */
const LOAD = `(function (file, width) {
  if (window.innerWidth < width) return;
  document.head.appendChild(Object.assign(document.createElement("script"), { src: file }));
})`;

/** Returns a script element with plotly.js: its text, or one that loads PLOTLY_FILE from beside the page. */
export async function plotlyScript(form: "inline" | "file"): Promise<string> {
  if (form === "file") return `<script>${LOAD}("${PLOTLY_FILE}", ${WIDTHS.screen.width});</script>`;
  const source = await readFile(plotlyPath(), "utf8");
  return `<script>${source.replace(/<\/(script)/gi, "<\\/$1")}</script>`;
}
