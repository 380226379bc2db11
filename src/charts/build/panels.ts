/** Computes the positions of a chart's panels. */
import { InputError } from "../../base/errors.js";
import type { JsonObject, Text } from "../figure.js";
import { textWidth } from "../legend.js";

export interface Panel {
  readonly title?: Text;
  /** The numbers of the axes, from 1. */
  readonly xAxis: number;
  readonly yAxis: number;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly isLeft: boolean;
  /** Whether no panel is below this one. */
  readonly isLowest: boolean;
}

export interface Panels {
  readonly panels: readonly Panel[];
  readonly across: number;
  /** The aspect of the whole plotting area. */
  readonly aspect: number;
}

/** Width in ems for all titles of a row of panels that fills a column of a page. */
const TITLE_LINE = 28;
/** The gap between panels side by side, as a share of the plot's width. */
const GAP_X = 0.075;
/** The gap between rows of panels, and the height of a title, in ems. */
const [GAP_Y, TITLE] = [0.65, 2.2];

/** Returns the width of words in ems, in the language in which they are longer. */
export function widthOf({ en, zh }: Text): number {
  return Math.max(textWidth(en), textWidth(zh));
}

/** Returns how many panels stand side by side: at most three, fewer where titles are long. */
export function panelsAcross(titles: readonly Text[]): number {
  const longest = Math.max(0, ...titles.map(widthOf));
  const most = [0, 1, 2, 3, 2][titles.length] ?? 3;
  return Math.max(1, Math.min(most, Math.floor(TITLE_LINE / (longest + 1))));
}

/**
 * Returns small multiples, row by row, with titles above them. `aspect` is that of one panel; `ems` is the
 * width of a row of panels in a column of a page.
 */
export function smallMultiples(
  titles: readonly Text[],
  aspect: number,
  { across, ems }: { across: number; ems: number },
): Panels {
  const [head, gap] = [TITLE / ems, GAP_Y / ems];
  const width = (1 - GAP_X * (across - 1)) / across;
  const height = width * aspect;
  const down = Math.ceil(titles.length / across);
  const whole = down * (head + height) + (down - 1) * gap;
  const panels = titles.map((title, i): Panel => {
    const [row, place] = [Math.floor(i / across), i % across];
    const left = place * (width + GAP_X);
    const top = whole - head - row * (head + height + gap);
    return {
      title,
      xAxis: i + 1,
      yAxis: i + 1,
      x: [left, left + width],
      y: [(top - height) / whole, top / whole],
      isLeft: place === 0,
      isLowest: i + across >= titles.length,
    };
  });
  return { panels, across, aspect: whole };
}

/** Returns panels of this `aspect`, one above the other, with one x axis and separate y axes. */
export function stackedPanels(count: number, aspect: number): Panels {
  const gap = count === 2 ? 0.1 : 0.06;
  const height = (1 - gap * (count - 1)) / count;
  const panels = Array.from({ length: count }, (_, i): Panel => {
    const top = 1 - i * (height + gap);
    return {
      xAxis: 1,
      yAxis: i + 1,
      x: [0, 1],
      y: [Math.max(0, top - height), top],
      isLeft: true,
      isLowest: i === count - 1,
    };
  });
  return { panels, across: 1, aspect: aspect / height };
}

/** Returns a panel's title as plotly's annotation. */
export function panelTitle({ title, xAxis, yAxis }: Panel): JsonObject[] {
  if (title === undefined) return [];
  return [
    {
      text: title,
      xref: `${axisId("x", xAxis)} domain`,
      x: 0.5,
      xanchor: "center",
      yref: `${axisId("y", yAxis)} domain`,
      y: 1,
      yanchor: "bottom",
    },
  ];
}

/** Returns an axis's name in traces: "x", "x2", ... */
export function axisId(letter: "x" | "y", n: number): string {
  return n === 1 ? letter : `${letter}${n}`;
}

/** Returns an axis's name in the layout: "xaxis", "xaxis2", ... */
export function axisKey(letter: "x" | "y", n: number): string {
  return n === 1 ? `${letter}axis` : `${letter}axis${n}`;
}

/** Returns a function from a panel to a vertical line through it, as a plotly shape. */
export function verticalLine(at: number): (panel: Pick<Panel, "xAxis" | "yAxis">) => JsonObject {
  if (!Number.isFinite(at)) throw new InputError(`reference ${at}: give a number, in the units of the table`);
  return ({ xAxis, yAxis }) => ({
    type: "line",
    layer: "below",
    xref: axisId("x", xAxis),
    x0: at,
    x1: at,
    yref: `${axisId("y", yAxis)} domain`,
    y0: 0,
    y1: 1,
    line: { color: "#555555", width: 1, dash: "dash" },
  });
}
