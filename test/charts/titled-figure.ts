import type { Figure, Json } from "../../src/charts/figure.js";

/** All places where a chart can have a title, each with its own text. */
export const TITLES = [
  "The figure",
  "The x axis",
  "The y axis",
  "The second y axis",
  "The bar",
  "The legend",
];

const title = (at: number): { en: string; zh: string } => ({ en: TITLES[at], zh: TITLES[at] });
const noWords = { en: "", zh: "" };

/** Returns a chart with all these titles in the notation of `write`. */
export function titledFigure(write: (title: { en: string; zh: string }) => Json): Figure {
  const [whole, x, y, y2, bar, legend] = TITLES.map((_, at) => write(title(at)));
  return {
    name: "titled",
    title: noWords,
    caption: noWords,
    data: [
      {
        type: "scatter",
        name: "a",
        x: [1, 2],
        y: [1, 2],
        customdata: [{ title: "mine" }],
        marker: { color: [1, 2], colorbar: { title: bar, len: 0.5 } },
      },
      { type: "scatter", name: "b", x: [1, 2], y: [2, 1], yaxis: "y2" },
    ],
    layout: {
      title: whole,
      xaxis: { title: x },
      yaxis: { title: y },
      yaxis2: { title: y2, overlaying: "y", side: "right" },
      legend: { title: legend },
    },
    aspect: 0.6,
    table: { name: "titled", caption: noWords, columns: [] },
  };
}
