/** Still images of charts, drawn by the exporter. */
import { sharedRenderer } from "../charts/export/shared-renderer.js";
import type { DrawStill } from "./bundle.js";

/** Returns the chart as SVG and PNG, as wide as a page on a screen; undefined where there is no browser. */
export const drawStill: DrawStill = (figure, options) =>
  sharedRenderer().still(figure, { width: "screen", ...options });
