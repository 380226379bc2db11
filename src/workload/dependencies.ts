/** Which tasks come after which: columns of dependencies, made and looked up. */
import { stronglyConnected } from "../base/cycles.js";
import type { DependencyColumns } from "./workload.js";

/** Executions of one job, with the indices `firstIndex` to `firstIndex + instances - 1`. */
export interface ExecutionGroup {
  readonly job: bigint;
  readonly firstIndex: number;
  readonly instances: number;
}

/**
 * Returns a function that takes an execution's job and index and returns the groups of executions that it
 * waits for: `predecessorsOf(workload.dependencies)(executions.job[r], executions.index[r])`. The function
 * returns no groups where the workload has no dependencies.
 */
export function predecessorsOf(
  dependencies: DependencyColumns | undefined,
): (job: bigint, index: number) => ExecutionGroup[] {
  if (dependencies === undefined) return () => [];
  const { job, firstIndex, instances, offsets, after } = dependencies;
  const rowOf = findDependencyRow(dependencies);
  const group = (row: number): ExecutionGroup => ({
    job: job[row],
    firstIndex: firstIndex[row],
    instances: instances[row],
  });
  return (wantedJob, index) => {
    const own = rowOf(wantedJob, index);
    return own < 0 ? [] : Array.from(after.subarray(offsets[own], offsets[own + 1]), group);
  };
}

/**
 * Returns a function that takes an execution's job and index and returns the row of the dependencies that it
 * belongs to, or -1: it waits for no others and no others wait for it.
 */
export function findDependencyRow(
  dependencies: DependencyColumns | undefined,
): (job: bigint, index: number) => number {
  if (dependencies === undefined) return () => -1;
  const { job, firstIndex, instances } = dependencies;
  const rowsOfJob = new Map<bigint, number[]>();
  job.forEach((id, row) => {
    const rows = rowsOfJob.get(id);
    if (rows === undefined) rowsOfJob.set(id, [row]);
    else rows.push(row);
  });
  for (const rows of rowsOfJob.values()) rows.sort((a, b) => firstIndex[a] - firstIndex[b]);
  return (wantedJob, index) => {
    const rows = rowsOfJob.get(wantedJob) ?? [];
    // The last row that begins at or before the index; a job may have thousands of rows.
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firstIndex[rows[middle]] <= index) low = middle + 1;
      else high = middle;
    }
    const row = low === 0 ? -1 : rows[low - 1];
    return row >= 0 && index < firstIndex[row] + instances[row] ? row : -1;
  };
}

/** Rows by predecessor: `successors[offsets[r]]` to `successors[offsets[r + 1] - 1]` wait for row r. */
export interface Successors {
  readonly offsets: Int32Array;
  readonly successors: Int32Array;
}

/** Turns rows that name their predecessors (`offsets` and `after`, as in DependencyColumns) around. */
export function successorsOf({
  offsets: starts,
  after,
}: Pick<DependencyColumns, "offsets" | "after">): Successors {
  const rows = starts.length - 1;
  const offsets = new Int32Array(rows + 1);
  for (const before of after) offsets[before + 1]++;
  for (let row = 0; row < rows; row++) offsets[row + 1] += offsets[row];
  const filled = offsets.slice();
  const successors = new Int32Array(after.length);
  for (let row = 0; row < rows; row++)
    for (let i = starts[row]; i < starts[row + 1]; i++) successors[filled[after[i]]++] = row;
  return { offsets, successors };
}

/** A task from which `DependencyColumns` are made; `after` has the keys of the tasks that it comes after. */
export interface DependentTask extends ExecutionGroup {
  readonly key: string;
  readonly after: readonly string[];
}

/**
 * Returns the tasks that wait for others or are waited for, in order of job, then index; undefined where
 * there are none. `missing` counts the names of tasks that do not exist; these names are left out. `loops`
 * counts the dependencies that are part of a cycle, such as a task that waits for itself; they are left out,
 * as no schedule can satisfy them.
 */
export function tabulateDependencies(tasks: readonly DependentTask[]): {
  readonly columns: DependencyColumns | undefined;
  readonly missing: number;
  readonly loops: number;
} {
  const rows = tasks
    .slice()
    .sort((a, b) => (a.job === b.job ? a.firstIndex - b.firstIndex : a.job < b.job ? -1 : 1));
  const rowOf = new Map(rows.map(({ key }, row) => [key, row]));
  let missing = 0;
  const named = rows.map(({ after }) => {
    const known = [...new Set(after)].map((key) => rowOf.get(key)).filter((row) => row !== undefined);
    missing += after.filter((key) => !rowOf.has(key)).length;
    return known.sort((a, b) => a - b);
  });
  const component = stronglyConnected(named);
  let loops = 0;
  const after = named.map((others, row) => {
    const kept = others.filter((other) => component[other] !== component[row]);
    loops += others.length - kept.length;
    return kept;
  });
  return { columns: toColumns(rows, after), missing, loops };
}

/** Returns the tasks that wait for others or are waited for, as columns. */
function toColumns(
  tasks: readonly DependentTask[],
  after: readonly (readonly number[])[],
): DependencyColumns | undefined {
  const involved = new Uint8Array(tasks.length);
  after.forEach((others, row) => {
    for (const other of others) involved[row] = involved[other] = 1;
  });
  const kept = Array.from(tasks.keys()).filter((row) => involved[row] === 1);
  if (kept.length === 0) return undefined;
  const newRow = new Map(kept.map((row, place) => [row, place]));
  const edges = kept.map((row) => after[row].map((other) => newRow.get(other)!));
  const offsets = [0];
  for (const own of edges) offsets.push(offsets[offsets.length - 1] + own.length);
  return {
    job: BigInt64Array.from(kept, (row) => tasks[row].job),
    firstIndex: Int32Array.from(kept, (row) => tasks[row].firstIndex),
    instances: Int32Array.from(kept, (row) => tasks[row].instances),
    offsets: Int32Array.from(offsets),
    after: Int32Array.from(edges.flat()),
  };
}
