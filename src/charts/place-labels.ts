/**
 * Places the names of lines at their ends and the names of points beside them, so that a chart needs no
 * legend. Positions depend on the chart's size, so this is done when a chart is drawn.
 */
import type { JsonObject } from "./figure.js";
import { textWidth } from "./legend.js";

/** A name in a chart, in the units of its axes (on a logarithmic axis: the exponent of 10). */
export interface Label {
  /** "end": at the right edge of the panel, at the height of y; "point": beside the place (x, y). */
  readonly kind: "end" | "point";
  readonly text: string;
  readonly color: string;
  readonly x: number;
  readonly y: number;
  /** Half the length of the interval around the point in each direction; 0 without an interval. */
  readonly reach?: readonly [number, number];
  readonly xaxis: string;
  readonly yaxis: string;
  /** The name of a region and not of a line: no leader. */
  readonly isPlain?: boolean;
  /** Whether the panel was made wider by the room that names at its lines need. */
  readonly isReserved?: boolean;
}

/** A panel in pixels from the lower left corner of the plot, with the ranges of its axes. */
export interface Frame {
  readonly left: number;
  readonly width: number;
  readonly bottom: number;
  readonly height: number;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}

/** Size of a label's font relative to the chart's. */
const LABEL_SIZE = 0.9;
/** Length of a leader from the end of a line to its name, and the distance of two names, in ems. */
const [LEADER, APART] = [0.9, 1.12];
/** The largest part of a panel's width that names may take from its lines. */
const MOST_ROOM = 0.4;

/** Returns the pixels that names at the ends of lines need. `ems` is the widest name; 0 without names. */
export function endRoom(ems: number, font: number): number {
  return ems === 0 ? 0 : Math.round((ems * LABEL_SIZE + LEADER + 0.5) * font);
}

/** Returns the ems of the widest name at the end of a line; 0 without such names. */
export function widestEnd(labels: readonly Label[]): number {
  return Math.max(0, ...labels.filter(({ kind }) => kind === "end").map(({ text }) => widthOf(text)));
}

/**
 * Returns plotly's annotations for the labels of one panel; undefined where the panel has no room for them.
 */
export function placeLabels(labels: readonly Label[], frame: Frame, font: number): JsonObject[] | undefined {
  const ends = labels.filter(({ kind }) => kind === "end");
  const points = labels.filter(({ kind }) => kind === "point");
  const atEnds = placeEnds(ends, frame, font);
  const atPoints = placePoints(points, frame, font);
  return atEnds && atPoints && [...atEnds, ...atPoints];
}

/** Whether a panel of this width can spare the room. */
export function hasRoom(room: number, width: number): boolean {
  return room <= MOST_ROOM * width;
}

function placeEnds(labels: readonly Label[], frame: Frame, font: number): JsonObject[] | undefined {
  const { bottom, height, yRange } = frame;
  const apart = APART * LABEL_SIZE * font;
  if (labels.length * apart > height + apart) return undefined;
  const ordered = [...labels].sort((a, b) => a.y - b.y);
  const wanted = ordered.map(({ y }) => bottom + height * clamp(shareOf(y, yRange)));
  const places = spread(wanted, apart, [bottom, bottom + height]);
  return ordered.map(({ text, color, x: _, y, xaxis, yaxis, isPlain = false }, i) => ({
    text,
    xref: `${xaxis} domain`,
    x: 1,
    yref: yaxis,
    y: Math.min(Math.max(y, Math.min(...yRange)), Math.max(...yRange)),
    ...leader({ color: isPlain ? "rgba(0,0,0,0)" : color, dx: LEADER * font, dy: places[i] - wanted[i] }),
    xanchor: "left",
    yanchor: "middle",
    font: { color: inkOf(color) },
  }));
}

/**
 * Moves places apart as little as possible: neighbors at least `apart` from each other, within `ends` where
 * there is room. `wanted` is in ascending order. Neighbors that meet become one group around the mean of
 * their wanted places (the pool adjacent violators algorithm).
 */
