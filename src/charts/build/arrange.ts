/** Puts several charts beside and below each other in one figure, each with its own axes. */
import { InputError } from "../../base/errors.js";
import { refuseUnknownKeys } from "../../base/known-keys.js";
import {
  checkFigures,
  fileName,
  toText,
  type Figure,
  type JsonObject,
  type Language,
  type Text,
  type Words,
} from "../figure.js";
import { bold } from "../plotly-text.js";
import { breakText } from "../legend.js";
import { endRoom } from "../place-labels.js";
import { gridOf, OVER, type Grid, type GridOptions } from "./grid.js";
import { joinTables } from "./join-tables.js";
import { colorAxes, isLastOfBar } from "./color-axes.js";
import { labelsOnce, leastHeight, leftRoom, widestName } from "./room-for-names.js";
import { withSharedAxes } from "./shared-axes.js";
import { moveAxes, moveRefs, moveTrace, type Move } from "./move-chart.js";
import { axisId, widthOf } from "./panels.js";
import { words } from "../words/words.js";
import { joinTexts, sentencesOf, withProvenance } from "../captions.js";

export interface ArrangeOptions {
  readonly name: string;
  readonly title: Words;
  /** The one thing that the figure says: its title line on a screen. */
  readonly says?: Words;
  /** Default: the captions of the charts, by letter; each sentence once. If they are long, their titles. */
  readonly caption?: Words;
  /** The number of charts side by side. Default: all, at most three. */
  readonly across?: number;
  /**
   * Which axes are the same: "y" in each row, "x" in each column, or "both". Only the outer axes then have
   * labels. Default "none": each chart has both axes.
   */
  readonly share?: "x" | "y" | "both" | "none";
  /** The titles of the panels. Default: the charts' own. */
  readonly titles?: readonly Words[];
  /** Height of each chart over its width. Default: the charts' own. */
  readonly aspect?: number;
  /** The width of the exported files. Default "page" for charts side by side, else "column". */
  readonly width?: "column" | "page";
}

const OPTIONS = ["name", "title", "says", "caption", "across", "share", "titles", "aspect", "width"];

/**
 * Returns one figure with a panel for each chart, row by row, under a letter and the chart's own title.
 * Series with the same name have one entry in the legend, or one name at the end of a line. The table has the
 * rows of all charts and a column `panel`. Throws InputError for no chart, for a chart that has panels side
 * by side already, for shared axes of different quantities, and for an option that makes no sense.
 */
export function arrange(given: readonly Figure[], options: ArrangeOptions): Figure {
  refuseUnknownKeys(options, OPTIONS, "option of arrange");
  checkFigures("arrange", given);
  const { name, title, says, caption, across = Math.min(3, given.length), share = "none" } = options;
  const { width = across > 1 ? "page" : "column" } = options;
  checkOptions(given, { ...options, across, share });
  const figures = titled(given, options.titles);
  const shared = { x: share === "x" || share === "both", y: share === "y" || share === "both" };
  // A chart that shares its axis and its title with the chart above does not repeat the title.
  const titles = figures.map(
    ({ title }, i) => !shared.x || i < across || title.en !== figures[i - across].title.en,
  );
  const { grid, labels } = layOut(figures, { across, shared, width, titles, aspect: options.aspect });
  const colors = colorAxes(figures, grid);
  const moves = movesOf(figures, grid, colors.names);
  const parts = figures.map((figure, i) =>
    partOf(figure, {
      move: moves[i],
      labels: labels[i],
      ems: grid.ems,
      letter: figures.length > 1 ? letterOf(i) : "",
      hasTitle: titles[i],
    }),
  );
  const axes = Object.assign({}, ...parts.map((part) => part.axes)) as Record<string, JsonObject>;
  const data = parts.flatMap((part) => part.data);
  const arranged: Figure = {
    name: fileName(name),
    title: toText(title),
    ...(says === undefined ? {} : { says: toText(says) }),
    caption: caption === undefined ? captionOf(figures) : toText(caption),
    data: oneLegend(data),
    layout: {
      ...withSharedAxes(axes, { grid, moves, shared, data }),
      ...colors.axes,
      annotations: parts.flatMap(({ annotations }) => annotations),
      shapes: parts.flatMap(({ shapes }) => shapes),
      labels: parts.flatMap((part) => part.labels),
    },
    aspect: grid.aspect,
    width,
    table: joinTables(
      figures.map(({ table, title: panel }) => ({ table, panel })),
      { name: fileName(name), caption: toText(title) },
    ),
  };
  const method = caption === undefined && isLong(figures) && joinCaptions(figures);
  return withProvenance(arranged, method, eachOnce(figures.map(({ provenance }) => provenance)));
}

