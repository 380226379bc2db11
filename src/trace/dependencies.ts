import type { DependencyColumns } from "./workload.js";

/** Runs of one job, with the indices `firstIndex` to `firstIndex + instances - 1`. */
export interface RunGroup {
  readonly job: bigint;
  readonly firstIndex: number;
  readonly instances: number;
}

/**
 * Returns a function from a run's job and index to the groups of runs that had to end before it began, none where the trace
 * names none: `predecessorsOf(workload.dependencies)(runs.job[r], runs.index[r])`. A workload without dependencies will do.
 */
export function predecessorsOf(
  dependencies: DependencyColumns | undefined,
): (job: bigint, index: number) => RunGroup[] {
  if (dependencies === undefined) return () => [];
  const { job, firstIndex, instances, offsets, after } = dependencies;
  const rowsOfJob = new Map<bigint, number[]>();
  for (let row = 0; row < job.length; row++) {
    const rows = rowsOfJob.get(job[row]);
    if (rows === undefined) rowsOfJob.set(job[row], [row]);
    else rows.push(row);
  }
  const group = (row: number): RunGroup => ({
    job: job[row],
    firstIndex: firstIndex[row],
    instances: instances[row],
  });
  return (wantedJob, index) => {
    const own = rowsOfJob
      .get(wantedJob)
      ?.find((row) => index >= firstIndex[row] && index < firstIndex[row] + instances[row]);
    return own === undefined ? [] : Array.from(after.subarray(offsets[own], offsets[own + 1]), group);
  };
}

/** A task of a reader on its way into `DependencyColumns`; `after` are keys of other tasks. */
export interface DependentTask extends RunGroup {
  readonly key: string;
  readonly after: readonly string[];
}

/**
 * Returns the tasks that have a dependency or are one, in order of job, then index; undefined where there are none. Names of
 * tasks that are not there are left out: `missing` says how many.
 */
export function tabulateDependencies(tasks: readonly DependentTask[]): {
  readonly columns: DependencyColumns | undefined;
  readonly missing: number;
} {
  const known = new Set(tasks.map(({ key }) => key));
  const involved = new Set<string>();
  let missing = 0;
  for (const { key, after } of tasks) {
    for (const other of after) {
      if (known.has(other)) involved.add(other).add(key);
      else missing++;
    }
  }
  const rows = tasks
    .filter(({ key }) => involved.has(key))
    .sort((a, b) => (a.job === b.job ? a.firstIndex - b.firstIndex : a.job < b.job ? -1 : 1));
  if (rows.length === 0) return { columns: undefined, missing };
  const rowOf = new Map(rows.map(({ key }, row) => [key, row]));
  const offsets = [0];
  const after: number[] = [];
  for (const row of rows) {
    const others = row.after.map((key) => rowOf.get(key) ?? -1).filter((other) => other >= 0);
    after.push(...[...new Set(others)].sort((a, b) => a - b));
    offsets.push(after.length);
  }
  const columns = {
    job: BigInt64Array.from(rows, ({ job }) => job),
    firstIndex: Int32Array.from(rows, ({ firstIndex }) => firstIndex),
    instances: Int32Array.from(rows, ({ instances }) => instances),
    offsets: Int32Array.from(offsets),
    after: Int32Array.from(after),
  };
  return { columns, missing };
}
