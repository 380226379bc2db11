/** How rows become a graph of tasks. */
import { InputError } from "../../base/errors.js";
import { keysOf } from "../../base/known-keys.js";
import { didYouMean } from "../../base/nearest.js";
import { countOf, fieldsOf, listOf, nameOf, numberOf, objectOf } from "./check.js";
import { linksFrom, noLinks, type Dag, type Links } from "./dag.js";
import { graphOf } from "./graph.js";

/** A task as a row. Null means that a value is not given, as in JSON. */
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
  readonly stage?: string | number;
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

const SHARED_KEYS = { id: true, duration: true, cpu: true, memory: true, demand: true, after: true } as const;
const TASK_KEYS = keysOf<TaskRow>({ ...SHARED_KEYS, stage: true });
const STAGE_KEYS = keysOf<StageRow>({ ...SHARED_KEYS, tasks: true, durations: true });

/** A row with what it is called in messages. */
interface Row {
  readonly what: string;
  readonly id: string;
  readonly given: Readonly<Record<string, unknown>>;
}

/**
 * Returns the graph of the rows, in their order. Its resources are cpu, memory and those named in `demand`,
 * in order of appearance. Throws InputError, with the number of the row from 1, for an unknown key, an id or
 * a demand given twice, an unknown predecessor, a cycle, numbers that are not from 0 to 1e100, and a stage
 * that is named as a task of another stage; and where there is no row.
 */
export function dagFrom(rows: readonly TaskRow[]): Dag {
  const tasks = rowsOf("task", rows, TASK_KEYS);
  const links = linksOf("task", tasks);
  const alone = tasks.filter(({ given }) => (given.stage ?? undefined) === undefined);
  const own = new Map(alone.map(({ id, what }) => [id, what]));
  const names = tasks.map(({ id, given, what }) => {
    if ((given.stage ?? undefined) === undefined) return id;
    const name = nameOf(`stage of ${what}`, given.stage);
    if (!own.has(name)) return name;
    throw new InputError(
      `stage ${name} of ${what} has the name of ${own.get(name)!}, which has no stage: give it one, or ` +
        "name the stage otherwise",
    );
  });
  const stages = [...new Set(names)];
  const placeOf = new Map(stages.map((name, s) => [name, s]));
  return checkedDag({
    ids: tasks.map(({ id }) => id),
    duration: Float64Array.from(tasks, ({ given, what }) => numberOf(`duration of ${what}`, given.duration)),
    ...demandsOf(tasks),
    stages,
    stage: Int32Array.from(names, (name) => placeOf.get(name)!),
    after: links,
    stageAfter: noLinks(stages.length),
  });
}

/**
 * Returns the graph of stages with barriers between them; the tasks of stage S are named S/1, S/2, ... (S
 * where it has only one). Throws as `dagFrom` does, and for more than a million tasks.
 */
export function dagFromStages(rows: readonly StageRow[]): Dag {
  const stages = rowsOf("stage", rows, STAGE_KEYS);
  const stageAfter = linksOf("stage", stages);
  const counts = stages.map(taskCount);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total > 0) countOf("the number of tasks of all stages", total);
  const { resources, demand } = demandsOf(stages);
  const width = resources.length;
  const stage = Int32Array.from(counts.flatMap((count, s) => new Array<number>(count).fill(s)));
  return checkedDag({
    ids: stages.flatMap(({ id }, s) =>
      counts[s] === 1 ? id : Array.from({ length: counts[s] }, (_, i) => `${id}/${i + 1}`),
    ),
    duration: Float64Array.from(stages.flatMap((row, s) => durationsOf(row, counts[s]))),
    resources,
    demand: Float64Array.from({ length: total * width }, (_, i) => {
      const t = Math.floor(i / width);
      return demand[stage[t] * width + (i - t * width)];
    }),
    stages: stages.map(({ id }) => id),
    stage,
    after: noLinks(total),
    stageAfter,
  });
}

/** Returns the graph unchanged. Throws InputError for an id given twice, and as `graphOf` does. */
export function checkedDag(dag: Dag): Dag {
  graphOf(dag);
  requireDifferent("task", dag.ids);
  return dag;
}

function rowsOf(kind: string, rows: unknown, keys: readonly string[]): Row[] {
  return listOf(`the list of ${kind}s`, rows, "a list of rows").map((row, i) => {
    const what = `${kind} row ${i + 1}`;
    const given = fieldsOf("column", what, row, keys);
    return { what, id: nameOf(`id of ${what}`, given.id ?? i), given };
  });
}

function demandsOf(rows: readonly Row[]): Pick<Dag, "resources" | "demand"> {
  const demands = rows.map(({ what, given: { cpu, memory, demand } }) => {
    const named = objectOf(`demand of ${what}`, demand ?? {}, "an object such as { gpu: 0.5 }");
    for (const [name, value] of Object.entries({ cpu, memory }))
      if ((value ?? undefined) !== undefined && name in named)
        throw new InputError(`${what} has ${name} twice: give it as a column or in demand`);
    return { cpu: cpu ?? 0, memory: memory ?? 0, ...named };
  });
  const resources = [...new Set(["cpu", "memory", ...demands.flatMap(Object.keys)])];
  const width = resources.length;
  const demand = new Float64Array(rows.length * width);
  demands.forEach((amounts: Record<string, unknown>, i) => {
    resources.forEach((name, r) => {
      demand[i * width + r] = numberOf(`${name} of ${rows[i].what}`, amounts[name] ?? 0);
    });
  });
  return { resources, demand };
}

function taskCount({ what, given: { tasks, duration, durations } }: Row): number {
  const [one, all] = [duration ?? undefined, durations ?? undefined];
  if ((one === undefined) === (all === undefined))
    throw new InputError(
      `${what} has ${one === undefined ? "no durations" : "duration and durations"}: give durations, or ` +
        "duration and tasks",
    );
  const listed =
    all === undefined ? undefined : listOf(`durations of ${what}`, all, "a list of numbers").length;
  const count = countOf(`the number of tasks of ${what}`, tasks ?? listed ?? 1);
  if (listed === undefined || listed === count) return count;
  throw new InputError(`${what} has ${count} tasks and ${listed} durations: give one per task`);
}

function durationsOf({ what, given: { duration, durations } }: Row, count: number): number[] {
  const all = durations ?? new Array<unknown>(count).fill(duration);
  return Array.from(all as ArrayLike<unknown>, (time) => numberOf(`duration of ${what}`, time));
}

function requireDifferent(kind: string, ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id))
      throw new InputError(`${kind} id ${id} is given twice: give each ${kind} an id of its own`);
    seen.add(id);
  }
}

function linksOf(kind: string, rows: readonly Row[]): Links {
  const ids = rows.map(({ id }) => id);
  requireDifferent(kind, ids);
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  const find = (id: string, what: string): number => {
    const before = rowOf.get(id);
    if (before !== undefined) return before;
    throw new InputError(
      `${what} waits for ${kind} ${id}, which does not exist${didYouMean(id, ids)}: give the id of a ${kind}`,
    );
  };
  return linksFrom(
    rows.map(({ what, given }) => {
      const named = listOf(`after of ${what}`, given.after ?? [], 'a list of ids, such as ["a"]');
      const before = named.map((id) => nameOf(`an id in after of ${what}`, id));
      // An edge given twice is one edge.
      return [...new Set(before)].map((id) => find(id, what));
    }),
  );
}
