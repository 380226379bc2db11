/** The common look of all charts, suitable for a 3.33 in column, for gray print, and for two languages. */
import {
  checkLanguage,
  localize,
  type Figure,
  type Json,
  type JsonObject,
  type Language,
  type PlotlyFigure,
} from "./figure.js";
import { breakText, legendBox, textWidth, type LegendBox } from "./legend.js";
import { labelPanels } from "./label-panels.js";
import { plotlyTexts } from "./plotly-text.js";
import { sizeOf, type Size, type Width } from "./widths.js";

/** The font that exports include; it has Latin and Chinese characters. */
export const FONT_FAMILY = "Noto Sans SC";

export interface PlotlyOptions {
  readonly language?: Language;
  /** "column" (default), "page", "slide", "screen", or a number with a unit: "345pt", "8.5cm". */
  readonly width?: Width;
}

/**
 * Returns the chart in plotly's format, in one language and size: `Plotly.newPlot(element, data, layout)`. A
 * figure that is made for a page stays as wide as a page in the size "column".
 * Throws InputError for an unknown language or width.
 */
export function toPlotly(figure: Figure, options: PlotlyOptions = {}): PlotlyFigure {
  return inMarkup(figure, layOut(figure, options));
}

/** Returns the chart with its texts in plotly's markup. */
export function inMarkup({ hasMarkup }: Figure, { data, layout }: PlotlyFigure): PlotlyFigure {
  return { data: data.map((trace) => plotlyTexts(trace, hasMarkup)), layout: plotlyTexts(layout, hasMarkup) };
}

/** Returns the chart as `toPlotly` does, with texts as a reader sees them. */
export function layOut(
  figure: Figure,
  { language = "en", width = "column" }: PlotlyOptions = {},
): PlotlyFigure {
  checkLanguage(language);
  const size = sizeOf(width, figure.width);
  const data = (withTitles(localize(figure.data, language)) as readonly JsonObject[]).map((trace, i) => ({
    ...scaleTrace(trace, size.scale),
    uid: `trace${i}`,
  }));
  return themed(figure, data, language, size);
}

function themed(figure: Figure, drawn: readonly JsonObject[], language: Language, size: Size): PlotlyFigure {
  const given = withTitles(localize(figure.layout, language)) as JsonObject;
  const { title, legend: ownLegend, xtitle, labels: names = [], ...unnamed } = given;
  const { font, width } = size;
  const isBare = hidesAxes(unnamed);
  const labels = labelRoom(unnamed);
  const { inner, left, plotWidth } = widthsOf(unnamed, { size, labels: labels.left, isBare });
  const plotHeight = Math.round(plotWidth * figure.aspect * size.flatten);
  const heading = title ?? (size.title ? { text: figure.title[language] } : undefined);
  const panels = { data: drawn, layout: unnamed, plotWidth, plotHeight, font };
  const { data, layout: own, isNamed } = labelPanels(names as readonly JsonObject[], panels);
  const top = Math.round((heading === undefined ? 1 : 3) * font);
  // Beside names in the panels, a single other series needs its name in the legend.
  const legend = legendBox(data, {
    width: width - 2 * EDGE,
    font,
    hasTitle: "text" in titleOf(ownLegend),
    least: isNamed ? 1 : 2,
  });
  const below = Math.round((3.7 + labels.below + titleRoom(own, plotWidth / font)) * font);
  const bottom = (isBare ? EDGE : below) + legend.height;
  const isAxis = ([key]: [string, Json]): boolean => /^[xy]axis\d*$/.test(key);
  const frame = { start: left / inner, share: plotWidth / inner, plotWidth, plotHeight };
  const layout = {
    width,
    height: top + plotHeight + bottom,
    autosize: false,
    margin: { l: EDGE, r: EDGE, t: top, b: bottom, pad: 0, autoexpand: true },
    font: { family: `${FONT_FAMILY}, sans-serif`, size: font, color: "#111111" },
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    hovermode: "closest",
    showlegend: legend.height > 0,
    legend: themedLegend(legend, ownLegend, font),
    ...(heading === undefined ? {} : { title: themedTitle(heading, font) }),
    ...Object.fromEntries(
      Object.entries(own)
        .filter(isAxis)
        .map(([key, axis]) => [key, themedAxis(key, axis as JsonObject, size, frame)]),
    ),
    ...withSharedTitle(
      scaleAnnotations(
        placeColorBars(Object.fromEntries(Object.entries(own).filter((entry) => !isAxis(entry))), {
          ...frame,
          ems: plotHeight / font,
        }),
        font,
      ),
      xtitle,
      { x: frame.start + frame.share / 2, below: labels.below, size },
    ),
  };
  return { data, layout };
}

