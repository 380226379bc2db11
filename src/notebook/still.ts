/** Still images of charts, drawn by the exporter. */
import { sharedRenderer } from "../charts/export/shared-renderer.js";
import type { DrawStill } from "./bundle.js";

/** Returns the chart as SVG and PNG; undefined where no browser is available. */
export const drawStill: DrawStill = (figure, options) => sharedRenderer().render(figure, options);
