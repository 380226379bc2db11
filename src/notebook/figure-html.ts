/** Converts a chart to HTML: a static image, replaced by a live plotly chart where there is room for it. */
import type { PlotlyFigure } from "../charts/figure.js";
import { escapeHtml } from "./escape-html.js";
import { filesHtml, narrowSource } from "./file-links.js";

export interface FigureView {
  /** The id of the chart's element on the page. */
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** What the chart says; without it, the title stands above the chart. */
  readonly says?: string;
  readonly caption: string;
  /** Absent where only the static image is requested. */
  readonly plotly?: PlotlyFigure;
  /** Absent where no browser could draw it. */
  readonly svg?: string;
  /** Width of the static image in CSS pixels. */
  readonly width: number;
  /** The chart's files, which are linked below it. */
  readonly files?: readonly string[];
  /** Whether it has several panels: a narrow page scrolls it, instead of showing its narrow file. */
  readonly isWide?: boolean;
}

/** The least width, in CSS pixels, at which the labels of a wide chart can be read. */
const LEAST_WIDE = 640;

/** Digits of numbers in live charts: more cannot be seen, and would double the weight of a page. */
const DIGITS = 6;

function rounded(_: string, value: unknown): unknown {
  if (typeof value !== "number" || Number.isInteger(value)) return value;
  return Number(value.toPrecision(DIGITS));
}

/** Returns JSON that is safe inside a script element. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value, rounded)
    .replace(/</g, "\\u003c")
    .replace(/\u2028/g, "\\u2028")
    .replace(/\u2029/g, "\\u2029");
}

/**
 * Draws the live chart as soon as plotly.js is there and the chart's box is wide enough for it, which may be
 * later: JupyterLab shows cells as they scroll into view. Where drawing fails, the image is shown again.
 * Plotly's button that sends a chart's data to its makers is left out.
 */
const DRAW = `(function (id, figure) {
  var box = document.getElementById(id);
  if (!box || !window.ResizeObserver) return;
  var live = box.querySelector("[data-live]"), still = box.querySelector("[data-still]");
  var watch = new ResizeObserver(draw);
  function show(isLive) {
    live.style.display = isLive ? "block" : "none";
    if (still) still.style.display = isLive ? "none" : "block";
  }
  function draw() {
    if (!window.Plotly || box.clientWidth < figure.layout.width || box.dataset.drawn) return;
    watch.disconnect();
    box.dataset.drawn = "begun";
    show(true);
    Promise.resolve()
      .then(function () {
        var options = { displaylogo: false, responsive: false, showSendToCloud: false };
        return window.Plotly.newPlot(live, { ...figure, config: options });
      })
      .then(function () { box.dataset.drawn = "live"; }, function () { show(false); });
  }
  watch.observe(box);
  window.addEventListener("load", draw);
})`;

/**
 * Returns the HTML. The image is inside an img element, so that the ids of two images on one page do not
 * collide and programs that drop scripts still show it.
 */
export function figureHtml(view: FigureView): string {
  const { id, name, title, says = title, caption, plotly, width, files = [], isWide = false } = view;
  const figure = [
    `<figure id="${id}" class="schedlab-figure${isWide ? " schedlab-wide" : ""}" `,
    `data-name="${escapeHtml(name)}" style="margin: 1em 0;">`,
    `<p class="schedlab-says" style="max-width: ${width}px; margin: 0 0 0.3em; font-weight: 600;">`,
    `${escapeHtml(says)}</p>`,
    plotly ? `<div data-live style="display: none; overflow-x: auto;"></div>` : "",
    stillHtml(view),
    `<figcaption style="max-width: ${width}px; font-size: 90%;">${escapeHtml(caption)}</figcaption>`,
    `${filesHtml(files)}</figure>`,
  ].join("");
  return plotly ? `${figure}<script>${DRAW}(${scriptJson(id)}, ${scriptJson(plotly)});</script>` : figure;
}

function stillHtml({ title, svg, width, files = [], isWide = false }: FigureView): string {
  if (svg === undefined) return "";
  const narrow = isWide ? undefined : files.find((path) => path.endsWith(".svg"));
  const least = isWide ? ` min-width: ${Math.min(width, LEAST_WIDE)}px;` : "";
  return (
    `<div data-still style="overflow-x: auto;"><picture>${narrow === undefined ? "" : narrowSource(narrow)}` +
    `<img alt="${escapeHtml(title)}" width="${width}" style="max-width: 100%;${least} background: #fff;" ` +
    `src="data:image/svg+xml;base64,${Buffer.from(svg, "utf8").toString("base64")}"></picture></div>`
  );
}
