import { InputError } from "../../base/errors.js";
import { tabulateDependencies, type DependentTask } from "../../workload/dependencies.js";
import type { Row } from "../text/row.js";
import { add, type Counts } from "../../workload/build/counts.js";
import type { ExecutionsBuilder } from "../../workload/build/executions.js";
import type { TaskKeys } from "../../workload/build/task-keys.js";
import type { WindowsBuilder } from "../../workload/build/usage-rows.js";
import { OUTCOME, type DependencyColumns } from "../../workload/workload.js";
import { parseTaskName } from "./dag.js";
import {
  BATCH,
  numberIn,
  PERCENT_OF_CORE,
  PERCENT_OF_MEMORY,
  readTable,
  type Reading,
  type Tables,
} from "./tables.js";

/**
 * Times are whole seconds: an execution that starts and ends in the same second is taken to last half of it.
 */
const SHORTEST = 0.5;

/** No task of a job has more instances than this; a larger number is a mistake. */
const MOST_INSTANCES = 1e6;

interface Instance {
  readonly job: bigint;
  readonly task: string;
  readonly name: string;
  readonly attempt: number;
  /** In seconds; the end is Infinity for an instance that was still running. */
  readonly start: number;
  readonly end: number;
  readonly outcome: number;
  readonly machine: bigint;
  /** Means over the instance's life; NaN where the row has no value. */
  readonly cpu: number;
  readonly memory: number;
}

/** A row of batch_task. */
interface Task {
  readonly job: bigint;
  readonly name: string;
  readonly instances: number;
  readonly start: number;
  readonly end: number;
  readonly outcome: number;
  /** The request of each of its instances; NaN where the table has no value. */
  readonly cpu: number;
  readonly memory: number;
}

export interface BatchTarget {
  readonly executions: ExecutionsBuilder;
  readonly tasks: TaskKeys;
  readonly windows: WindowsBuilder;
  /** Numbers of tasks whose windows are an assumption. */
  readonly assumed: Set<number>;
  /** Cores of the reference machine. */
  readonly cores: number;
}

/**
 * Adds an execution for each row of batch_instance. Without that table, adds `instance_num` executions for
 * each row of batch_task; they use what the task plans, on unknown machines. The order is by job, task,
 * instance and attempt, so the executions of a task have consecutive indices. Returns the order between tasks
 * as the task names give it. Rows left out and assumptions are counted under "batch.".
 */
export async function addBatch(
  { batch_task, batch_instance }: Pick<Tables, "batch_task" | "batch_instance">,
  target: BatchTarget,
  reading: Reading,
): Promise<DependencyColumns | undefined> {
  const { counts } = reading;
  for (const name of COUNTED) add(counts, `batch.${name}`, 0);
  const planned = await readTasks(batch_task, reading);
  const isInstances = batch_instance.length > 0;
  const instances = isInstances
    ? await readInstances(batch_instance, reading)
    : planned.flatMap((task) => instancesOf(task, counts));
  const plans = plansOf(planned);
  const isPlanned = ({ job, task }: Instance): boolean => plans.has(`${job}/${task}`);
  if (planned.length > 0 && instances.length > 0 && !instances.some(isPlanned))
    throw new InputError(
      `no row of batch_instance belongs to a task in batch_task (${planned.length} tasks): these ` +
        "tables do not belong together; give both of one slice of the trace, or one of them",
    );
  const groups = addExecutions(instances, plans, target, counts, isInstances);
  add(counts, "batch.unnamedOrder", groups.filter(({ key }) => key.endsWith("/")).length);
  const { columns, missing, loops } = tabulateDependencies(groups);
  add(counts, "batch.unknownPredecessors", missing);
  add(counts, "batch.edgesInLoops", loops);
  return columns;
}

const COUNTED = [
  "neverRan",
  "zeroLength",
  "stillRunning",
  "duplicateRows",
  "withoutPlan",
  "withoutUse",
  "useOfPlan",
  "unnamedOrder",
  "unknownPredecessors",
  "edgesInLoops",
];