/**
 * Returns the pixels between the margins without color bars, those left of the axes, which `labels` ems of
 * tick labels need, and the width of the plotting area.
 */
function widthsOf(
  layout: JsonObject,
  { size: { font, width }, labels, isBare }: { size: Size; labels: number; isBare: boolean },
): { inner: number; left: number; plotWidth: number } {
  // Plotly takes the width of a color bar from both the axes and the labels left of them.
  const bar = "coloraxis" in layout ? 22 + Math.round(6 * font) : 0;
  const inner = width - 2 * EDGE - bar;
  if (isBare) return { inner, left: 0, plotWidth: inner };
  const left = Math.round(Math.min(Math.max(4.6, labels + 2.8) * font, 0.45 * inner));
  return { inner, left, plotWidth: inner - left - Math.round(1.2 * font) };
}

/** Whether all axes are hidden, as in a diagram, which needs no room for labels. */
function hidesAxes(layout: JsonObject): boolean {
  const axes = Object.entries(layout).filter(([key]) => /^[xy]axis\d*$/.test(key));
  return axes.length > 0 && axes.every(([, axis]) => isObject(axis) && axis.visible === false);
}

/**
 * Returns the ems that tick labels need: left of y axes of panels at the left edge, and below x axes in
 * addition to one line.
 */
function labelRoom(layout: JsonObject): { left: number; below: number } {
  const isInner = ({ anchor }: JsonObject): boolean => {
    const across = typeof anchor === "string" ? layout[anchor.replace(/^x/, "xaxis")] : undefined;
    return isObject(across) && Array.isArray(across.domain) && Number(across.domain[0]) > 0;
  };
  const most = (letter: string, share: (axis: JsonObject) => number): number =>
    Object.entries(layout).reduce((room, [key, axis]) => {
      if (!isObject(axis) || !key.startsWith(`${letter}axis`) || axis.showticklabels === false) return room;
      if (letter === "y" && isInner(axis)) return room;
      const texts = (axis.ticktext ?? []) as readonly string[];
      return texts.reduce((widest, text) => Math.max(widest, share(axis) * widestLine(text)), room);
    }, 0);
  const below = most("x", ({ tickangle }) => Math.sin((Math.abs(Number(tickangle ?? 0)) * Math.PI) / 180));
  return { left: most("y", () => 1), below };
}

/**
 * Breaks the titles of color bars that are longer than their bars, and moves bars with a place of their own
 * with the axes. `ems` is the height of the plotting area.
 */
function placeColorBars(
  layout: JsonObject,
  { start, share, ems }: Pick<Frame, "start" | "share"> & { readonly ems: number },
): JsonObject {
  const placed = Object.entries(layout).map(([key, axis]): [string, Json] => {
    if (!/^coloraxis\d*$/.test(key) || !isObject(axis) || !isObject(axis.colorbar)) return [key, axis];
    const { x, len = 1 } = axis.colorbar;
    const title = titleOf(axis.colorbar);
    const text = typeof title.text === "string" ? breakText(title.text, Number(len) * ems) : "";
    const place: JsonObject = typeof x === "number" ? { x: start + x * share } : {};
    return [key, { ...axis, colorbar: { ...axis.colorbar, ...place, title: { ...title, text } } }];
  });
  return Object.fromEntries(placed);
}

function widestLine(text: string): number {
  return Math.max(...text.split("\n").map(textWidth));
}

/** How much longer than its axis the title of an x axis may be. */
const LONGER = 1.25;

/** Returns the ems that the second lines of titles of x axes need; `ems` is the width of the plot. */
function titleRoom(layout: JsonObject, ems: number): number {
  const isLong = Object.entries(layout).some(([key, axis]) => {
    if (!/^xaxis\d*$/.test(key) || !isObject(axis)) return false;
    const [from, to] = (axis.domain ?? [0, 1]) as readonly [number, number];
    const { text } = titleOf(axis);
    return typeof text === "string" && breakText(text, (LONGER * (to - from) * ems) / 1.1) !== text;
  });
  return isLong ? 1.4 : 0;
}

/** Adds one title below all x axes, `below` ems further down than one line of labels needs. */
function withSharedTitle(
  layout: JsonObject,
  title: Json | undefined,
  { x, below, size: { font, scale } }: { x: number; below: number; size: Size },
): JsonObject {
  if (typeof title !== "string") return layout;
  const annotation = {
    text: title,
    showarrow: false,
    xref: "paper",
    x,
    xanchor: "center",
    yref: "paper",
    y: 0,
    yanchor: "top",
    yshift: -Math.round(3 * scale + (1.7 + below) * font),
    font: { size: Math.round(font * 1.1) },
  };
  return { ...layout, annotations: [...((layout.annotations ?? []) as readonly Json[]), annotation] };
}

