/** Converts a chart to HTML: a static image, replaced by a live plotly chart where the page has plotly.js. */
import type { PlotlyFigure } from "../charts/figure.js";
import { escapeHtml } from "./escape-html.js";

export interface FigureView {
  /** The id of the chart's element on the page. */
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  /** Absent where only the static image is requested. */
  readonly plotly?: PlotlyFigure;
  /** Absent where no browser could draw it. */
  readonly svg?: string;
  /** Width of the static image in CSS pixels. */
  readonly width: number;
}

/** Returns JSON that is safe inside a script element. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, "\\u003c")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}

/** Draws the live chart; where that fails, the image is shown again. */
const DRAW = `(function (id, figure) {
  var box = document.getElementById(id);
  if (!box || !window.Plotly) return;
  var live = box.querySelector("[data-live]"), still = box.querySelector("img");
  if (still) still.style.display = "none";
  live.style.display = "block";
  Promise.resolve()
    .then(function () {
      var options = { displaylogo: false, responsive: false };
      return window.Plotly.newPlot(live, { ...figure, config: options });
    })
    .then(function () { box.dataset.drawn = "live"; }, function () {
      live.style.display = "none";
      if (still) still.style.display = "";
    });
})`;

/**
 * Returns the HTML. The image is inside an img element, so that the ids of two images on one page do not
 * collide and programs that drop scripts still show it.
 */
export function figureHtml({ id, title, caption, plotly, svg, width }: FigureView): string {
  const image =
    svg === undefined
      ? ""
      : `<img alt="${escapeHtml(title)}" width="${width}" style="max-width: 100%; background: #fff;" ` +
        `src="data:image/svg+xml;base64,${Buffer.from(svg, "utf8").toString("base64")}">`;
  const live = plotly ? `<div data-live style="display: none;"></div>` : "";
  const note =
    `<figcaption style="max-width: ${width}px; font-size: ` + `90%;">${escapeHtml(caption)}</figcaption>`;
  const figure =
    `<figure id="${id}" class="schedlab-figure" style="margin: 0.5em ` +
    `0;">${live}${image}${note}</figure>`;
  return plotly ? `${figure}<script>${DRAW}(${scriptJson(id)}, ${scriptJson(plotly)});</script>` : figure;
}
