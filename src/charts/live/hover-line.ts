/** One hover line through all lines of a chart, with the value of each. */
import type { JsonObject, PlotlyFigure } from "../figure.js";

/** The texts that `build/traces` makes for a mark: name, place on x, place on y. */
const HOVER = /^(?:%\{fullData\.name\}\n)?(%\{x[^}]*\}[^:]*): (%\{y.*)$/;

/**
 * Returns the chart with one hover line across all its panels, if its marks are lines along numbers: then the
 * values of all lines at one place belong together. Other charts are returned as they are.
 */
export function withHoverLine(figure: PlotlyFigure): PlotlyFigure {
  const { data, layout } = figure;
  const hovered = data.filter(({ hoverinfo }) => hoverinfo !== "skip");
  if (hovered.length < 2 || !hovered.every(isLine)) return figure;
  const place = hovered.map((trace) => partsOf(trace)?.place).find((found) => found !== undefined);
  return {
    data: data.map((trace) => withShortText(trace, layout)),
    layout: {
      ...Object.fromEntries(
        Object.entries(layout).map(([key, part]) => [
          key,
          /^xaxis\d*$/.test(key) && place !== undefined
            ? { ...(part as JsonObject), unifiedhovertitle: { text: place } }
            : part,
        ]),
      ),
      hovermode: "x unified",
      hoversubplots: "axis",
      // Between two points of an hour or more, the nearer one.
      hoverdistance: -1,
    },
  };
}

function isLine(trace: JsonObject): boolean {
  const { type = "scatter", mode, x, fill } = trace;
  const isAlongNumbers = Array.isArray(x) && x.length > 1 && !("hovertext" in trace);
  const isDrawn = typeof mode === "string" && mode.includes("lines") && fill !== "toself";
  return type === "scatter" && isDrawn && isAlongNumbers;
}

/**
 * Leaves the place out of the text of a line, because the hover line has it in its head. In a chart with
 * several panels, the text names the quantity.
 */
function withShortText(trace: JsonObject, layout: JsonObject): JsonObject {
  const parts = partsOf(trace);
  if (parts === undefined) return trace;
  const axis = layout[(trace.yaxis as string | undefined)?.replace(/^y/, "yaxis") ?? "yaxis"] as JsonObject;
  const { text = "" } = axis.title as { readonly text?: string };
  // The unit follows the value.
  const quantity = text.replaceAll("\n", " ").replace(/ ?[(（][^()（）]*[)）]$/, "");
  const name = "yaxis2" in layout ? `%{fullData.name}, ${quantity}` : "%{fullData.name}";
  return { ...trace, hovertemplate: `${name}: ${parts.value}` };
}

function partsOf({ hovertemplate }: JsonObject): { place: string; value: string } | undefined {
  const found = typeof hovertemplate === "string" ? HOVER.exec(hovertemplate) : null;
  return found ? { place: found[1], value: found[2] } : undefined;
}