export function spread(
  wanted: readonly number[],
  apart: number,
  [low, high]: readonly [number, number],
): number[] {
  const groups: { sum: number; count: number }[] = [];
  wanted.forEach((place, i) => {
    // Less their own distance from the first, places that touch are equal.
    groups.push({ sum: place - i * apart, count: 1 });
    for (let last = groups.at(-1)!; groups.length > 1; last = groups.at(-1)!) {
      const before = groups.at(-2)!;
      if (before.sum / before.count < last.sum / last.count) break;
      groups.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  const most = high - (wanted.length - 1) * apart;
  const levels = groups.flatMap(({ sum, count }) => new Array<number>(count).fill(sum / count));
  return levels.map((level, i) => Math.max(low, Math.min(most, level)) + i * apart);
}

interface Box {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** A possible place of a label: its box, the end of its leader and how far that is from the point. */
interface Place {
  readonly box: Box;
  readonly dx: number;
  readonly dy: number;
  readonly xanchor: "left" | "center" | "right";
  readonly cost: number;
}

/** Distances of a label from its point in ems; a leader is drawn from the second on. */
const DISTANCES = [0.75, 1.5, 2.3, 3.2, 4.2, 5.4, 7];
const DIRECTIONS = 16;
/** Ems that a name above or below its point is farther away, which has no room at its side. */
const ABOVE = 0.45;
/** Cost of a square em of overlap with another label or a marker, in ems of distance. */
const OVERLAP = 12;
/** Square ems of overlap with other labels above which the legend is better. */
const MOST_OVERLAP = 0.6;

/** Labels take their best free place in turn; two more turns let the first ones react to the last ones. */
function placePoints(labels: readonly Label[], frame: Frame, font: number): JsonObject[] | undefined {
  const spots = labels.map((label) => spotOf(label, frame));
  const marks = labels.flatMap((label, i) => marksOf(label, spots[i], frame, font));
  const places: (Place | undefined)[] = labels.map(() => undefined);
  const others = (i: number): Box[] => places.flatMap((place, j) => (place && j !== i ? [place.box] : []));
  for (let turn = 0; turn < 3; turn++) {
    labels.forEach(({ text }, i) => {
      const taken = others(i);
      const costOf = ({ box, cost }: Place): number =>
        cost + (OVERLAP / font ** 2) * (3 * overlapWith(box, taken) + overlapWith(box, marks));
      places[i] = candidates(spots[i], text, frame, font)
        .map((place) => ({ place, cost: costOf(place) }))
        .reduce((best, one) => (one.cost < best.cost ? one : best)).place;
    });
  }
  const chosen = places as Place[];
  const overlap = chosen.reduce((sum, { box }, i) => sum + overlapWith(box, others(i)), 0);
  if (overlap > 2 * MOST_OVERLAP * font ** 2) return undefined;
  return labels.map(({ text, color, x, y, xaxis, yaxis }, i) => {
    const { dx, dy, xanchor } = chosen[i];
    const isFar = Math.hypot(dx, dy) > (DISTANCES[0] + ABOVE) * font + 1;
    return {
      text,
      xref: xaxis,
      x,
      yref: yaxis,
      y,
      ...leader({ color: isFar ? color : "rgba(0,0,0,0)", dx, dy }),
      xanchor,
      yanchor: "middle",
      font: { color: inkOf(color) },
      bgcolor: "rgba(255,255,255,0.6)",
    };
  });
}

type Spot = readonly [number, number];

function spotOf({ x, y }: Label, { left, width, bottom, height, xRange, yRange }: Frame): Spot {
  return [left + width * shareOf(x, xRange), bottom + height * shareOf(y, yRange)];
}

/** Returns the boxes of a marker and of its intervals, which labels should not cover. */
function marksOf({ reach = [0, 0] }: Label, [x, y]: Spot, frame: Frame, font: number): Box[] {
  const half = 0.5 * font;
  const across = (reach[0] / Math.abs(frame.xRange[1] - frame.xRange[0])) * frame.width;
  const up = (reach[1] / Math.abs(frame.yRange[1] - frame.yRange[0])) * frame.height;
  return [
    { x0: x - half, x1: x + half, y0: y - half, y1: y + half },
    ...(across > half ? [{ x0: x - across, x1: x + across, y0: y - 2, y1: y + 2 }] : []),
    ...(up > half ? [{ x0: x - 2, x1: x + 2, y0: y - up, y1: y + up }] : []),
  ];
}

function candidates([x, y]: Spot, text: string, frame: Frame, font: number): Place[] {
  const width = widthOf(text) * LABEL_SIZE * font;
  const half = 0.65 * LABEL_SIZE * font;
  return DISTANCES.flatMap((distance) =>
    Array.from({ length: DIRECTIONS }, (_, i): Place => {
      const angle = (2 * Math.PI * i) / DIRECTIONS;
      const [across, up] = [Math.cos(angle), Math.sin(angle)];
      const xanchor = Math.abs(across) < 0.3 ? "center" : across > 0 ? "left" : "right";
      const dx = across * distance * font;
      // A name above or below its point begins where the marker ends.
      const dy = up * (distance + (xanchor === "center" ? ABOVE : 0)) * font;
      const x0 = x + dx - (xanchor === "left" ? 0 : xanchor === "right" ? width : width / 2);
      const box = { x0, x1: x0 + width, y0: y + dy - half, y1: y + dy + half };
      return { box, dx, dy, xanchor, cost: distance + 40 * outside(box, frame, font) };
    }),
  );
}

/** Returns by how many ems the box is outside of the panel. */
function outside({ x0, x1, y0, y1 }: Box, { left, width, bottom, height }: Frame, font: number): number {
  const over = [left - x0, x1 - left - width, bottom - y0, y1 - bottom - height];
  return over.reduce((sum, part) => sum + Math.max(0, part), 0) / font;
}

function overlapWith(box: Box, boxes: readonly Box[]): number {
  return boxes.reduce((sum, other) => {
    const across = Math.min(box.x1, other.x1) - Math.max(box.x0, other.x0);
    const up = Math.min(box.y1, other.y1) - Math.max(box.y0, other.y0);
    return across > 0 && up > 0 ? sum + across * up : sum;
  }, 0);
}

/** Plotly's settings of a thin line from the place to its text; pixels, up is positive. */
function leader({ color, dx, dy }: { color: string; dx: number; dy: number }): JsonObject {
  const pixels = { ax: Math.round(10 * dx) / 10, ay: Math.round(-10 * dy) / 10 };
  return { showarrow: true, arrowhead: 0, arrowwidth: 0.7, arrowcolor: color, ...pixels, borderpad: 0 };
}

function widthOf(text: string): number {
  return Math.max(...text.split("\n").map(textWidth));
}

function shareOf(value: number, [from, to]: readonly [number, number]): number {
  return (value - from) / (to - from);
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Returns the color darker, because names in light colors are hard to read on white. */
function inkOf(color: string): string {
  const parts = /^#(..)(..)(..)$/.exec(color)?.slice(1);
  if (parts === undefined) return color;
  return `#${parts
    .map((part) =>
      Math.round(0.72 * parseInt(part, 16))
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}
