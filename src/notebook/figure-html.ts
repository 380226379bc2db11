/** Converts a chart to HTML: a static image, replaced by a live plotly chart where there is room for it. */
import type { LiveFigure } from "../charts/live/live.js";
import { escapeHtml, NO_MATH } from "./escape-html.js";
import { filesHtml, narrowSource } from "./file-links.js";
import { plotlyAddresses } from "./plotly-source.js";

export interface FigureView {
  /** The id of the chart's element on the page. */
  readonly id: string;
  readonly name: string;
  readonly title: string;
  /** What the chart says; empty for nothing. */
  readonly says: string;
  readonly caption: string;
  /** The line on where the numbers are from, as HTML. */
  readonly provenance?: string;
  /** Absent where only the static image is requested. */
  readonly live?: LiveFigure;
  /** Absent where no browser could draw it. */
  readonly svg?: string;
  /** Width of the static image in CSS pixels. */
  readonly width: number;
  /** The chart's files, which are linked below it. */
  readonly files?: readonly string[];
  /** Why some files were not written. */
  readonly note?: string;
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
 * Draws the live chart as soon as its box is wide enough, which may be later: JupyterLab shows cells as they
 * scroll into view. The chart is as wide as the box, and changes with it. The first chart on a page loads
 * plotly.js, whose promise all charts share. Where loading or drawing fails, the image stays. Plotly's button
 * that sends a chart's data to its makers is left out.
 */
const DRAW = `(function (id, name, figure) {
  var box = document.getElementById(id);
  if (!box || !window.ResizeObserver) return;
  var live = box.querySelector("[data-live]"), still = box.querySelector("[data-still]");
  var watch = new ResizeObserver(function () {
    if (!box.dataset.drawn) draw();
    else if (box.dataset.drawn === "live" && box.clientWidth > 0 && live.layout.width !== width()) {
      window.Plotly.relayout(live, { width: width() });
    }
  });
  function width() { return Math.max(figure.layout.width, box.clientWidth); }
  function show(isLive) {
    live.style.display = isLive ? "block" : "none";
    if (still) still.style.display = isLive ? "none" : "block";
  }
  function load() {
    if (window.Plotly) return Promise.resolve();
    window.schedlabPlotly = window.schedlabPlotly || (ADDRESSES)().reduce(function (before, address) {
      return before.catch(function () {
        return new Promise(function (done, fail) {
          var script = document.createElement("script");
          document.head.appendChild(Object.assign(script, { onload: done, onerror: fail, src: address }));
        });
      });
    }, Promise.reject());
    return window.schedlabPlotly;
  }
  function draw() {
    if (box.clientWidth < LEAST) return;
    box.dataset.drawn = "begun";
    load()
      .then(function () {
        show(true);
        var layout = { ...figure.layout, width: width() };
        var config = { displaylogo: false, showSendToCloud: false, typesetMath: false };
        config.toImageButtonOptions = { filename: name };
        return window.Plotly.newPlot(live, { data: figure.data, layout, frames: figure.frames, config });
      })
      .then(function () {
        live.on("plotly_buttonclicked", function (event) {
          var texts = figure.texts[event.active];
          box.querySelector(".schedlab-says").textContent = texts.says;
          box.querySelector("figcaption").textContent = texts.caption;
        });
        box.dataset.drawn = "live";
      })
      .catch(function () { show(false); box.dataset.drawn = "still"; });
  }
  watch.observe(box);
})`
  .replace("ADDRESSES", plotlyAddresses())
  .replace("LEAST", String(LEAST_WIDE));

/**
 * Returns the HTML. The image is inside an img element, so that the ids of two images on one page do not
 * collide and programs that drop scripts still show it.
 */
export function figureHtml(view: FigureView): string {
  const { id, name, says, caption, live, width, files = [], note, isWide = false } = view;
  const { provenance = "" } = view;
  const figure = [
    `<figure id="${id}" class="schedlab-figure${isWide ? " schedlab-wide" : ""} ${NO_MATH}" `,
    `data-name="${escapeHtml(name)}" style="margin: 1em 0;">`,
    `<p class="schedlab-says" style="max-width: ${width}px; margin: 0 0 0.3em; font-weight: 600;">`,
    `${escapeHtml(says)}</p>`,
    live ? `<div data-live style="display: none; overflow-x: auto;"></div>` : "",
    stillHtml(view),
    `<figcaption style="max-width: ${width}px; font-size: 90%;">${escapeHtml(caption)}</figcaption>`,
    note === undefined ? "" : `<p class="schedlab-note">${escapeHtml(note)}</p>`,
    `${provenance}${filesHtml(files)}</figure>`,
  ].join("");
  return live
    ? `${figure}<script>${DRAW}(${scriptJson(id)}, ${scriptJson(name)}, ${scriptJson(live)});</script>`
    : figure;
}

function stillHtml({ title, svg, width, files = [], isWide = false }: FigureView): string {
  if (svg === undefined) return "";
  const narrow = isWide ? undefined : files.find((path) => path.endsWith(".svg"));
  const least = isWide ? ` min-width: ${Math.min(width, LEAST_WIDE)}px;` : "";
  return (
    `<div data-still style="overflow-x: auto;"><p class="schedlab-title" style="margin: 0 0 0.3em;">` +
    `${escapeHtml(title)}</p><picture>${narrow === undefined ? "" : narrowSource(narrow)}` +
    `<img alt="${escapeHtml(title)}" width="${width}" style="max-width: 100%;${least} background: #fff;" ` +
    `src="data:image/svg+xml;base64,${Buffer.from(svg, "utf8").toString("base64")}"></picture></div>`
  );
}
