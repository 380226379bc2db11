/** What the name of a batch task says about the order of a job's tasks (trace_2018.md, "batch workloads"). */

/** A task's number within its job and those of the tasks that it waits for. */
export interface NamedTask {
  readonly number: number;
  readonly after: readonly number[];
}

/**
 * Returns what a name such as "R4_2" or "M5_3_4" says: task 4 waits for task 2; task 5 for 3 and 4. The
 * letters mean nothing here, and parts that are no numbers ("J3_1_Stg2") are passed over. Undefined for names
 * that say nothing, such as "task_NTQ3" and "MergeTask".
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
