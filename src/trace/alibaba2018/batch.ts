import { tabulateDependencies, type DependentTask } from "../dependencies.js";
import type { Row } from "../csv.js";
import { add, type Counts } from "../google2011/counts.js";
import type { RunsBuilder } from "../google2011/runs.js";
import type { TaskKeys } from "../task-keys.js";
import type { WindowsBuilder } from "../observed.js";
import { OUTCOME, type DependencyColumns } from "../workload.js";
import { parseTaskName } from "./dag.js";
import {
  numberIn,
  PERCENT_OF_CORE,
  PERCENT_OF_MEMORY,
  readTable,
  type Reading,
  type Tables,
} from "./tables.js";

/** Best-effort batch: see `tierOf`. */
const PRIORITY = 2;

interface Instance {
  readonly job: bigint;
  readonly task: string;
  readonly name: string;
  readonly attempt: number;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  readonly outcome: number;
  readonly machine: bigint;
  /** Means over its life, NaN where the row has none. */
  readonly cpu: number;
  readonly memory: number;
}

/** What a batch task asks for each of its instances, NaN where the table does not say. */
interface Plan {
  readonly cpu: number;
  readonly memory: number;
}

export interface BatchTarget {
  readonly runs: RunsBuilder;
  readonly tasks: TaskKeys;
  readonly windows: WindowsBuilder;
  /** Cores of the reference machine. */
  readonly cores: number;
}

/**
 * Adds a run for each row of batch_instance, in order of job, task, instance and attempt: a task's runs have indices that follow each
 * other. Returns the order between tasks that their names tell. Rows whose end is missing or not after their start are left out and
 * counted under "batch.".
 */
export async function addBatch(
  { batch_task, batch_instance }: Pick<Tables, "batch_task" | "batch_instance">,
  { runs, tasks, windows, cores }: BatchTarget,
  reading: Reading,
): Promise<DependencyColumns | undefined> {
  const { counts } = reading;
  for (const name of ["neverRan", "withoutPlan", "withoutUse", "unnamedOrder", "unknownPredecessors"])
    add(counts, `batch.${name}`, 0);
  const plans = new Map<string, Plan>();
  await readTable(
    "batch_task",
    batch_task,
    (row) => {
      readPlan(row, plans);
    },
    reading,
  );
  const instances: Instance[] = [];
  await readTable(
    "batch_instance",
    batch_instance,
    (row) => {
      readInstance(row, instances, counts);
    },
    reading,
  );
  instances.sort(compareInstances);
  const groups: (DependentTask & { instances: number })[] = [];
  let index = 0;
  instances.forEach((instance, row) => {
    const { job, task: name } = instance;
    const before = row === 0 ? undefined : instances[row - 1];
    index = before?.job === job ? index + 1 : 0;
    if (before?.job !== job || before.task !== name) groups.push(describeTask(job, name, index));
    groups[groups.length - 1].instances++;
    const plan = plans.get(`${job}/${name}`);
    add(counts, "batch.withoutPlan", Number(plan === undefined));
    const use = {
      cpu: instance.cpu / (PERCENT_OF_CORE * cores),
      memory: instance.memory / PERCENT_OF_MEMORY,
    };
    add(counts, "batch.withoutUse", Number(Number.isNaN(use.cpu)));
    const task = tasks.number(job, index);
    const span = { start: instance.start * 1e6, end: instance.end * 1e6 };
    runs.push({
      task,
      submit: span.start,
      ...span,
      outcome: instance.outcome,
      machine: instance.machine,
      priority: PRIORITY,
      schedulingClass: 0,
      cpu: (plan?.cpu ?? NaN) / (PERCENT_OF_CORE * cores),
      memory: (plan?.memory ?? NaN) / PERCENT_OF_MEMORY,
    });
    windows.push(task, span.start, span.end, use.cpu, use.memory, instance.machine);
  });
  add(counts, "batch.unnamedOrder", groups.filter(({ key }) => key.endsWith("/")).length);
  const { columns, missing } = tabulateDependencies(groups);
  add(counts, "batch.unknownPredecessors", missing);
  return columns;
}

function readPlan(row: Row, plans: Map<string, Plan>): void {
  const key = `${numberIn(row, 2)}/${row.texts[0]}`;
  const plan = { cpu: row.numbers[7], memory: row.numbers[8] };
  const known = plans.get(key);
  // A task that is there twice keeps the larger plan, whatever the order of rows.
  plans.set(key, {
    cpu: larger(known?.cpu, plan.cpu),
    memory: larger(known?.memory, plan.memory),
  });
}

/** NaN only where both are missing. */
function larger(a = NaN, b: number): number {
  return Number.isNaN(a) || b > a ? b : a;
}

const OUTCOMES: Readonly<Record<string, number>> = {
  Terminated: OUTCOME.finish,
  Failed: OUTCOME.fail,
  Cancelled: OUTCOME.kill,
  Interrupted: OUTCOME.evict,
};

function readInstance(row: Row, instances: Instance[], counts: Counts): void {
  const { numbers, texts } = row;
  const [start, end] = [numbers[5], numbers[6]];
  const job = numberIn(row, 2);
  const machine = texts[7] === "" ? -1n : numberIn(row, 7);
  if (!(start > 0 && end > start)) {
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
    outcome: OUTCOMES[texts[4]] ?? OUTCOME.lost,
    machine,
    cpu: positive(numbers[10]),
    memory: positive(numbers[12]),
  });
}

function positive(value: number): number {
  return value >= 0 ? value : NaN;
}

function compareInstances(a: Instance, b: Instance): number {
  return (
    compare(a.job, b.job) ||
    compare(a.task, b.task) ||
    compare(a.name, b.name) ||
    a.attempt - b.attempt ||
    a.start - b.start ||
    a.end - b.end ||
    compare(a.machine, b.machine)
  );
}

function compare<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A key that ends with a slash belongs to a task whose name says nothing. */
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
