/** Adds a slider to a live chart that has values for several times. */
import type { Animation, JsonObject, Language, PlotlyFigure } from "../figure.js";
import { plotlyText, plotlyTexts } from "../plotly-text.js";

/** Height of a slider with its labels, in ems. */
const HEIGHT = 5;

/** Returns the chart with its frames and, below the axes, a slider that chooses one of them. */
export function withSlider(
  { data, layout }: PlotlyFigure,
  { label, shown, steps }: Animation,
  language: Language,
): PlotlyFigure {
  const margin = layout.margin as { readonly b: number };
  const { size } = layout.font as { readonly size: number };
  const { domain = [0, 1] } = layout.xaxis as { readonly domain?: readonly [number, number] };
  const names = steps.map(({ name }) => name[language]);
  const slider: JsonObject = {
    active: shown,
    x: domain[0],
    len: 1 - domain[0],
    y: 0,
    yanchor: "top",
    pad: { t: Math.round(2.2 * size), b: 0, l: 0, r: 0 },
    currentvalue: { prefix: plotlyText(`${label[language]}: `), font: { size } },
    font: { size: Math.round(0.8 * size) },
    ticklen: 3,
    steps: names.map((name) => ({
      label: plotlyText(name),
      method: "animate",
      args: [
        [name],
        { mode: "immediate", frame: { duration: 0, redraw: true }, transition: { duration: 0 } },
      ],
    })),
  };
  const room = HEIGHT * size;
  return {
    data,
    layout: {
      ...layout,
      height: Number(layout.height) + room,
      margin: { ...margin, b: margin.b + room },
      sliders: [slider],
    },
    frames: steps.map(({ changes }, i) => ({
      name: names[i],
      data: changes.map((change) => plotlyTexts(change)),
      traces: changes.map((_, trace) => trace),
    })),
  };
}