/** Charts narrower than this many ems have a legend: names at lines would make them narrower still. */
const LEAST_EMS = 8;

function checkOptions(
  figures: readonly Figure[],
  { across, share, aspect = 1, width = "page" }: ArrangeOptions & { across: number; share: string },
): void {
  if (figures.length === 0) throw new InputError("no chart to arrange: give a list of at least one");
  if (!Number.isInteger(across) || across < 1)
    throw new InputError(`arrange: across ${across}: give a whole number of at least 1`);
  if (!["x", "y", "both", "none"].includes(share))
    throw new InputError(`arrange: share ${share}: give x, y, both or none`);
  if (!(aspect > 0 && aspect < Infinity))
    throw new InputError(`arrange: aspect ${aspect}: give a number above 0`);
  if (!["column", "page"].includes(width))
    throw new InputError(`arrange: width ${width}: give column or page`);
  for (const figure of figures) {
    if ("xtitle" in figure.layout)
      throw new InputError(`arrange: ${figure.name} has panels of a facet: give one chart for each`);
    if (figure.width !== undefined)
      throw new InputError(`arrange: ${figure.name} has panels of its own: give each as a chart`);
  }
}

function layOut(
  figures: readonly Figure[],
  {
    aspect,
    titles,
    ...options
  }: GridOptions & { readonly aspect: number | undefined; readonly titles: readonly boolean[] },
): { grid: Grid; labels: JsonObject[][] } {
  const gridWith = (labels: readonly JsonObject[][]): Grid =>
    gridOf(
      figures.map((figure, i) => ({
        left: leftRoom(figure),
        right: endRoom(widestName(labels[i]), 1),
        hasBar: isLastOfBar(figures, i),
        aspect: aspect ?? figure.aspect,
        title: titles[i] ? widthOf(figure.title) + LETTER : 0,
        least: leastHeight(figure),
      })),
      options,
    );
  const all = labelsOnce(figures, options.across);
  const grid = gridWith(all);
  if (grid.ems >= LEAST_EMS) return { grid, labels: all };
  const labels = all.map((ofChart) => ofChart.filter(({ kind }) => kind !== "end"));
  return { grid: gridWith(labels), labels };
}

function titled(figures: readonly Figure[], titles: readonly Words[] | undefined): readonly Figure[] {
  if (titles === undefined) return figures;
  if (titles.length !== figures.length) {
    throw new InputError(`arrange: ${titles.length} titles for ${figures.length} charts: give one for each`);
  }
  return figures.map((figure, i) => ({ ...figure, title: toText(titles[i]) }));
}

function movesOf(
  figures: readonly Figure[],
  { cells }: Grid,
  colors: readonly (string | undefined)[],
): Move[] {
  let offset = 0;
  return figures.map(({ layout }, i) => {
    const move = { x: cells[i].x, y: cells[i].y, offset, colorAxis: colors[i] };
    offset += Math.max(...Object.keys(layout).map((key) => Number(/^[xy]axis(\d*)$/.exec(key)?.[1] || 1)));
    return move;
  });
}

interface Part {
  readonly data: readonly JsonObject[];
  readonly axes: Record<string, JsonObject>;
  readonly annotations: readonly JsonObject[];
  readonly shapes: readonly JsonObject[];
  readonly labels: readonly JsonObject[];
}

interface PartOptions {
  readonly move: Move;
  readonly labels: readonly JsonObject[];
  /** The panel's letter; empty for a single panel. */
  readonly letter: string;
  /** Width of the panel. */
  readonly ems: number;
  readonly hasTitle: boolean;
}

