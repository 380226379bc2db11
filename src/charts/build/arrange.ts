/** Puts several charts beside and below each other in one figure, each with its own axes. */
import { InputError } from "../../base/errors.js";
import { refuseUnknownKeys } from "../../base/known-keys.js";
import { fileName, toText, type Figure, type JsonObject, type Text, type Words } from "../figure.js";
import { breakText } from "../legend.js";
import { endRoom } from "../place-labels.js";
import { gridOf, OVER, type Cell, type Grid } from "./grid.js";
import { joinTables } from "./join-tables.js";
import { moveAxes, moveRefs, moveTrace, type Move } from "./move-chart.js";
import { axisId, axisKey, widthOf } from "./panels.js";

export interface ArrangeOptions {
  readonly name: string;
  readonly title: Words;
  /** The one thing that the figure says: its title line on a screen. */
  readonly says?: Words;
  /** Default: the captions of the charts, by letter; each sentence once. */
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
 * rows of all charts and a column `panel`. Throws InputError for no chart, and for a chart of a facet.
 */
export function arrange(given: readonly Figure[], options: ArrangeOptions): Figure {
  refuseUnknownKeys(options, OPTIONS, "option of arrange");
  const { name, title, says, caption, across = Math.min(3, given.length), share = "none" } = options;
  const { width = across > 1 ? "page" : "column" } = options;
  const figures = titled(given, options.titles);
  if (figures.length === 0) throw new InputError("no chart to arrange: give at least one");
  const faceted = figures.find(({ layout }) => "xtitle" in layout);
  if (faceted)
    throw new InputError(`arrange: ${faceted.name} has panels of a facet: give one chart for each`);
  const shared = { x: share === "x" || share === "both", y: share === "y" || share === "both" };
  const labels = labelsOnce(figures, across);
  const needs = figures.map((figure, i) => ({
    left: leftRoom(figure),
    right: endRoom(widestName(labels[i]), 1),
    hasBar: isLastOfBar(figures, i),
    aspect: options.aspect ?? figure.aspect,
    title: widthOf(figure.title) + LETTER,
  }));
  const grid = gridOf(needs, { across, shared, width });
  const colors = colorAxes(figures, grid);
  const moves = movesOf(figures, grid, colors.names);
  const parts = figures.map((figure, i) => partOf(figure, { i, move: moves[i], labels: labels[i], grid }));
  const axes = Object.assign({}, ...parts.map((part) => part.axes)) as Record<string, JsonObject>;
  return {
    name: fileName(name),
    title: toText(title),
    ...(says === undefined ? {} : { says: toText(says) }),
    caption: caption === undefined ? joinCaptions(figures) : toText(caption),
    data: oneLegend(parts.flatMap(({ data }) => data)),
    layout: {
      ...withSharedAxes(axes, { grid, moves, shared }),
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

function partOf(
  { data, layout, title }: Figure,
  { i, move, labels, grid }: { i: number; move: Move; labels: readonly JsonObject[]; grid: Grid },
): Part {
  const moved = (key: string): JsonObject[] =>
    ((layout[key] ?? []) as readonly JsonObject[]).map((part) => moveRefs(part, move));
  const heading = {
    text: titleIn(title, { letter: grid.cells.length > 1 ? letterOf(i) : "", ems: grid.ems }),
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
    annotations: [heading, ...moved("annotations")],
    shapes: moved("shapes"),
    labels: labels.map((label) => moveRefs(label, move)),
  };
}

function titleIn({ en, zh }: Text, { letter, ems }: { letter: string; ems: number }): JsonObject {
  const [one, other] = [en, zh].map((text) =>
    letter === "" ? breakText(text, ems + OVER) : `<b>${letter}</b>  ${breakText(text, ems + OVER - LETTER)}`,
  );
  return { en: one, zh: other };
}

/** Ems of a panel's letter and the gap after it. */
const LETTER = 1.5;

/** Returns each chart's labels; lines with the same name are named in the first row's rightmost chart. */
function labelsOnce(figures: readonly Figure[], across: number): JsonObject[][] {
  const seen = new Set<string>();
  const order = figures.map((_, i) => i).sort((a, b) => rank(a, across) - rank(b, across));
  const kept: JsonObject[][] = figures.map(() => []);
  for (const i of order) {
    const labels = (figures[i].layout.labels ?? []) as readonly JsonObject[];
    kept[i] = labels.filter(({ kind, text }) => kind === "point" || !seen.has(JSON.stringify(text)));
    for (const { kind, text } of labels) if (kind === "end") seen.add(JSON.stringify(text));
  }
  return kept;
}

/** Returns the ems of the widest name at the end of a line, in the language in which it is wider. */
function widestName(labels: readonly JsonObject[]): number {
  const ends = labels.filter(({ kind }) => kind === "end");
  return Math.max(0, ...ends.map(({ text }) => widthOf(toText(text as Text | string))));
}

function rank(i: number, across: number): number {
  return Math.floor(i / across) * across + (across - 1 - (i % across));
}

/** Returns the ems that a chart's y axes need: labels of ticks and a title. */
function leftRoom({ layout }: Figure): number {
  const widest = Object.entries(layout).reduce((most, [key, axis]) => {
    if (!/^yaxis\d*$/.test(key)) return most;
    const texts = ((axis as JsonObject).ticktext ?? []) as readonly (Text | string)[];
    return texts.reduce((room, text) => Math.max(room, widthOf(toText(text))), most);
  }, 2.6);
  return widest + 2.6;
}

/** Returns a chart's color axis as text; undefined without colors. */
function colorsOf({ layout }: Figure): string | undefined {
  return "coloraxis" in layout ? JSON.stringify(layout.coloraxis) : undefined;
}

/** Whether no later chart has the same colors as this chart, so that the color bar stands here. */
function isLastOfBar(figures: readonly Figure[], i: number): boolean {
  const own = colorsOf(figures[i]);
  return own !== undefined && !figures.slice(i + 1).some((figure) => colorsOf(figure) === own);
}

/** Returns the color axes, each once, with their bars at the right of the last chart that has them. */
function colorAxes(
  figures: readonly Figure[],
  { cells }: Grid,
): { names: (string | undefined)[]; axes: Record<string, JsonObject> } {
  const texts = figures.map(colorsOf);
  // The theme leaves room at the right for the bar of "coloraxis", so that name is the last bar's.
  const distinct = [...new Set(texts.filter((text) => text !== undefined))].reverse();
  const nameOf = (text: string): string => {
    const n = distinct.indexOf(text);
    return n === 0 ? "coloraxis" : `coloraxis${n + 1}`;
  };
  const axes = distinct.map((text): [string, JsonObject] => {
    const cell = cells[texts.lastIndexOf(text)];
    const axis = JSON.parse(text) as JsonObject;
    return [nameOf(text), { ...axis, colorbar: barAt(axis.colorbar as JsonObject, cell) }];
  });
  return { names: texts.map((text) => text && nameOf(text)), axes: Object.fromEntries(axes) };
}

function barAt(bar: JsonObject, { x, y }: Cell): JsonObject {
  return { ...bar, x: x[1], xanchor: "left", y: (y[0] + y[1]) / 2, yanchor: "middle", len: y[1] - y[0] };
}

/** Returns the traces with one legend entry for each name. */
function oneLegend(data: readonly JsonObject[]): JsonObject[] {
  const seen = new Set<string>();
  return data.map((trace) => {
    if (!("name" in trace)) return trace;
    const name = JSON.stringify(trace.name);
    const isNew = trace.showlegend !== false && !seen.has(name);
    if (isNew) seen.add(name);
    return { ...trace, legendgroup: name, showlegend: isNew };
  });
}

/** Removes the labels of inner axes and couples the ranges of axes that are the same. */
function withSharedAxes(
  axes: Readonly<Record<string, JsonObject>>,
  { grid, moves, shared }: { grid: Grid; moves: readonly Move[]; shared: { x: boolean; y: boolean } },
): Record<string, JsonObject> {
  const changed: Record<string, JsonObject> = { ...axes };
  const couple = (letter: "x" | "y", i: number, first: number, isOuter: boolean): void => {
    const key = axisKey(letter, moves[i].offset + 1);
    const { title, ...axis } = changed[key];
    const matches = i === first ? {} : { matches: axisId(letter, moves[first].offset + 1) };
    const outer: JsonObject = isOuter ? { title } : { showticklabels: false };
    changed[key] = { ...axis, ...(matches as JsonObject), ...outer };
  };
  grid.cells.forEach(({ row, column }, i) => {
    const firstIn = (test: (cell: Cell) => boolean): number => grid.cells.findIndex(test);
    const isLowest = !grid.cells.some((cell) => cell.column === column && cell.row > row);
    if (shared.y)
      couple(
        "y",
        i,
        firstIn((cell) => cell.row === row),
        column === 0,
      );
    if (shared.x)
      couple(
        "x",
        i,
        firstIn((cell) => cell.column === column),
        isLowest,
      );
  });
  return changed;
}

/** Returns the charts' captions after their panels' letters, without sentences that were said before. */
function joinCaptions(figures: readonly Figure[]): Text {
  const once = (captions: readonly string[], end: RegExp, between: string): string => {
    const said = new Set<string>();
    const parts = captions.map((caption, i) => {
      const fresh = caption.split(end).filter((sentence) => sentence !== "" && !said.has(sentence));
      for (const sentence of fresh) said.add(sentence);
      const text = fresh.join(between);
      return text === "" || captions.length === 1 ? text : `(${letterOf(i)}) ${text}`;
    });
    return parts.filter((part) => part !== "").join(" ");
  };
  const captions = figures.map(({ caption }) => caption);
  return {
    en: once(
      captions.map(({ en }) => en),
      /(?<=\.) (?=\p{Lu})/u,
      " ",
    ),
    zh: once(
      captions.map(({ zh }) => zh),
      /(?<=。)/u,
      "",
    ),
  };
}

function letterOf(i: number): string {
  return String.fromCharCode(97 + i);
}
