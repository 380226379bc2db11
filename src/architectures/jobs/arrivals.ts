/** Which executions of a workload arrive together. */
import { findDependencyRow } from "../../workload/dependencies.js";
import type { Workload } from "../../workload/workload.js";

/** Tasks that a user submitted together. */
export interface Arrival {
  readonly job: bigint;
  /** Number of the arrival among those of its job, from 1, in order of time. */
  readonly number: number;
  /** Row of `workload.dependencies`; -1 where the tasks wait for no others and no others wait for them. */
  readonly stage: number;
  readonly time: number;
  /** Rows of `workload.executions`. */
  readonly rows: readonly number[];
}

interface Draft extends Omit<Arrival, "number"> {
  readonly rows: number[];
  readonly submitted: number;
  readonly indices: Set<number>;
}

/**
 * Returns the arrivals in order of time. Tasks arrive together where job, stage, class and request are the
 * same and they were submitted within `togetherSeconds` of the first; a task that is submitted again belongs
 * to another arrival. A stage that waits for others arrives with the first task of its job, because its
 * predecessors are known.
 */
export function splitIntoArrivals(
  { executions, dependencies }: Workload,
  rows: Int32Array,
  togetherSeconds: number,
): Arrival[] {
  const { job, index, submit, taskClass, cpuRequest, memoryRequest } = executions;
  const stageOf = findDependencyRow(dependencies);
  const firstOfJob = new Map<bigint, number>();
  const open = new Map<string, Draft>();
  const drafts: Draft[] = [];
  for (const row of rows.slice().sort((a, b) => submit[a] - submit[b] || a - b)) {
    const stage = stageOf(job[row], index[row]);
    const time = Math.max(0, submit[row]);
    const first = firstOfJob.get(job[row]) ?? time;
    firstOfJob.set(job[row], first);
    const key = `${job[row]}/${stage}/${taskClass[row]}/${cpuRequest[row]}/${memoryRequest[row]}`;
    const latest = open.get(key);
    const isTogether =
      latest !== undefined &&
      submit[row] - latest.submitted <= togetherSeconds &&
      !latest.indices.has(index[row]);
    if (isTogether) {
      latest.rows.push(row);
      latest.indices.add(index[row]);
      continue;
    }
    const waits = stage >= 0 && dependencies!.offsets[stage + 1] > dependencies!.offsets[stage];
    const draft = {
      job: job[row],
      stage,
      time: waits ? first : time,
      rows: [row],
      submitted: submit[row],
      indices: new Set([index[row]]),
    };
    open.set(key, draft);
    drafts.push(draft);
  }
  // The sort keeps the order of arrivals at the same time.
  drafts.sort((a, b) => a.time - b.time);
  const numbers = new Map<bigint, number>();
  return drafts.map(({ job, stage, time, rows }) => {
    const number = (numbers.get(job) ?? 0) + 1;
    numbers.set(job, number);
    return { job, number, stage, time, rows };
  });
}