function partOf({ data, layout, title }: Figure, { letter, ems, hasTitle, move, labels }: PartOptions): Part {
  const moved = (key: string): JsonObject[] =>
    ((layout[key] ?? []) as readonly JsonObject[]).map((part) => moveRefs(part, move));
  const heading = {
    text: titleIn(title, { letter, ems }),
    xref: `${axisId("x", move.offset + 1)} domain`,
    x: 0,
    xanchor: "left",
    align: "left",
    yref: "paper",
    y: move.y[1],
    yanchor: "bottom",
  };
  return {
    data: data.map((trace) => moveTrace(trace, move)),
    axes: moveAxes(layout, move),
    annotations: [...(hasTitle ? [heading] : []), ...moved("annotations")],
    shapes: moved("shapes"),
    // The grid has already left room for names.
    labels: labels.map((label) => ({ ...moveRefs(label, move), isReserved: true })),
  };
}

function titleIn({ en, zh }: Text, { letter, ems }: { letter: string; ems: number }): JsonObject {
  const [one, other] = [en, zh].map((text) =>
    letter === "" ? breakText(text, ems + OVER) : `${bold(letter)}  ${breakText(text, ems + OVER - LETTER)}`,
  );
  return { en: one, zh: other };
}

/** Ems of a panel's letter and the gap after it. */
const LETTER = 1.5;

/** Returns the traces with one legend entry for each name. */
function oneLegend(data: readonly JsonObject[]): JsonObject[] {
  const seen = new Set<string>();
  return data.map((trace) => {
    if (!("name" in trace)) return trace;
    const name = toText(trace.name as Text | string).en;
    const isNew = trace.showlegend !== false && !seen.has(name);
    if (isNew) seen.add(name);
    return { ...trace, legendgroup: name, showlegend: isNew };
  });
}

/** The largest number of words of a caption. */
const MOST_WORDS = 40;

function isLong(figures: readonly Figure[]): boolean {
  return joinCaptions(figures).en.split(" ").length > MOST_WORDS;
}

/** Returns the captions, or if they are long, the titles of the panels and what all captions end with. */
function captionOf(figures: readonly Figure[]): Text {
  if (!isLong(figures)) return joinCaptions(figures);
  const ends = (language: Language): string => {
    const last = figures.map(({ caption }) => sentencesOf(caption[language], language).at(-1) ?? "");
    return last.every((sentence) => sentence === last[0]) ? last[0] : "";
  };
  const titles = figures.map(({ title }) => words.build.sentence(title));
  return joinTexts(byLetter(titles), { en: ends("en"), zh: ends("zh") });
}

/** Returns the charts' captions after their panels' letters, without sentences that were said before. */
function joinCaptions(figures: readonly Figure[]): Text {
  return byLetter(figures.map(({ caption }) => caption));
}

function byLetter(texts: readonly Text[]): Text {
  const join = (language: Language): string =>
    freshSentences(texts, language)
      .map((text, i) => (text === "" || texts.length === 1 ? text : `(${letterOf(i)}) ${text}`))
      .filter((text) => text !== "")
      .join(" ");
  return { en: join("en"), zh: join("zh") };
}

/** Returns the sentences of all texts, each once. */
function eachOnce(texts: readonly (Text | undefined)[]): Text {
  const given = texts.filter((text) => text !== undefined);
  return joinTexts(
    ...given.map((_, i) => ({
      en: freshSentences(given, "en")[i],
      zh: freshSentences(given, "zh")[i],
    })),
  );
}

/** Returns each text without the sentences of those before it. */
function freshSentences(texts: readonly Text[], language: Language): string[] {
  const said = new Set<string>();
  return texts.map((text) => {
    const fresh = sentencesOf(text[language], language).filter((sentence) => !said.has(sentence));
    for (const sentence of fresh) said.add(sentence);
    return fresh.join(language === "en" ? " " : "");
  });
}

/** Returns a, b, ... z, aa, ab, ... */
function letterOf(i: number): string {
  return (i < 26 ? "" : letterOf(Math.floor(i / 26) - 1)) + String.fromCharCode(97 + (i % 26));
}
