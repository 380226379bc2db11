/** The display of this process, which notebooks and the kernel share. */
import { createDisplay, type Display } from "./show.js";
import { drawStill } from "./still.js";

const display: Display = createDisplay(drawStill);

export const show: Display["show"] = display.show;
export const toBundle: Display["toBundle"] = display.toBundle;
export const showAndWrite: Display["showAndWrite"] = display.showAndWrite;
