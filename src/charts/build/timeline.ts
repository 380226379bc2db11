/** Draws what happens on several places over time: a row for each place, what fills it, and moves between. */
import { InputError } from "../../base/errors.js";
import { fileName, type Figure, type JsonObject, type Table, type Text } from "../figure.js";

/** What fills the rows: the height of a band in each interval of each row, from 0 to 1. */
export interface TimelineLayer {
  readonly name: Text;
  readonly color: string;
  /** Hatching; default none. */
  readonly pattern?: string;
  /** The part of a row that the band may fill. */
  readonly lane: "upper" | "lower";
  readonly height: (row: number, interval: number) => number;
}

/** A move from row to row; -1 where it came from several rows. */
export interface TimelineMove {
  readonly time: number;
  readonly from: number;
  readonly to: number;
}

export interface TimelineOptions {
  readonly name: string;
  readonly title: Text;
  readonly caption: Text;
  readonly rows: readonly Text[];
  readonly rowsTitle: Text;
  /** The ends of the intervals, one more than there are intervals, ascending. */
  readonly times: readonly number[];
  readonly timeTitle: Text;
  readonly layers: readonly TimelineLayer[];
  readonly moves: readonly TimelineMove[];
  readonly moveName: Text;
  readonly aspect: number;
  readonly table: Table;
}

/** Where the lanes of a row begin and how high they are, in rows, from the row's upper edge. */
const LANES = { upper: { foot: 0.42, height: 0.32 }, lower: { foot: 0.92, height: 0.46 } } as const;
/** The middle of the upper lane, where moves begin and end. */
const MIDDLE = LANES.upper.foot - LANES.upper.height / 2;
/** What is narrower than this is not drawn, in heights of a lane. */
const LEAST = 0.004;

/**
 * Returns the chart: the first row on top; in each row an upper and a lower lane with bands whose heights are
 * the layers' values; moves as arrows between the upper lanes. Layers without any height are left out, and so
 * is the legend entry where nothing moves. Throws InputError for no row and for no interval.
 */
export function timeline(options: TimelineOptions): Figure {
  const { name, title, caption, rows, rowsTitle, times, timeTitle, layers, moves, moveName, aspect, table } =
    options;
  if (rows.length === 0) throw new InputError("no row to draw: a timeline needs at least one place");
  if (times.length < 2) throw new InputError("no interval to draw: a timeline needs two times or more");
  const separators = rows.slice(1).map((_, i): JsonObject => ({
    type: "line",
    layer: "below",
    xref: "x domain",
    x0: 0,
    x1: 1,
    yref: "y",
    y0: i + 1,
    y1: i + 1,
    line: { color: "#d0d0d0", width: 0.7 },
  }));
  return {
    name: fileName(name),
    title,
    caption,
    data: [
      ...layers.flatMap((layer) => bandOf(layer, rows.length, times)),
      ...(moves.length === 0 ? [] : [arrowsOf(moves, moveName)]),
    ],
    layout: {
      xaxis: { title: timeTitle, range: [times[0], times[times.length - 1]] },
      yaxis: {
        title: rowsTitle,
        range: [rows.length, 0],
        tickvals: rows.map((_, row) => row + 0.5),
        ticktext: rows,
        showgrid: false,
        ticks: "",
      },
      shapes: separators,
    },
    aspect,
    table,
  };
}

/** Returns a layer as closed outlines, one for each run of intervals in which it has a height. */
function bandOf(layer: TimelineLayer, rows: number, times: readonly number[]): JsonObject[] {
  const { foot, height } = LANES[layer.lane];
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  const close = (row: number, from: number, tops: readonly number[]): void => {
    if (tops.length === 0) return;
    const line = row + foot;
    const outline = simplified(
      tops.flatMap((top, i): [number, number][] => [
        [times[from + i], line - top * height],
        [times[from + i + 1], line - top * height],
      ]),
    );
    const end = times[from + tops.length];
    if (x.length > 0) {
      x.push(null);
      y.push(null);
    }
    x.push(times[from], ...outline.map(([time]) => time), end);
    y.push(line, ...outline.map(([, top]) => round(top)), line);
  };
  for (let row = 0; row < rows; row++) {
    let tops: number[] = [];
    for (let at = 0; at < times.length - 1; at++) {
      const top = Math.min(1, layer.height(row, at));
      if (top >= LEAST) tops.push(top);
      else {
        close(row, at - tops.length, tops);
        tops = [];
      }
    }
    close(row, times.length - 1 - tops.length, tops);
  }
  if (x.length === 0) return [];
  return [
    {
      type: "scatter",
      mode: "lines",
      name: layer.name,
      x,
      y,
      fill: "toself",
      fillcolor: layer.color,
      ...(layer.pattern === undefined
        ? {}
        : {
            fillpattern: {
              shape: layer.pattern,
              size: 4,
              solidity: 0.25,
              fgcolor: "#333333",
              bgcolor: layer.color,
            },
          }),
      line: { color: layer.color, width: 0.4, simplify: false },
      hoverinfo: "skip",
    },
  ];
}

/** Returns the outline without the points between others of the same height. */
function simplified(outline: readonly [number, number][]): [number, number][] {
  return outline.filter(
    ([, top], i) =>
      !(i > 0 && i < outline.length - 1 && outline[i - 1][1] === top && outline[i + 1][1] === top),
  );
}

function round(value: number): number {
  return Math.round(1000 * value) / 1000;
}

function arrowsOf(moves: readonly TimelineMove[], name: Text): JsonObject {
  const known = (row: number, to: number): number => (row < 0 ? to : row) + MIDDLE;
  return {
    type: "scatter",
    mode: "lines+markers",
    name,
    x: moves.flatMap(({ time }) => [time, time, null]),
    y: moves.flatMap(({ from, to }) => [known(from, to), to + MIDDLE, null]),
    line: { color: "#111111", width: 1.1, simplify: false },
    marker: {
      color: "#111111",
      opacity: 1,
      line: { color: "#ffffff", width: 0.5 },
      symbol: moves.flatMap(({ from, to }) => {
        const head = from < 0 ? "diamond" : to > from ? "triangle-down" : "triangle-up";
        return [head, head, head];
      }),
      size: moves.flatMap(() => [0, 7, 0]),
    },
    text: moves.flatMap(({ from, to }) => {
      const told = `${from < 0 ? "*" : from} → ${to}`;
      return [told, told, null];
    }),
    hovertemplate: "%{text}<extra></extra>",
  };
}
