/** Jobs that are graphs of tasks, and how the columns of staged jobs become such jobs. */
import { describeValue, InputError } from "../../base/errors.js";
import { keysOf } from "../../base/known-keys.js";
import { fieldsOf, listOf, nameOf, numberOf, objectOf } from "./check.js";
import { linksFrom, noLinks, requireDag, type Dag, type Links } from "./dag.js";
import { checkedDag } from "./dag-from.js";

/** A graph that arrives at a time. */
export interface DagJob {
  readonly id: string | number;
  readonly arrival: number;
  readonly dag: Dag;
}

const JOB_KEYS = keysOf<DagJob>({ id: true, arrival: true, dag: true });

/**
 * The columns of `Jobs` of schedlab/architectures that matter here: a row is a stage of equal demands that
 * begins after the rows it depends on have ended.
 */
export interface StageColumns {
  readonly ids: readonly string[];
  readonly arrival: Float64Array;
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /** Tasks `taskOffsets[j]` to `taskOffsets[j + 1] - 1` belong to row j. */
  readonly taskOffsets: Int32Array;
  readonly duration: Float64Array;
  readonly dependencies?: { readonly offsets: Int32Array; readonly after: Int32Array };
}

/**
 * Returns the staged jobs as graphs with barriers between the stages. Rows belong to one job where one waits
 * for the other, and where their ids are equal up to the first "/" (`jobsOf` names the stages of job 7 "7",
 * "7/2", "7/3"). A job arrives with its first stage and has that stage's id; jobs are in the order of their
 * first stages. Throws InputError for a cycle.
 */
export function dagJobsOf(stages: StageColumns): DagJob[] {
  const { ids, taskOffsets } = objectOf("jobs", stages, "the jobs that jobsFrom or jobsOf returns");
  if (!Array.isArray(ids) || !(taskOffsets instanceof Int32Array))
    throw new InputError(`jobs is ${describeValue(stages)}: give the jobs that jobsFrom or jobsOf returns`);
  const leaders = groupRows(stages);
  const rowsOf = new Map<number, number[]>();
  leaders.forEach((leader, row) => {
    const rows = rowsOf.get(leader);
    if (rows === undefined) rowsOf.set(leader, [row]);
    else rows.push(row);
  });
  return [...rowsOf.values()].map((rows) => ({
    id: stages.ids[rows[0]],
    arrival: rows.reduce((first, row) => Math.min(first, stages.arrival[row]), Infinity),
    dag: dagOfRows(stages, rows),
  }));
}

/** Returns the first row of the job of each row. */
function groupRows({ ids, dependencies }: StageColumns): Int32Array {
  const leader = Int32Array.from(ids.keys());
  const find = (row: number): number => {
    let at = row;
    while (leader[at] !== at) at = leader[at] = leader[leader[at]];
    return at;
  };
  const join = (a: number, b: number): void => {
    const [first, second] = [find(a), find(b)];
    leader[Math.max(first, second)] = Math.min(first, second);
  };
  const known = new Map<string, number>();
  ids.forEach((id, row) => {
    const name = id.split("/")[0];
    join(row, known.get(name) ?? row);
    known.set(name, row);
    if (dependencies === undefined) return;
    for (let e = dependencies.offsets[row]; e < dependencies.offsets[row + 1]; e++)
      join(row, dependencies.after[e]);
  });
  return leader.map((_, row) => find(row));
}

function dagOfRows(stages: StageColumns, rows: readonly number[]): Dag {
  const { ids, cpu, memory, taskOffsets, duration, dependencies } = stages;
  const tasksOf = rows.map((row) =>
    Array.from({ length: taskOffsets[row + 1] - taskOffsets[row] }, (_, i) => taskOffsets[row] + i),
  );
  const count = tasksOf.reduce((sum, tasks) => sum + tasks.length, 0);
  return checkedDag({
    ids: tasksOf.flatMap((tasks, s) => tasks.map((_, i) => `${ids[rows[s]]}:${i + 1}`)),
    duration: Float64Array.from(tasksOf.flat(), (task) => duration[task]),
    resources: ["cpu", "memory"],
    demand: Float64Array.from(
      tasksOf.flatMap((tasks, s) => tasks.flatMap(() => [cpu[rows[s]], memory[rows[s]]])),
    ),
    stages: rows.map((row) => ids[row]),
    stage: Int32Array.from(tasksOf.flatMap((tasks, s) => tasks.map(() => s))),
    after: noLinks(count),
    stageAfter: dependencies === undefined ? noLinks(rows.length) : linksAmong(dependencies, rows),
  });
}

function linksAmong(
  { offsets, after }: NonNullable<StageColumns["dependencies"]>,
  rows: readonly number[],
): Links {
  const placeOf = new Map(rows.map((row, place) => [row, place]));
  return linksFrom(
    rows.map((row) =>
      Array.from(new Set(after.subarray(offsets[row], offsets[row + 1])), (before) => placeOf.get(before)!),
    ),
  );
}

/**
 * Throws InputError for no job, an unknown key, a job without an id of its own or a graph, and for an arrival
 * that is out of range.
 */
export function checkJobs(jobs: readonly DagJob[]): void {
  const seen = new Set<string>();
  listOf("the list of jobs", jobs, "a list of jobs").forEach((job, j) => {
    const given = fieldsOf("key", `job ${j + 1}`, job, JOB_KEYS);
    const id = nameOf(`id of job ${j + 1}`, given.id);
    if (seen.has(id)) throw new InputError(`job id ${id} is given twice: give each job an id of its own`);
    seen.add(id);
    numberOf(`arrival of job ${id}`, given.arrival);
    requireDag(given.dag, `dag of job ${id}`);
  });
  if (seen.size === 0) throw new InputError("no job to schedule: give at least one");
}
