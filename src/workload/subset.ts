import { InputError } from "../base/errors.js";
import { hashFraction } from "../base/random.js";
import { rowsWhere } from "../base/columns/columns.js";
import type { MachineShape, OpenOptions } from "./open-options.js";
import type { MachineColumns } from "./workload.js";

/** The number of machines that the thesis replays. */
const THESIS_MACHINES = 800;

export interface MachineChoice {
  /** Rows of the machines kept, ascending. */
  readonly rows: Int32Array;
  /** True where every machine is kept, also machines that join later or that only a task names. */
  readonly isWhole: boolean;
  /**
   * The share that is kept of the machines that are up at the start; the same share of the executions whose
   * machine is unknown is kept.
   */
  readonly fraction: number;
}

/**
 * Picks machines that are in the cluster when the trace begins: the N machines of the wanted shape whose ids
 * have the smallest seeded hash. The choice depends on nothing else, and a larger N keeps the machines of a
 * smaller N. A machine's shape is its capacity at the start. "all" keeps every machine of the shape, also if
 * it is not up at the start.
 *
 * Throws InputError where N is not a whole number of at least 1 or is above the number of machines, and for a
 * shape that no machine has.
 */
export function chooseMachines(
  machines: MachineColumns,
  { machines: wanted, shape = "auto", seed = 1 }: Pick<OpenOptions, "machines" | "shape" | "seed"> = {},
): MachineChoice {
  if (wanted !== undefined && wanted !== "all" && !(Number.isInteger(wanted) && wanted >= 1)) {
    throw new InputError(`machines ${wanted}: give a whole number of at least 1, or "all"`);
  }
  const everyRow = Int32Array.from(machines.id, (_, row) => row);
  const upRows = everyRow.filter((row) => machines.up[row] === 1);
  const count = wanted ?? usualMachines(machines, shape);
  if (count === "all") {
    const rows = shape === "auto" || shape === "any" ? everyRow : ofShape(machines, everyRow, shape);
    const kept = rows.reduce((sum, row) => sum + machines.up[row], 0);
    return { rows, isWhole: rows.length === everyRow.length, fraction: share(kept, upRows.length) };
  }
  const candidates = candidatesFor(machines, upRows, shape, count);
  if (candidates.length < count) {
    throw new InputError(
      `machines ${count}: the trace begins with ` +
        `${candidates.length}${shape === "auto" || shape === "any" ? "" : " of this shape"}` +
        ` (${listShapes(machines, upRows)}); give at most that many, or "all"`,
    );
  }
  const rows = smallestHashes(machines.id, candidates, count, seed);
  return { rows, isWhole: false, fraction: share(count, upRows.length) };
}

/**
 * Returns the default of `machines`: 800 where at least 800 machines of the shape are up at the start, else
 * "all".
 */
export function usualMachines(machines: MachineColumns, shape: OpenOptions["shape"]): number | "all" {
  const upRows = rowsWhere(machines.id.length, (row) => machines.up[row] === 1);
  return countFor(machines, upRows, shape) < THESIS_MACHINES ? "all" : THESIS_MACHINES;
}

/**
 * True where an execution whose machine is unknown is kept: a seeded hash decides, so the order of rows has
 * no effect.
 */
export function keepsUnplaced(seed: number, job: bigint, index: number, fraction: number): boolean {
  return fraction >= 1 || hashFraction(seed, `run/${job.toString()}/${index}`) < fraction;
}

function share(kept: number, all: number): number {
  return all === 0 ? 1 : kept / all;
}

function smallestHashes(ids: BigInt64Array, rows: Int32Array, count: number, seed: number): Int32Array {
  if (rows.length === count) return rows;
  const hash = new Map([...rows].map((row) => [row, hashFraction(seed, `machine/${ids[row].toString()}`)]));
  const order = rows.slice().sort((a, b) => hash.get(a)! - hash.get(b)! || a - b);
  return order.slice(0, count).sort();
}

function countFor(machines: MachineColumns, rows: Int32Array, shape: OpenOptions["shape"]): number {
  return shape === "auto" || shape === "any" || shape === undefined
    ? rows.length
    : ofShape(machines, rows, shape).length;
}

function candidatesFor(
  machines: MachineColumns,
  rows: Int32Array,
  shape: "auto" | "any" | MachineShape,
  count: number,
): Int32Array {
  if (shape === "any") return rows;
  if (shape !== "auto") return ofShape(machines, rows, shape);
  const mostCommon = countShapes(machines, rows).at(0);
  if (mostCommon === undefined || mostCommon.count < count) return rows;
  return ofShape(machines, rows, mostCommon);
}

function ofShape(machines: MachineColumns, rows: Int32Array, { cpu, memory }: MachineShape): Int32Array {
  const chosen = rows.filter((row) => machines.cpu[row] === cpu && machines.memory[row] === memory);
  if (chosen.length === 0) {
    throw new InputError(
      `unknown machine shape cpu ${cpu}, memory ${memory}: the trace has ${listShapes(machines, rows)}`,
    );
  }
  return chosen;
}

/** Sorted by count, then size, both descending. */
function countShapes(machines: MachineColumns, rows: Int32Array): (MachineShape & { count: number })[] {
  const shapes = new Map<string, MachineShape & { count: number }>();
  for (const row of rows) {
    const key = `${machines.cpu[row]}/${machines.memory[row]}`;
    const shape = shapes.get(key);
    if (shape === undefined)
      shapes.set(key, { cpu: machines.cpu[row], memory: machines.memory[row], count: 1 });
    else shape.count++;
  }
  return [...shapes.values()].sort((a, b) => b.count - a.count || b.cpu - a.cpu || b.memory - a.memory);
}

function listShapes(machines: MachineColumns, rows: Int32Array): string {
  const shapes = countShapes(machines, rows);
  if (shapes.length === 0) return "no machine";
  return shapes.map(({ cpu, memory, count }) => `${count} of cpu ${cpu}, memory ${memory}`).join("; ");
}
