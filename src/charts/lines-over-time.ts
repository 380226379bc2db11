/** The look of a line. */
import type { JsonObject } from "./figure.js";
import { seriesStyle } from "./theme.js";

/** Returns the look of the n-th line: some eight markers, however many points it has. */
export function lineTrace(name: string, n: number): JsonObject {
  const { color, dash, symbol } = seriesStyle(n);
  return {
    type: "scatter",
    mode: "lines+markers",
    name,
    line: { color, dash, width: 1.3, simplify: false },
    marker: { color, symbol, size: 5, maxdisplayed: 8 },
    connectgaps: false,
  };
}
