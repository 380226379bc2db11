/** Still images of figures, drawn by the exporter. */
import { sharedRenderer } from "../charts/export/shared-renderer.js";
import type { DrawStill } from "./bundle.js";

/** Returns the figure as SVG and PNG; undefined where no browser can be had. */
export const drawStill: DrawStill = (figure, options) => sharedRenderer().render(figure, options);
