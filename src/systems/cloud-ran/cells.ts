/** Loads of cells over time: from rows, or generated with a diurnal shape. */
import { InputError } from "../../base/errors.js";
import { drawUniform, randomState, type RandomState } from "../../base/random.js";
import { createRowReader, type RowSource } from "../../workload/from-rows/row-reader.js";
import { checkSize, NUMBERS, numberOf, numbersOf } from "./options.js";

/** A value for each cell and step. */
export interface CellLoads {
  readonly ids: readonly string[];
  readonly stepSeconds: number;
  readonly steps: number;
  /** That of cell c in step s is at `c * steps + s`, in any unit, such as bits. */
  readonly load: Float64Array;
}

export interface CellRow {
  readonly cell: string | number;
  /** Seconds from the beginning. */
  readonly time: number;
  readonly load: number;
}

/**
 * Returns the loads of rows: the mean of a cell's rows in a step. A step without rows has the load of the
 * step before; the first steps have that of the first row. Cells are in the order in which they first occur.
 * Throws InputError with the row for an unknown column or an invalid value.
 */
export function cellsFromRows(
  rows: RowSource<CellRow>,
  options: { readonly stepSeconds?: number; readonly steps?: number } = {},
): CellLoads {
  const { stepSeconds } = numbersOf("cellsFromRows", options, { stepSeconds: NUMBERS.stepSeconds }, [
    "steps",
  ]);
  const steps = options.steps === undefined ? undefined : numberOf("cellsFromRows", "steps", options.steps);
  const sums = new Map<string, Map<number, { sum: number; count: number }>>();
  let last = 0;
  for (const row of createRowReader("cells", rows, ["cell", "time", "load"])) {
    const id = row.name("cell");
    if (id === undefined) throw row.fault("cell", "is missing, and has no default");
    const step = Math.floor(row.number("time", undefined, { min: 0 }) / stepSeconds);
    const load = row.number("load", undefined, { min: 0 });
    if (steps !== undefined && step >= steps) continue;
    const cell = sums.get(id) ?? new Map<number, { sum: number; count: number }>();
    sums.set(id, cell);
    const { sum, count } = cell.get(step) ?? { sum: 0, count: 0 };
    cell.set(step, { sum: sum + load, count: count + 1 });
    last = Math.max(last, step);
  }
  if (sums.size === 0) throw new InputError("cells has no rows; give at least one");
  const length = steps ?? last + 1;
  checkSize(sums.size, "cells", length, `steps of ${stepSeconds} s`);
  const load = new Float64Array(sums.size * length);
  [...sums.values()].forEach((cell, c) => {
    const first = [...cell.keys()].reduce((least, step) => Math.min(least, step));
    const { sum, count } = cell.get(first)!;
    let before = sum / count;
    for (let step = 0; step < length; step++) {
      const here = cell.get(step);
      if (here !== undefined) before = here.sum / here.count;
      load[c * length + step] = before;
    }
  });
  return { ids: [...sums.keys()], stepSeconds, steps: length, load };
}

/** Throws InputError for loads that were not made by a function of this file and do not hold together. */
export function checkCells({ ids, steps, load }: CellLoads): void {
  numberOf("loads of cells", "steps", steps);
  if (!(load instanceof Float64Array) || load.length !== ids.length * steps)
    throw new InputError(
      `loads of cells: give a Float64Array of cells x steps, ${ids.length * steps} values`,
    );
  const wrong = load.findIndex((value) => !(value >= 0 && value < Infinity));
  if (wrong >= 0)
    throw new InputError(
      `cell ${ids[Math.floor(wrong / steps)]} has the load ${load[wrong]} in step ${wrong % steps}; ` +
        "give numbers of at least 0",
    );
}

/** Returns the loads of cell c, one for each step: a view of the table. */
export function loadsOf({ steps, load }: CellLoads, c: number): Float64Array {
  return load.subarray(c * steps, (c + 1) * steps);
}

/** Returns the cells whose name passes the test, in their order. */
export function pickCells(cells: CellLoads, passes: (id: string) => boolean): CellLoads {
  const { ids, steps } = cells;
  const rows = ids.flatMap((id, c) => (passes(id) ? [c] : []));
  const picked = new Float64Array(rows.length * steps);
  rows.forEach((c, row) => {
    picked.set(loadsOf(cells, c), row * steps);
  });
  return { ...cells, ids: rows.map((c) => ids[c]), load: picked };
}

/** Kinds of places by the hours at which most is sent, with the width of each peak in hours. */
const KINDS = [
  {
    name: "office",
    peaks: [
      { hour: 11.5, width: 3 },
      { hour: 15.5, width: 2.5 },
    ],
  },
  { name: "home", peaks: [{ hour: 21, width: 2.5 }] },
  {
    name: "station",
    peaks: [
      { hour: 8, width: 1.2 },
      { hour: 18, width: 1.5 },
    ],
  },
] as const;
/** Load at night, as a share of the greatest of the day. */
const NIGHT = 0.08;
/** Standard deviation of the logarithm of the noise, and its correlation after two minutes. */
const NOISE = 0.5;
const KEPT_AFTER_120_S = 0.7;

export interface GeneratedCellsOptions {
  /** Default 36. */
  readonly cells?: number;
  /** Default 720 steps of 120 s: a day. */
  readonly steps?: number;
  readonly stepSeconds?: number;
  /** Default 1. */
  readonly seed?: number;
}

/**
 * Returns generated loads: offices, homes and stations in turn, each with the hours of its kind, a size of
 * its own and noise that lasts some minutes (log-normal). The shape is assumed, not fitted to a trace.
 */
export function generateCells(options: GeneratedCellsOptions = {}): CellLoads {
  const { cells, steps, stepSeconds, seed } = numbersOf("generateCells", options, {
    cells: { ...NUMBERS.cells, default: 36 },
    steps: { ...NUMBERS.steps, default: 720 },
    stepSeconds: NUMBERS.stepSeconds,
    seed: { ...NUMBERS.seed, default: 1 },
  });
  checkSize(cells, "cells", steps, "steps");
  const load = new Float64Array(cells * steps);
  const kept = KEPT_AFTER_120_S ** (stepSeconds / 120);
  const ids = Array.from({ length: cells }, (_, c) => `${KINDS[c % KINDS.length].name}-${c + 1}`);
  for (let c = 0; c < cells; c++) {
    const state = randomState(seed, "usage", "cell", c);
    const size = Math.exp(NOISE * normal(state));
    const shift = normal(state) / 2;
    let noise = normal(state);
    for (let step = 0; step < steps; step++) {
      const hour = ((step + 0.5) * stepSeconds) / 3600 - shift;
      load[c * steps + step] = size * shapeOf(c, hour) * Math.exp(NOISE * noise);
      noise = kept * noise + Math.sqrt(1 - kept * kept) * normal(state);
    }
  }
  return { ids, stepSeconds, steps, load };
}

function shapeOf(cell: number, hour: number): number {
  const { peaks } = KINDS[cell % KINDS.length];
  const heights = peaks.map(({ hour: peak, width }) => {
    const away = Math.abs(((((hour - peak) % 24) + 36) % 24) - 12);
    return Math.exp((-away * away) / (2 * width * width));
  });
  return NIGHT + (1 - NIGHT) * Math.max(...heights);
}

/** A number with the standard normal distribution (Box and Muller). */
function normal(state: RandomState): number {
  const radius = Math.sqrt(-2 * Math.log(1 - drawUniform(state)));
  return radius * Math.cos(2 * Math.PI * drawUniform(state));
}