function addExecutions(
  instances: readonly Instance[],
  plans: ReadonlyMap<string, Pick<Task, "cpu" | "memory">>,
  { executions, tasks, windows, assumed, cores }: BatchTarget,
  counts: Counts,
  isMeasured: boolean,
): (DependentTask & { instances: number })[] {
  const groups: (DependentTask & { instances: number })[] = [];
  let index = 0;
  instances.forEach((instance, row) => {
    const { job, task: name } = instance;
    const before = row === 0 ? undefined : instances[row - 1];
    index = before?.job === job ? index + 1 : 0;
    if (before?.job !== job || before.task !== name) groups.push(describeTask(job, name, index));
    groups[groups.length - 1].instances++;
    const plan = plans.get(`${job}/${name}`);
    const request = {
      cpu: (plan?.cpu ?? NaN) / (PERCENT_OF_CORE * cores),
      memory: (plan?.memory ?? NaN) / PERCENT_OF_MEMORY,
    };
    add(counts, "batch.withoutPlan", Number(Number.isNaN(request.cpu)));
    const use = isMeasured
      ? { cpu: instance.cpu / (PERCENT_OF_CORE * cores), memory: instance.memory / PERCENT_OF_MEMORY }
      : request;
    add(counts, "batch.withoutUse", Number(Number.isNaN(use.cpu)));
    const task = tasks.number(job, index);
    if (!isMeasured) {
      add(counts, "batch.useOfPlan");
      assumed.add(task);
    }
    const span = { start: instance.start * 1e6, end: instance.end * 1e6 };
    const { outcome, machine } = instance;
    executions.push({ task, submit: span.start, ...span, outcome, machine, ...BATCH, ...request });
    windows.push(task, span.start, span.end, use.cpu, use.memory, machine);
  });
  return groups;
}

async function readTasks(files: Tables["batch_task"], reading: Reading): Promise<Task[]> {
  const rows = new Map<string, Task>();
  const visit = (row: Row): void => {
    const { numbers, texts } = row;
    const [start, end] = [numbers[5], numbers[6]];
    const task = {
      job: numberIn(row, 2),
      name: texts[0],
      instances: numbers[1],
      start,
      end: endOf(start, end, texts[4]),
      outcome: outcomeOf(start, end, texts[4]),
      cpu: numbers[7],
      memory: numbers[8],
    };
    if (task.instances > MOST_INSTANCES || task.instances % 1 > 0)
      row.reject(1, `is not a number of instances: give a whole number up to ${MOST_INSTANCES}`);
    const key = Object.values(task).join("/");
    if (rows.has(key)) add(reading.counts, "batch.duplicateRows");
    else rows.set(key, task);
  };
  await readTable("batch_task", files, visit, reading);
  return [...rows.values()].sort(compareTasks);
}

/** A task with two rows keeps the larger plan, so that the order of rows does not matter. */
function plansOf(tasks: readonly Task[]): Map<string, Pick<Task, "cpu" | "memory">> {
  const plans = new Map<string, Pick<Task, "cpu" | "memory">>();
  for (const { job, name, cpu, memory } of tasks) {
    const key = `${job}/${name}`;
    const known = plans.get(key);
    plans.set(key, { cpu: larger(known?.cpu, cpu), memory: larger(known?.memory, memory) });
  }
  return plans;
}

/** Returns NaN only if both are missing. */
function larger(a = NaN, b: number): number {
  return Number.isNaN(a) || b > a ? b : a;
}

/** Returns the executions of a task; none if the task has not begun. */
function instancesOf(task: Task, counts: Counts): Instance[] {
  if (!(task.instances > 0) || !hasExecution(task)) {
    add(counts, "batch.neverRan");
    return [];
  }
  const { job, name, start, outcome } = task;
  const end = lastsAtLeast(task, counts, task.instances);
  const nothing = { machine: -1n, cpu: NaN, memory: NaN };
  return Array.from({ length: task.instances }, (_, attempt) => ({
    job,
    task: name,
    name: "",
    attempt,
    start,
    end,
    outcome,
    ...nothing,
  }));
}

