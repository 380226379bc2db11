import { InputError } from "../../base/errors.js";
import { rangeOf, union } from "../axis-range.js";
import type { JsonObject } from "../figure.js";
import type { Grid } from "./grid.js";
import type { Move } from "./move-chart.js";
import { axisId, axisKey } from "./panels.js";

interface SharedAxes {
  readonly grid: Grid;
  readonly moves: readonly Move[];
  readonly shared: { readonly x: boolean; readonly y: boolean };
  readonly data: readonly JsonObject[];
}

/**
 * Gives axes that charts share one range for all their values, couples them for zooming, and removes the
 * labels of inner ones. Plotly itself does not compute a common range. Throws InputError for axes of
 * different quantities.
 */
export function withSharedAxes(
  axes: Readonly<Record<string, JsonObject>>,
  { grid: { cells }, moves, shared, data }: SharedAxes,
): Record<string, JsonObject> {
  const changed: Record<string, JsonObject> = { ...axes };
  const couple = (letter: "x" | "y", group: readonly number[], isOuter: (i: number) => boolean): void => {
    const idOf = (i: number): string => axisId(letter, moves[i].offset + 1);
    const keyOf = (i: number): string => axisKey(letter, moves[i].offset + 1);
    const titles = new Set(group.map((i) => JSON.stringify(changed[keyOf(i)].title ?? "")));
    if (titles.size > 1) {
      const names = [...titles].join(" and ");
      throw new InputError(
        `arrange: ${names} cannot share an axis: draw one quantity, or do not share ${letter}`,
      );
    }
    const range = union(group.map((i) => rangeOf(changed[keyOf(i)], idOf(i), data)));
    for (const i of group) {
      const { title, ...axis } = changed[keyOf(i)];
      changed[keyOf(i)] = {
        ...axis,
        ...(range === undefined ? {} : { range: [...range] }),
        ...(i === group[0] ? {} : { matches: idOf(group[0]) }),
        ...(isOuter(i) ? { title } : { showticklabels: false }),
      };
    }
  };
  const groupsBy = (line: "row" | "column"): number[][] =>
    [...new Set(cells.map((cell) => cell[line]))].map((n) =>
      cells.flatMap((cell, i) => (cell[line] === n ? [i] : [])),
    );
  if (shared.y) for (const group of groupsBy("row")) couple("y", group, (i) => cells[i].column === 0);
  if (shared.x) for (const group of groupsBy("column")) couple("x", group, (i) => i === group.at(-1));
  return changed;
}
