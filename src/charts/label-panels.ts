/** Replaces the legend of a chart by names in its panels, where all panels have room for them. */
import { rangeOf } from "./axis-range.js";
import type { Json, JsonObject } from "./figure.js";
import { endRoom, hasRoom, placeLabels, widestEnd, type Frame, type Label } from "./place-labels.js";

interface Drawn {
  readonly data: readonly JsonObject[];
  readonly layout: JsonObject;
}

export interface LabelledChart extends Drawn {
  /** Whether names stand in the panels. */
  readonly isNamed: boolean;
}

interface Sized extends Drawn {
  /** Pixels of the plotting area and of its font. */
  readonly plotWidth: number;
  readonly plotHeight: number;
  readonly font: number;
}

/**
 * Returns the chart with the labels as annotations, with panels narrower by the room that the names of lines
 * need, and without these names in the legend. Where a panel has no room for its labels, the chart is
 * returned as it is, with its legend.
 */
export function labelPanels(given: readonly JsonObject[], chart: Sized): LabelledChart {
  const { data, layout, font } = chart;
  const unnamed = { data, layout, isNamed: false };
  if (given.length === 0) return unnamed;
  const labels = given as unknown as readonly Label[];
  const panels = new Map<string, Label[]>();
  for (const label of labels) {
    const key = `${label.xaxis} ${label.yaxis}`;
    panels.set(key, [...(panels.get(key) ?? []), label]);
  }
  const axes: Record<string, JsonObject> = {};
  const annotations: JsonObject[] = [];
  for (const ofPanel of panels.values()) {
    const frame = frameOf(ofPanel[0], chart);
    const room = endRoom(widestEnd(ofPanel), font);
    if (frame === undefined) return unnamed;
    if (!ofPanel[0].isReserved && !hasRoom(room, frame.width)) return unnamed;
    const placed = placeLabels(ofPanel, { ...frame, width: frame.width - room }, font);
    if (placed === undefined) return unnamed;
    annotations.push(...placed);
    const key = keyOf(ofPanel[0].xaxis);
    const [from, to] = domainOf(layout[key]);
    axes[key] = { ...(layout[key] as JsonObject), domain: [from, to - room / chart.plotWidth] };
  }
  const named = new Set(labels.map(({ text }) => text));
  // Bars stay in the legend: the name at the end of a line of another panel does not stand beside them.
  const isBeside = ({ name, type }: JsonObject): boolean =>
    typeof name === "string" && named.has(name) && type !== "bar";
  return {
    data: data.map((trace) => (isBeside(trace) ? { ...trace, showlegend: false } : trace)),
    isNamed: true,
    layout: {
      ...layout,
      ...axes,
      annotations: [...((layout.annotations ?? []) as readonly Json[]), ...annotations],
    },
  };
}

/** Returns the panel in pixels; undefined where the range of an axis cannot be known. */
function frameOf({ xaxis, yaxis }: Label, chart: Sized): Frame | undefined {
  const { layout, plotWidth, plotHeight } = chart;
  const [across, up] = [keyOf(xaxis), keyOf(yaxis)].map((key) => layout[key] as JsonObject);
  const [left, right] = domainOf(across);
  const [bottom, top] = domainOf(up);
  const [xRange, yRange] = [rangeOf(across, xaxis, chart.data), rangeOf(up, yaxis, chart.data)];
  if (xRange === undefined || yRange === undefined) return undefined;
  return {
    left: left * plotWidth,
    width: (right - left) * plotWidth,
    bottom: bottom * plotHeight,
    height: (top - bottom) * plotHeight,
    xRange,
    yRange,
  };
}

function domainOf(axis: Json | undefined): readonly [number, number] {
  return ((axis as JsonObject | undefined)?.domain ?? [0, 1]) as readonly [number, number];
}

/** Returns an axis's name in the layout: "xaxis2" for "x2". */
function keyOf(id: string): string {
  return `${id.charAt(0)}axis${id.slice(1)}`;
}