async function readInstances(files: Tables["batch_instance"], reading: Reading): Promise<Instance[]> {
  const { counts } = reading;
  const instances: Instance[] = [];
  const visit = (row: Row): void => {
    const { numbers, texts } = row;
    const [start, end] = [numbers[5], endOf(numbers[5], numbers[6], texts[4])];
    const job = numberIn(row, 2);
    const machine = texts[7] === "" ? -1n : numberIn(row, 7);
    if (!hasExecution({ start, end })) {
      add(counts, "batch.neverRan");
      return;
    }
    instances.push({
      job,
      task: texts[1],
      name: texts[0],
      attempt: Number.isNaN(numbers[8]) ? 0 : numbers[8],
      start,
      end,
      outcome: outcomeOf(start, numbers[6], texts[4]),
      machine,
      cpu: positive(numbers[10]),
      memory: positive(numbers[12]),
    });
  };
  // If an instance never began, its other columns may hold anything.
  const leaveOut = (textOf: (column: number) => string): string | undefined =>
    /^0*(?:\.0*)?$/.test(textOf(5)) ? "batch.neverRan" : undefined;
  await readTable("batch_instance", files, visit, reading, leaveOut);
  instances.sort(compareInstances);
  const distinct = instances.filter(
    (instance, row) =>
      row === 0 || instance.name === "" || compareInstances(instances[row - 1], instance) !== 0,
  );
  add(counts, "batch.duplicateRows", instances.length - distinct.length);
  return distinct.map((instance) => ({ ...instance, end: lastsAtLeast(instance, counts) }));
}

function hasExecution({ start, end }: Pick<Instance, "start" | "end">): boolean {
  return start > 0 && end >= start;
}

/** Returns Infinity for a row that began, has no end and is still running; otherwise the end in the row. */
function endOf(start: number, end: number, status: string): number {
  return status.toLowerCase() === "running" && start > 0 && !(end > 0) ? Infinity : end;
}

/**
 * Returns the end of an execution, moved where the execution would have no length. Counts `instances`
 * executions of no length, and `instances` executions that are still running.
 */
function lastsAtLeast(
  { start, end }: Pick<Instance, "start" | "end">,
  counts: Counts,
  instances = 1,
): number {
  if (end === Infinity) add(counts, "batch.stillRunning", instances);
  if (end > start) return end;
  add(counts, "batch.zeroLength", instances);
  return start + SHORTEST;
}

const OUTCOMES: Readonly<Record<string, number>> = {
  terminated: OUTCOME.finish,
  failed: OUTCOME.fail,
  cancelled: OUTCOME.kill,
  canceled: OUTCOME.kill,
  interrupted: OUTCOME.evict,
};

function outcomeOf(start: number, end: number, status: string): number {
  return endOf(start, end, status) === Infinity
    ? OUTCOME.alive
    : (OUTCOMES[status.toLowerCase()] ?? OUTCOME.lost);
}

function positive(value: number): number {
  return value >= 0 ? value : NaN;
}

function compareTasks(a: Task, b: Task): number {
  return (
    compare(a.job, b.job) ||
    compare(a.name, b.name) ||
    a.start - b.start ||
    a.end - b.end ||
    a.instances - b.instances
  );
}

function compareInstances(a: Instance, b: Instance): number {
  return (
    compare(a.job, b.job) ||
    compare(a.task, b.task) ||
    compare(a.name, b.name) ||
    a.attempt - b.attempt ||
    a.start - b.start ||
    compare(a.end, b.end) ||
    compare(a.machine, b.machine) ||
    compare(a.outcome, b.outcome) ||
    compare(a.cpu, b.cpu) ||
    compare(a.memory, b.memory)
  );
}

function compare<T extends string | bigint | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A key that ends with a slash belongs to a task whose name gives no number. */
function describeTask(job: bigint, name: string, firstIndex: number): DependentTask & { instances: number } {
  const named = parseTaskName(name);
  return {
    key: `${job}/${named?.number ?? ""}`,
    job,
    firstIndex,
    instances: 0,
    after: (named?.after ?? []).map((number) => `${job}/${number}`),
  };
}
