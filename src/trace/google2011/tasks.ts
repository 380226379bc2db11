import { bigintColumn, int32Column } from "./columns.js";

/** Gives each task (job id, task index) a number, in order of first sight: for use inside a reader only. */
export interface TaskNumbers {
  /** The task's number; a new one where it is not known yet. */
  readonly number: (job: bigint, index: number) => number;
  /** The task's number, -1 where it is not known. */
  readonly find: (job: bigint, index: number) => number;
  readonly count: () => number;
  readonly jobOf: (task: number) => bigint;
  readonly indexOf: (task: number) => number;
  readonly finish: () => TaskTable;
}

export interface TaskTable {
  readonly job: BigInt64Array;
  readonly index: Int32Array;
}

export function createTaskNumbers(): TaskNumbers {
  const byJob = new Map<bigint, Map<number, number>>();
  const job = bigintColumn();
  const index = int32Column();
  const find = (wantedJob: bigint, wantedIndex: number): number =>
    byJob.get(wantedJob)?.get(wantedIndex) ?? -1;
  const number = (newJob: bigint, newIndex: number): number => {
    const known = find(newJob, newIndex);
    if (known >= 0) return known;
    const fresh = job.length();
    job.push(newJob);
    index.push(newIndex);
    const tasks = byJob.get(newJob);
    if (tasks === undefined) byJob.set(newJob, new Map([[newIndex, fresh]]));
    else tasks.set(newIndex, fresh);
    return fresh;
  };
  return {
    number,
    find,
    count: job.length,
    jobOf: job.at,
    indexOf: index.at,
    finish: () => ({ job: job.finish(), index: index.finish() }),
  };
}

/** Rows in groups, one a task, as compressed sparse rows: group t is `rows[offsets[t]]` to `rows[offsets[t + 1] - 1]`. */
export interface Groups {
  readonly offsets: Int32Array;
  readonly rows: Int32Array;
}

/** Returns the rows of each of `groups` groups, in order of row within one; `of[row]` is the row's group. */
export function groupRows(of: Int32Array, groups: number): Groups {
  const offsets = new Int32Array(groups + 1);
  for (const group of of) offsets[group + 1]++;
  for (let group = 0; group < groups; group++) offsets[group + 1] += offsets[group];
  const next = offsets.slice(0, groups);
  const rows = new Int32Array(of.length);
  for (let row = 0; row < of.length; row++) rows[next[of[row]]++] = row;
  return { offsets, rows };
}
