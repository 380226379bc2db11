import { createRenderer, type Renderer } from "./renderer.js";

/** Said where no browser can be had. */
export const NO_BROWSER =
  "no Chromium was found or it does not start: SVG, PDF and PNG are skipped; install Chromium or set " +
  "CHROME_PATH";

let shared: Renderer | undefined;

/**
 * Returns the process's own renderer: starting a browser and loading plotly takes two seconds, drawing a
 * figure a tenth of one.
 */
export function sharedRenderer(): Renderer {
  shared ??= createRenderer();
  return shared;
}
