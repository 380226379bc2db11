/** How rows become a graph of tasks. */
import { describeCycle, findCycle } from "../../base/cycles.js";
import { InputError } from "../../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../../base/known-keys.js";
import { didYouMean } from "../../base/nearest.js";
import { linksFrom, noLinks, type Dag, type Links } from "./dag.js";
import { linkNodes } from "./graph.js";

/** A task as a row. */
export interface TaskRow {
  /** Default: the row's number, from 0. */
  readonly id?: string | number;
  readonly duration: number;
  /** Defaults 0. */
  readonly cpu?: number;
  readonly memory?: number;
  /** Demands of further resources by name, such as `{ network: 0.2 }`. */
  readonly demand?: Readonly<Record<string, number>>;
  /** Default: a stage of its own, named as the task. */
  readonly stage?: string;
  /** Ids of the tasks that must end before this one begins. */
  readonly after?: readonly (string | number)[];
}

/**
 * A stage as a row: tasks of one demand. Give `durations` of all tasks, or one `duration` and the number of
 * `tasks` (default 1).
 */
export interface StageRow extends Omit<TaskRow, "duration" | "stage"> {
  readonly tasks?: number;
  readonly duration?: number;
  readonly durations?: readonly number[];
  /** Ids of the stages that must end before this one begins: all their tasks, a barrier. */
  readonly after?: readonly (string | number)[];
}

const TASK_KEYS = keysOf<TaskRow>({
  id: true,
  duration: true,
  cpu: true,
  memory: true,
  demand: true,
  stage: true,
  after: true,
});
const STAGE_KEYS = keysOf<StageRow>({
  id: true,
  tasks: true,
  duration: true,
  durations: true,
  cpu: true,
  memory: true,
  demand: true,
  after: true,
});

/**
 * Returns the graph of the rows, in their order. Its resources are cpu, memory and those named in `demand`,
 * in order of appearance. Throws InputError, with the number of the row from 1, for an unknown key, an id
 * given twice, an unknown predecessor, a cycle, and numbers that are negative or not finite; and where
 * there is no row.
 */
export function dagFrom(rows: readonly TaskRow[]): Dag {
  rows.forEach((row, t) => {
    refuseUnknownKeys(row, TASK_KEYS, `column of task row ${t + 1}`);
  });
  const ids = rows.map((row, t) => String(row.id ?? t));
  const stages = [...new Set(rows.map((row, t) => row.stage ?? ids[t]))];
  const placeOf = new Map(stages.map((name, s) => [name, s]));
  return checkedDag({
    ids,
    duration: Float64Array.from(rows, (row, t) => checked(`duration of task row ${t + 1}`, row.duration)),
    ...demandsOf("task", rows),
    stages,
    stage: Int32Array.from(rows, (row, t) => placeOf.get(row.stage ?? ids[t])!),
    after: linksOf("task", ids, rows),
    stageAfter: noLinks(stages.length),
  });
}

/**
 * Returns the graph of stages with barriers between them; the tasks of stage S are named S/1, S/2, ... (S
 * where it has only one). Throws as `dagFrom` does, and for a stage without tasks.
 */
export function dagFromStages(rows: readonly StageRow[]): Dag {
  const tasksOf = rows.map(durationsOf);
  const stages = rows.map((row, s) => String(row.id ?? s));
  const { resources, demand } = demandsOf("stage", rows);
  const width = resources.length;
  return checkedDag({
    ids: tasksOf.flatMap((tasks, s) =>
      tasks.map((_, i) => (tasks.length === 1 ? stages[s] : `${stages[s]}/${i + 1}`)),
    ),
    duration: Float64Array.from(tasksOf.flat()),
    resources,
    demand: Float64Array.from(
      tasksOf.flatMap((tasks, s) => tasks.flatMap(() => [...demand.subarray(s * width, (s + 1) * width)])),
    ),
    stages,
    stage: Int32Array.from(tasksOf.flatMap((tasks, s) => tasks.map(() => s))),
    after: noLinks(tasksOf.flat().length),
    stageAfter: linksOf("stage", stages, rows),
  });
}

/** Returns the graph unchanged. Throws InputError for a graph without tasks and for a cycle. */
export function checkedDag(dag: Dag): Dag {
  if (dag.ids.length === 0) throw new InputError("the graph has no tasks: give at least one row");
  const { before, nodes } = linkNodes(dag);
  const cycle = findCycle(
    Array.from({ length: nodes }, (_, v) => [
      ...before.nodes.subarray(before.offsets[v], before.offsets[v + 1]),
    ]),
  );
  // Other nodes are gates, which have no names.
  const tasks = cycle.filter((v) => v < dag.ids.length);
  if (tasks.length > 0)
    throw new InputError(`${describeCycle(tasks.map((t) => dag.ids[t]))}: remove one of the edges`);
  return dag;
}

type DemandRow = Pick<TaskRow, "cpu" | "memory" | "demand">;

function demandsOf(kind: string, rows: readonly DemandRow[]): Pick<Dag, "resources" | "demand"> {
  const resources = [
    ...new Set(["cpu", "memory", ...rows.flatMap(({ demand = {} }) => Object.keys(demand))]),
  ];
  const demand = new Float64Array(rows.length * resources.length);
  rows.forEach((row, i) => {
    const all: Record<string, number> = { cpu: row.cpu ?? 0, memory: row.memory ?? 0, ...row.demand };
    resources.forEach((name, r) => {
      demand[i * resources.length + r] = checked(`${name} of ${kind} row ${i + 1}`, all[name] ?? 0);
    });
  });
  return { resources, demand };
}

function durationsOf(row: StageRow, s: number): readonly number[] {
  refuseUnknownKeys(row, STAGE_KEYS, `column of stage row ${s + 1}`);
  const { tasks, duration, durations } = row;
  if (durations === undefined && duration === undefined)
    throw new InputError(`stage row ${s + 1} has no durations: give durations, or duration and tasks`);
  const count = tasks ?? durations?.length ?? 1;
  if (!Number.isInteger(count) || count < 1)
    throw new InputError(`stage row ${s + 1} has ${count} tasks: give a whole number of 1 or more`);
  const all = durations ?? new Array<number>(count).fill(duration!);
  if (all.length !== count)
    throw new InputError(
      `stage row ${s + 1} has ${count} tasks and ${all.length} durations: give one per task`,
    );
  for (const one of all) checked(`duration of stage row ${s + 1}`, one);
  return all;
}

function checked(what: string, value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0)
    throw new InputError(`${what} is ${String(value)}: give a number of 0 or more`);
  return value;
}

function linksOf(kind: string, ids: readonly string[], rows: readonly Pick<TaskRow, "after">[]): Links {
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  if (rowOf.size < ids.length) {
    const twice = ids.find((id, row) => rowOf.get(id) !== row)!;
    throw new InputError(`${kind} id ${twice} is given twice: give each ${kind} an id of its own`);
  }
  const find = (id: string, row: number): number => {
    const before = rowOf.get(id);
    if (before !== undefined) return before;
    throw new InputError(
      `${kind} row ${row + 1} waits for ${kind} ${id}, which does not exist` +
        `${didYouMean(id, ids)}: give the id of a ${kind}`,
    );
  };
  // An edge given twice is one edge.
  return linksFrom(
    rows.map(({ after = [] }, row) => [...new Set(after.map(String))].map((id) => find(id, row))),
  );
}
