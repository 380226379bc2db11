/** Makes windows of usage from lists with a value per step, or from measurements. */
import { InputError } from "../../base/errors.js";
import { createWindowsBuilder, type UsageRows, type WindowsBuilder } from "../build/usage-rows.js";
import { createRowReader, type RowSource } from "./row-reader.js";
import { USAGE_KEYS, type UsageRow } from "./rows.js";
import type { Task } from "./tasks.js";

/**
 * Returns the windows of the tasks; a task's number is its place. A task must have either cpu in its row or
 * rows of usage.
 * @throws InputError with the task, or with row and column.
 */
export function windowsOf(
  tasks: readonly Task[],
  usage: RowSource<UsageRow> | undefined,
  stepSeconds: number,
): UsageRows {
  const windows = createWindowsBuilder();
  const measured = usage === undefined ? undefined : readUsage(usage, tasks);
  tasks.forEach((task, number) => {
    const own = measured?.get(task.id);
    if (own === undefined) pushGiven(task, number, stepSeconds, windows);
    else pushMeasured(task, number, own, windows);
  });
  return windows.finish();
}

interface Measurement {
  readonly time: number;
  readonly cpu: number;
  /** NaN if the row has none. */
  readonly memory: number;
}

function readUsage(source: RowSource<UsageRow>, tasks: readonly Task[]): Map<string, Measurement[]> {
  const known = new Set(tasks.map(({ id }) => id));
  const measured = new Map<string, Measurement[]>();
  for (const row of createRowReader("usage", source, USAGE_KEYS)) {
    const task = row.name("task");
    if (task === undefined || !known.has(task)) throw row.fault("task", `no task has the id ${task}`);
    const own = measured.get(task) ?? [];
    measured.set(task, own);
    own.push({
      time: row.number("time", undefined, { min: 0 }),
      cpu: row.number("cpu", undefined, { min: 0 }),
      memory: row.number("memory", NaN, { min: 0 }),
    });
  }
  return measured;
}

/**
 * Each measurement is valid until the next one, the first also from the task's start, the last until its end.
 */
function pushMeasured(
  { id, start, end, cpu, memory }: Task,
  number: number,
  measured: readonly Measurement[],
  windows: WindowsBuilder,
): void {
  if (cpu !== undefined)
    throw new InputError(`tasks: ${id} has both cpu in its row and rows of usage; give one of them`);
  if (typeof memory === "object")
    throw new InputError(`tasks: ${id} has a list of memory and rows of usage; give memory in the rows`);
  const ordered = measured.slice().sort((a, b) => a.time - b.time);
  if (ordered[0].time >= end)
    throw new InputError(`usage: all rows of ${id} are after its end at ${end}; correct its times`);
  ordered.forEach(({ time, cpu: used, memory: held }, i) => {
    const next = ordered.at(i + 1)?.time;
    if (next === time)
      throw new InputError(`usage: two rows of ${id} have the time ${time}; keep one of them`);
    const from = i === 0 ? Math.min(time, start) : time;
    const to = next ?? Math.max(end, time);
    if (to > from)
      windows.push(number, from * 1e6, to * 1e6, used, Number.isNaN(held) ? (memory ?? NaN) : held);
  });
}

function pushGiven(
  { id, start, end, cpu, memory }: Task,
  number: number,
  stepSeconds: number,
  windows: WindowsBuilder,
): void {
  if (cpu === undefined)
    throw new InputError(`tasks: ${id} has no use of CPU; give cpu in its row, or rows of usage`);
  if (typeof cpu === "number" && typeof memory !== "object") {
    windows.push(number, start * 1e6, end * 1e6, cpu, memory ?? NaN);
    return;
  }
  const first = Math.floor(start / stepSeconds);
  const steps = Math.ceil(end / stepSeconds) - first;
  for (const [name, values] of Object.entries({ cpu, memory }))
    if (typeof values === "object" && values.length !== steps)
      throw new InputError(
        `tasks: ${name} of ${id} has ${values.length} values, but the task is present in ${steps} steps; ` +
          "give one value per step",
      );
  const at = (values: readonly number[] | number | undefined, i: number): number =>
    typeof values === "object" ? values[i] : (values ?? NaN);
  for (let i = 0; i < steps; i++) {
    const from = (first + i) * stepSeconds * 1e6;
    windows.push(number, from, from + stepSeconds * 1e6, at(cpu, i), at(memory, i));
  }
}
