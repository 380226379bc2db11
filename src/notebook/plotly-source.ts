/** Where a page that shows a notebook finds plotly.js. */
import { createRequire } from "node:module";
import { exportVersions } from "../charts/export/versions.js";

const require = createRequire(import.meta.url);

/** The name of plotly.js beside the pages of the site. */
export const PLOTLY_FILE = "plotly.js";

/** The folder, among JupyterLab's extensions, from which a Jupyter server serves plotly.js. */
export const PLOTLY_EXTENSION = "schedlab";

/** Returns the path of plotly.js. */
export function plotlyPath(): string {
  return require.resolve("plotly.js-dist/plotly.js");
}

/** Plotly's own server, for a program that shows notebooks and has no plotly.js, such as VS Code. */
const ELSEWHERE = "https://cdn.plot.ly";

/**
 * Returns a function in the page's language, which returns the addresses of plotly.js, best first: the
 * Jupyter server's, or beside the page, as on the site; then plotly's own server.
 */
export function plotlyAddresses(): string {
  const elsewhere = `${ELSEWHERE}/plotly-${exportVersions().plotly}.min.js`;
  return `function () {
  var config = document.getElementById("jupyter-config-data");
  var lab = config && JSON.parse(config.textContent).fullLabextensionsUrl;
  return [lab ? lab + "/${PLOTLY_EXTENSION}/${PLOTLY_FILE}" : "${PLOTLY_FILE}", "${elsewhere}"];
}`;
}
