/** Draws boxes, and arrows between them: for what a system consists of, not for the rows of a table. */
import { InputError } from "../../base/errors.js";
import { refuseUnknownKeys } from "../../base/known-keys.js";
import { fileName, toText, type Figure, type JsonObject, type Text, type Words } from "../figure.js";
import { words } from "../words/words.js";

/** A rectangle; positions from the diagram's upper left corner, in its units. */
export interface DiagramBox {
  /** What arrows call it. */
  readonly id?: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text?: Words;
  /** Where the text stands. Default "middle". */
  readonly place?: "middle" | "top";
  /** Default white. */
  readonly fill?: string;
  /** Color of the border; "none" for no border. Default dark gray. */
  readonly line?: string;
  readonly dash?: "solid" | "dash" | "dot";
  /** Color of the text. Default black. */
  readonly ink?: string;
}

export interface DiagramArrow {
  readonly from: string;
  readonly to: string;
  /** Stands above a horizontal arrow and right of a vertical one. */
  readonly text?: Words;
  /** Default "end". */
  readonly heads?: "end" | "both" | "none";
}

export interface DiagramOptions {
  readonly name: string;
  readonly title: Words;
  readonly says?: Words;
  readonly caption: Words;
  /** In units: about 60 of them are as wide as a page, and a unit is an em of the texts. */
  readonly size: readonly [width: number, height: number];
  /** Later boxes are drawn over earlier ones. */
  readonly boxes: readonly DiagramBox[];
  readonly arrows?: readonly DiagramArrow[];
  /** Plotly traces on the same units. */
  readonly traces?: readonly JsonObject[];
  readonly width?: "column" | "page";
}

const OPTIONS = ["name", "title", "says", "caption", "size", "boxes", "arrows", "traces", "width"];
/** Height over width of a page-wide figure relative to what it says: the `flatten` of the theme's WIDTHS. */
const FLATTEN = { column: 1, page: 0.6 } as const;

/**
 * Returns the diagram as a Figure without axes; its table lists the boxes that have texts, and the arrows.
 * Throws InputError for no box, for two boxes with one id, and for an arrow from or to an unknown box.
 */
export function diagram(options: DiagramOptions): Figure {
  refuseUnknownKeys(options, OPTIONS, "option of diagram");
  const { name, title, says, caption, size, boxes, arrows = [], traces = [], width = "page" } = options;
  if (boxes.length === 0) throw new InputError("no box to draw: give a diagram at least one");
  const byId = boxesById(boxes);
  const [across, down] = size;
  const axis = { visible: false, fixedrange: true, showgrid: false };
  return {
    name: fileName(name),
    title: toText(title),
    ...(says === undefined ? {} : { says: toText(says) }),
    caption: toText(caption),
    data:
      traces.length > 0
        ? traces
        : [{ type: "scatter", x: [null], y: [null], showlegend: false, hoverinfo: "skip" }],
    layout: {
      xaxis: { ...axis, range: [0, across] },
      yaxis: { ...axis, range: [down, 0] },
      shapes: boxes.map(shapeOf),
      annotations: [
        ...arrows.flatMap((arrow) => arrowOf(arrow, byId)),
        ...boxes.filter(({ text }) => text !== undefined).map(textOf),
      ],
    },
    aspect: down / across / FLATTEN[width],
    width,
    table: {
      name: fileName(name),
      caption: toText(title),
      columns: columnsOf(boxes, arrows, byId),
    },
  };
}

function boxesById(boxes: readonly DiagramBox[]): ReadonlyMap<string, DiagramBox> {
  const byId = new Map<string, DiagramBox>();
  for (const box of boxes) {
    if (box.id === undefined) continue;
    if (byId.has(box.id)) throw new InputError(`diagram: two boxes have the id ${box.id}: give each its own`);
    byId.set(box.id, box);
  }
  return byId;
}

function shapeOf({ x, y, width, height, fill = "#ffffff", line = "#444444", dash }: DiagramBox): JsonObject {
  return {
    type: "rect",
    layer: "below",
    xref: "x",
    x0: x,
    x1: x + width,
    yref: "y",
    y0: y,
    y1: y + height,
    fillcolor: fill,
    line: line === "none" ? { width: 0 } : { color: line, width: 1, dash: dash ?? "solid" },
  };
}

