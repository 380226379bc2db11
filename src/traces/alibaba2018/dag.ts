/** The order of a job's tasks as the names of batch tasks give it (trace_2018.md, "batch workloads"). */

/** A task's number within its job, and the numbers of the tasks that it waits for. */
export interface NamedTask {
  readonly number: number;
  readonly after: readonly number[];
}

/**
 * Parses a name such as "R4_2" or "M5_3_4": task 4 waits for task 2; task 5 waits for tasks 3 and 4. The
 * letters have no meaning here, and parts that are not numbers ("J3_1_Stg2") are ignored. Returns undefined
 * for names without such numbers, for example "task_NTQ3" and "MergeTask".
 */
export function parseTaskName(name: string): NamedTask | undefined {
  const [first, ...others] = name.split("_");
  const own = /^[A-Za-z](\d{1,6})$/.exec(first);
  if (own === null) return undefined;
  return {
    number: Number(own[1]),
    after: others.filter((part) => /^\d{1,6}$/.test(part)).map(Number),
  };
}
