/** Reads tasks from a user's own rows. */
import { describeCycle, findCycle } from "../../base/cycles.js";
import { InputError } from "../../base/errors.js";
import { OUTCOME } from "../workload.js";
import type { Machines } from "./machines.js";
import { createRowReader, type RowReader, type RowSource } from "./row-reader.js";
import { TASK_KEYS, type TaskRow } from "./rows.js";

export interface Task {
  readonly id: string;
  readonly job: bigint;
  readonly index: number;
  readonly submit: number;
  readonly start: number;
  readonly end: number;
  readonly cpu: readonly number[] | number | undefined;
  readonly memory: readonly number[] | number | undefined;
  readonly isLc: boolean;
  readonly priority: number;
  readonly cpuRequest: number | undefined;
  readonly memoryRequest: number | undefined;
  readonly machine: number;
  readonly initial: boolean;
  readonly outcome: number;
  readonly after: readonly string[];
}

/**
 * Returns the tasks in order of start, then job and index. Tasks without a job get jobs of their own, with
 * numbers after those of the given jobs. Throws InputError with row and column.
 */
export function readTasks(source: RowSource<TaskRow>, { rowOf }: Machines, stepSeconds: number): Task[] {
  const rows = [...createRowReader("tasks", source, TASK_KEYS)];
  if (rows.length === 0) throw new InputError("tasks has no rows; give at least one");
  const named = rows.map((row) => row.id("job"));
  const largest = named.reduce((most: bigint, job) => (job !== undefined && job > most ? job : most), 0n);
  const indices = new Map<bigint, number>();
  const known = new Set<string>();
  const tasks = rows.map((row, number) => {
    const id = row.name("id") ?? String(number + 1);
    if (known.has(id)) throw row.fault("id", `${id} is also the id of an earlier row`);
    known.add(id);
    const job = named[number] ?? largest + BigInt(number + 1);
    const index = indices.get(job) ?? 0;
    indices.set(job, index + 1);
    return readTask(row, id, { job, index }, rowOf, stepSeconds);
  });
  for (const { id, after } of tasks) {
    const missing = after.find((other) => !known.has(other));
    if (missing !== undefined)
      throw new InputError(
        `tasks: "after" of ${id} names ${missing}, but no row has this id (in a table, spaces, "," ";" and ` +
          '"|" divide names; rows in code have a list)',
      );
  }
  const place = new Map(tasks.map(({ id }, number) => [id, number]));
  const cycle = findCycle(tasks.map(({ after }) => after.map((other) => place.get(other)!)));
  if (cycle.length > 0)
    throw new InputError(
      `tasks: by "after", ${describeCycle(cycle.map((number) => tasks[number].id))}; leave a name out`,
    );
  return tasks.sort(
    (a, b) => a.start - b.start || (a.job === b.job ? a.index - b.index : a.job < b.job ? -1 : 1),
  );
}

function readTask(
  row: RowReader,
  id: string,
  place: { readonly job: bigint; readonly index: number },
  rowOf: ReadonlyMap<string, number>,
  stepSeconds: number,
): Task {
  const start = row.number("start", undefined, { min: 0 });
  const cpu = row.amounts("cpu");
  const lastStep = typeof cpu === "object" ? Math.floor(start / stepSeconds) + cpu.length : undefined;
  const end = row.number("end", lastStep === undefined ? undefined : lastStep * stepSeconds, { min: 0 });
  if (!(end > start)) throw row.fault("end", `${end} is not after its start ${start}`);
  const name = row.name("machine");
  const machine = name === undefined ? -1 : rowOf.get(name);
  if (machine === undefined) throw row.fault("machine", `no machine has the id ${name}`);
  const isLc = row.oneOf("class", ["LC", "BE"], "BE") === "LC";
  return {
    id,
    ...place,
    start,
    end,
    submit: row.number("submit", start),
    cpu,
    memory: row.amounts("memory"),
    isLc,
    priority: row.whole("priority", isLc ? 9 : 2, { min: 0, max: 11 }),
    cpuRequest: row.optional("cpuRequest", { min: 0 }),
    memoryRequest: row.optional("memoryRequest", { min: 0 }),
    machine,
    initial: row.flag("initial"),
    outcome: OUTCOME[row.oneOf("outcome", Object.keys(OUTCOME) as (keyof typeof OUTCOME)[], "finish")],
    after: row.names("after"),
  };
}