function textOf({
  x,
  y,
  width,
  height,
  text = "",
  place = "middle",
  ink = "#111111",
}: DiagramBox): JsonObject {
  const isTop = place === "top";
  return {
    text: toText(text),
    xref: "x",
    x: x + width / 2,
    xanchor: "center",
    yref: "y",
    y: isTop ? y + 0.25 : y + height / 2,
    yanchor: isTop ? "top" : "middle",
    font: { color: ink },
  };
}

type Point = readonly [x: number, y: number];

function arrowOf(
  { from, to, text, heads = "end" }: DiagramArrow,
  byId: ReadonlyMap<string, DiagramBox>,
): JsonObject[] {
  const [start, end] = [find(from, byId), find(to, byId)];
  const [tail, head] = [edgeOf(start, end), edgeOf(end, start)];
  const isLevel = tail[1] === head[1];
  const arrow: JsonObject = {
    text: "",
    showarrow: true,
    ...(heads === "none" ? { arrowhead: 0 } : { arrowhead: 2, arrowsize: 1.1 }),
    arrowside: heads === "both" ? "end+start" : "end",
    ...(heads === "both" ? { startarrowhead: 2, startarrowsize: 1.1 } : {}),
    arrowwidth: 1.2,
    arrowcolor: "#444444",
    xref: "x",
    x: head[0],
    yref: "y",
    y: head[1],
    axref: "x",
    ax: tail[0],
    ayref: "y",
    ay: tail[1],
  };
  if (text === undefined) return [arrow];
  const label: JsonObject = {
    text: toText(text),
    xref: "x",
    x: (tail[0] + head[0]) / 2 + (isLevel ? 0 : 0.4),
    xanchor: isLevel ? "center" : "left",
    yref: "y",
    y: (tail[1] + head[1]) / 2 - (isLevel ? 0.2 : 0),
    yanchor: isLevel ? "bottom" : "middle",
    align: "left",
  };
  return [arrow, label];
}

function find(id: string, byId: ReadonlyMap<string, DiagramBox>): DiagramBox {
  const box = byId.get(id);
  if (box === undefined)
    throw new InputError(
      `diagram: an arrow names the unknown box ${id}; there are ${[...byId.keys()].join(", ")}`,
    );
  return box;
}

/** Returns where an arrow between the boxes meets the first one: straight where they face each other. */
function edgeOf(box: DiagramBox, other: DiagramBox): Point {
  const x = facing([box.x, box.x + box.width], [other.x, other.x + other.width]);
  const y = facing([box.y, box.y + box.height], [other.y, other.y + other.height]);
  const beside: Point = [other.x > box.x ? box.x + box.width : box.x, y ?? box.y + box.height / 2];
  if (y !== undefined || x === undefined) return beside;
  return [x, other.y > box.y ? box.y + box.height : box.y];
}

/** Returns the middle of what two intervals have in common; undefined where they have nothing in common. */
function facing([a0, a1]: Point, [b0, b1]: Point): number | undefined {
  const [low, high] = [Math.max(a0, b0), Math.min(a1, b1)];
  return low < high ? (low + high) / 2 : undefined;
}

function columnsOf(
  boxes: readonly DiagramBox[],
  arrows: readonly DiagramArrow[],
  byId: ReadonlyMap<string, DiagramBox>,
): Figure["table"]["columns"] {
  const plain = (text: Words = ""): string => toText(text).en.replaceAll("\n", " ");
  const nameOf = (id: string): string => plain(byId.get(id)?.text ?? id);
  const rows = [
    ...boxes.filter(({ text }) => text !== undefined).map(({ text }) => [plain(text), "", ""]),
    ...arrows.map(({ from, to, text }) => [plain(text), nameOf(from), nameOf(to)]),
  ];
  const { text, from, to } = words.diagram;
  const labels: readonly (readonly [string, Text])[] = [
    ["text", text],
    ["from", from],
    ["to", to],
  ];
  return labels.map(([name, label], i) => ({ name, label, unit: "", values: rows.map((row) => row[i]) }));
}
