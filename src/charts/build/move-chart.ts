/** Moves a chart's axes, marks, shapes and annotations to a place in a larger figure. */
import type { Json, JsonObject } from "../figure.js";
import { axisId, axisKey } from "./panels.js";

/** The place, and how many axes come before the chart's own. */
export interface Move {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly offset: number;
  /** The name of the color axis in the larger figure, for a chart with colors. */
  readonly colorAxis?: string;
}

/** Returns the trace on the moved axes. */
export function moveTrace(trace: JsonObject, { offset, colorAxis }: Move): JsonObject {
  const onAxis = (letter: "x" | "y"): string => moveId((trace[`${letter}axis`] ?? letter) as string, offset);
  return {
    ...trace,
    xaxis: onAxis("x"),
    yaxis: onAxis("y"),
    ...("coloraxis" in trace && colorAxis !== undefined ? { coloraxis: colorAxis } : {}),
  };
}

/** Returns the chart's axes by their new names. */
export function moveAxes(layout: JsonObject, move: Move): Record<string, JsonObject> {
  const axes = Object.entries(layout).flatMap(([key, value]): [string, JsonObject][] => {
    const found = /^([xy])axis(\d*)$/.exec(key);
    if (found === null) return [];
    const letter = found[1] as "x" | "y";
    const n = Number(found[2] || 1) + move.offset;
    const { domain = [0, 1], ...axis } = value as JsonObject;
    const [from, to] = move[letter];
    const [low, high] = domain as readonly [number, number];
    const other = letter === "x" ? "y" : "x";
    return [
      [
        axisKey(letter, n),
        {
          anchor: axisId(other, n),
          ...moveRefs(axis, move),
          domain: [from + low * (to - from), from + high * (to - from)],
        },
      ],
    ];
  });
  return Object.fromEntries(axes);
}

const REFS = ["xref", "yref", "xaxis", "yaxis", "anchor", "matches", "overlaying", "scaleanchor"];

/** Returns a shape, an annotation, a label or an axis with its references to axes moved. */
export function moveRefs(part: JsonObject, { offset }: Pick<Move, "offset">): JsonObject {
  const moved = (key: string, value: Json): Json => {
    if (!REFS.includes(key) || typeof value !== "string") return value;
    // The paper of a single chart is the domain of its first axis.
    if (value === "paper") return `${axisId(key.charAt(0) as "x" | "y", offset + 1)} domain`;
    return moveId(value, offset);
  };
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, moved(key, value)]));
}

/** Returns the moved name of an axis in a reference: "x3 domain" for "x domain" and offset 2. */
function moveId(id: string, offset: number): string {
  const found = /^([xy])(\d*)( domain)?$/.exec(id);
  if (found === null) return id;
  return `${axisId(found[1] as "x" | "y", Number(found[2] || 1) + offset)}${found[3] || ""}`;
}