/** Free pixels at both sides. */
const EDGE = 3;

/** Returns the value with each string title as `{ text }`, the only form that plotly accepts. */
function withTitles(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withTitles);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      // The author's own data, which plotly passes through unchanged.
      if (key === "customdata" || key === "meta") return [key, item];
      return [key, key === "title" && typeof item === "string" ? { text: item } : withTitles(item)];
    }),
  );
}

/** Returns the title of an axis or a legend. */
function titleOf(part: Json | undefined): JsonObject {
  return isObject(part) && isObject(part.title) ? part.title : {};
}

/** Returns the title in this size, unless it has its own size. */
function sizedTitle(title: JsonObject, size: number): JsonObject {
  return { ...title, font: { size, ...(isObject(title.font) ? title.font : {}) } };
}

function themedTitle(title: Json, font: number): JsonObject {
  return {
    x: 0.5,
    xanchor: "center",
    ...sizedTitle(isObject(title) ? title : {}, Math.round(font * 1.2)),
  };
}

/** Puts the legend below everything, in columns, so that it never covers data. */
function themedLegend({ height, entryWidth }: LegendBox, own: Json | undefined, font: number): JsonObject {
  return {
    orientation: "h",
    xref: "container",
    yref: "container",
    x: 0.5,
    xanchor: "center",
    y: 0,
    yanchor: "bottom",
    font: { size: font },
    itemwidth: 30,
    entrywidth: entryWidth,
    entrywidthmode: "pixels",
    // Plotly's own limit hides the last entries of a long legend.
    maxheight: height + 4 * font,
    tracegroupgap: 0,
    bgcolor: "rgba(0,0,0,0)",
    ...(isObject(own) ? own : {}),
    ...("text" in titleOf(own) ? { title: { side: "top", ...sizedTitle(titleOf(own), font) } } : {}),
  };
}

/**
 * The position of the axes. Plotly limits a legend to the width between the margins, so the margins are small
 * and the axes are indented instead.
 */
interface Frame {
  readonly start: number;
  readonly share: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
}

function themedAxis(key: string, axis: JsonObject, { font, scale, ticks }: Size, frame: Frame): JsonObject {
  const [from, to] = (axis.domain ?? [0, 1]) as readonly [number, number];
  const isX = key.startsWith("x");
  const title = titleOf(axis);
  const text = typeof title.text === "string" ? title.text : "";
  const size = Math.round(font * 1.1);
  const length = ((to - from) * (isX ? LONGER * frame.plotWidth : frame.plotHeight)) / size;
  return {
    showline: true,
    linecolor: "#111111",
    linewidth: 0.8 * scale,
    ticks: "outside",
    ticklen: 3 * scale,
    tickwidth: 0.8 * scale,
    tickcolor: "#111111",
    nticks: isX
      ? Math.max(3, Math.round(ticks * (to - from) ** 0.7))
      : Math.max(3, Math.min(7, ticks + 1, Math.round(length / 1.6))),
    showgrid: !isX,
    gridcolor: "#e2e2e2",
    gridwidth: 0.6 * scale,
    zeroline: false,
    automargin: true,
    tickfont: { size: font },
    exponentformat: "none",
    separatethousands: true,
    ...axis,
    ...(isX ? { domain: [frame.start + from * frame.share, frame.start + to * frame.share] } : {}),
    title: {
      standoff: Math.round(font * 0.6),
      ...sizedTitle(title, size),
      text: breakText(text, length),
    },
  };
}

function scaleTrace(trace: JsonObject, scale: number): JsonObject {
  const scaled = (key: "line" | "marker", of: "width" | "size"): JsonObject => {
    const part: Json | undefined = trace[key];
    return isObject(part) && typeof part[of] === "number"
      ? { [key]: { ...part, [of]: part[of] * scale } }
      : {};
  };
  return { ...trace, ...scaled("line", "width"), ...scaled("marker", "size") };
}

/** Sets annotations to a size close to that of the ticks. */
function scaleAnnotations(layout: JsonObject, font: number): JsonObject {
  if (!Array.isArray(layout.annotations)) return layout;
  const annotations = (layout.annotations as readonly JsonObject[]).map((annotation) => ({
    showarrow: false,
    ...annotation,
    font: { size: Math.round(font * 0.9), ...(isObject(annotation.font) ? annotation.font : {}) },
  }));
  return { ...layout, annotations };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
