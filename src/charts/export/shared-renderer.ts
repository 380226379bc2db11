import { createRenderer, type Renderer } from "./renderer.js";

/** The message where no browser is available. */
export const NO_BROWSER =
  "no Chromium was found or it does not start: SVG, PDF and PNG are skipped; install Chromium or set " +
  "CHROME_PATH";

let shared: Renderer | undefined;

/**
 * Returns the renderer that the process shares, because starting a browser and loading plotly takes two
 * seconds, but drawing a chart takes a tenth of a second.
 */
export function sharedRenderer(): Renderer {
  shared ??= createRenderer();
  return shared;
}
