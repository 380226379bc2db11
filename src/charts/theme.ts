/** One look for all figures: fit for a 3.33 in column, for grey print, and for two languages. */
import { InputError } from "../errors.js";
import { checkLanguage, localize, type Figure, type Json, type JsonObject, type Language } from "./figure.js";
import { legendBox } from "./legend.js";

/** The font that exports bring along; it has Latin and Chinese. */
export const FONT_FAMILY = "Noto Sans SC";

/** Okabe and Ito's palette without its yellow, which is lost on white paper (Color Universal Design, 2008). */
export const PALETTE: readonly string[] = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#000000",
  "#56B4E9",
  "#E69F00",
];
const DASHES = ["solid", "dash", "dot", "dashdot", "longdash"] as const;
const SYMBOLS = [
  "circle",
  "square",
  "diamond",
  "triangle-up",
  "x",
  "triangle-down",
  "star",
  "cross",
  "hexagon",
];

/** A series's color, dash and marker: each alone tells neighbors apart, so that grey print does too. */
export interface SeriesStyle {
  readonly color: string;
  readonly dash: string;
  readonly symbol: string;
}

/** Returns the style of the n-th series; 315 of them differ. */
export function seriesStyle(n: number): SeriesStyle {
  return {
    color: PALETTE[n % PALETTE.length],
    dash: DASHES[n % DASHES.length],
    symbol: SYMBOLS[n % SYMBOLS.length],
  };
}

interface Size {
  /** CSS pixels, 96 an inch. */
  readonly width: number;
  readonly font: number;
  /** Line and marker sizes over those in a column. */
  readonly scale: number;
  /** Height of the plotting area over what `aspect` says: a wide figure need not be as tall. */
  readonly flatten: number;
  readonly ticks: number;
  readonly title: boolean;
}

/** Sizes of a figure: one column of a two-column page (3.33 in), its whole width (7 in), a slide (10 in). */
export const WIDTHS = {
  column: { width: 320, font: 10, scale: 1, flatten: 1, ticks: 5, title: false },
  page: { width: 672, font: 11, scale: 1.15, flatten: 0.6, ticks: 9, title: false },
  slide: { width: 960, font: 18, scale: 1.9, flatten: 0.62, ticks: 8, title: true },
} as const satisfies Record<string, Size>;
export type Width = keyof typeof WIDTHS;

export interface PlotlyOptions {
  readonly language?: Language;
  readonly width?: Width;
}

/** What plotly draws: plain JSON, words in one language. */
export interface PlotlyFigure {
  readonly data: readonly JsonObject[];
  readonly layout: JsonObject;
}

/**
 * Returns the figure as plotly takes it, in one language and size: `Plotly.newPlot(element, data, layout)`.
 * Throws InputError for an unknown language or width.
 */
export function toPlotly(
  figure: Figure,
  { language = "en", width = "column" }: PlotlyOptions = {},
): PlotlyFigure {
  checkLanguage(language);
  if (!(width in WIDTHS)) {
    throw new InputError(`unknown width: ${width}; known: ${Object.keys(WIDTHS).join(", ")}`);
  }
  const size: Size = WIDTHS[width];
  const data = (localize(figure.data, language) as readonly JsonObject[]).map((trace, i) => ({
    ...scaleTrace(trace, size.scale),
    uid: `trace${i}`,
  }));
  return { data, layout: themedLayout(figure, data, language, size) };
}

function themedLayout(
  figure: Figure,
  data: readonly JsonObject[],
  language: Language,
  size: Size,
): JsonObject {
  const own = localize(figure.layout, language) as JsonObject;
  const { font } = size;
  const margin = {
    l: Math.round(4.6 * font),
    r: Math.round(("yaxis2" in own && isSide(own.yaxis2) ? 4.2 : 1.4) * font),
    t: Math.round((size.title ? 3 : 1) * font),
    b: Math.round(3.6 * font),
  };
  const legend = legendBox(data, { width: size.width - 8, font });
  const plotWidth = size.width - margin.l - margin.r;
  const plotHeight = Math.round(plotWidth * figure.aspect * size.flatten);
  const axes = Object.entries(own).filter(([key]) => /^[xy]axis\d*$/.test(key));
  const rest = Object.entries(own).filter(([key]) => !/^[xy]axis\d*$/.test(key));
  return {
    width: size.width,
    height: margin.t + plotHeight + margin.b + legend.height,
    autosize: false,
    margin: { ...margin, b: margin.b + legend.height, pad: 0, autoexpand: true },
    font: { family: `${FONT_FAMILY}, sans-serif`, size: font, color: "#111111" },
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    hovermode: "closest",
    showlegend: legend.height > 0,
    legend: {
      orientation: "h",
      xref: "container",
      yref: "container",
      x: 0.5,
      xanchor: "center",
      y: 0,
      yanchor: "bottom",
      font: { size: font },
      itemwidth: 30,
      entrywidth: legend.entryWidth,
      entrywidthmode: "pixels",
      tracegroupgap: 0,
      bgcolor: "rgba(0,0,0,0)",
    },
    ...(size.title
      ? {
          title: {
            text: figure.title[language],
            x: 0.5,
            xanchor: "center",
            font: { size: Math.round(font * 1.2) },
          },
        }
      : {}),
    ...Object.fromEntries(axes.map(([key, axis]) => [key, themedAxis(key, axis as JsonObject, size)])),
    ...scaleAnnotations(Object.fromEntries(rest), font),
  };
}

function themedAxis(key: string, axis: JsonObject, { font, scale, ticks }: Size): JsonObject {
  return {
    showline: true,
    linecolor: "#111111",
    linewidth: 0.8 * scale,
    ticks: "outside",
    ticklen: 3 * scale,
    tickwidth: 0.8 * scale,
    tickcolor: "#111111",
    nticks: key.startsWith("x") ? ticks : Math.min(6, ticks),
    showgrid: key.startsWith("y"),
    gridcolor: "#e2e2e2",
    gridwidth: 0.6 * scale,
    zeroline: false,
    automargin: true,
    tickfont: { size: font },
    exponentformat: "none",
    ...axis,
    title: {
      text: axis.title ?? "",
      font: { size: Math.round(font * 1.1) },
      standoff: Math.round(font * 0.6),
    },
  };
}

function scaleTrace(trace: JsonObject, scale: number): JsonObject {
  const sized = (value: Json | undefined, key: string): Json | undefined => {
    if (!isObject(value)) return value;
    const length = value[key];
    return typeof length === "number" ? { ...value, [key]: length * scale } : value;
  };
  const scaled = { line: sized(trace.line, "width"), marker: sized(trace.marker, "size") };
  return {
    ...trace,
    ...(scaled.line === undefined ? {} : { line: scaled.line }),
    ...(scaled.marker === undefined ? {} : { marker: scaled.marker }),
  };
}

/** Annotations are set in the size of the ticks. */
function scaleAnnotations(layout: JsonObject, font: number): JsonObject {
  if (!Array.isArray(layout.annotations)) return layout;
  const annotations = (layout.annotations as readonly JsonObject[]).map((annotation) => ({
    showarrow: false,
    ...annotation,
    font: { size: Math.round(font * 0.9), ...(isObject(annotation.font) ? annotation.font : {}) },
  }));
  return { ...layout, annotations };
}

function isSide(axis: Json | undefined): boolean {
  return isObject(axis) && axis.side === "right";
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
