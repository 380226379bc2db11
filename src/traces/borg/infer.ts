import { OUTCOME } from "../../workload/workload.js";
import { add, type Counts } from "../../workload/build/counts.js";
import { newRun } from "./transitions.js";
import type { Run } from "../../workload/build/executions.js";
import type { Groups } from "../../workload/build/tasks.js";
import type { UsageValues } from "../../workload/build/usage-rows.js";

/** What is counted, under "inferred.". */
export const INFERRED = ["tasksWithoutEvents", "tasksNeverScheduled", "runs"] as const;

export interface InferOptions {
  /** The task of each group. Default: its place. */
  readonly numbers?: Int32Array;
  readonly hasRuns: (task: number) => boolean;
  /** What the events of a task say otherwise. */
  readonly facts: ReadonlyMap<number, Readonly<Run>>;
  /** End of the trace, in microseconds. */
  readonly last: number;
  readonly counts: Counts;
}

/**
 * Returns the runs of tasks that have usage though no event says that they ran: one from the first window to the
 * last, a new one wherever the windows name another machine. `facts` is what their events say otherwise: where they
 * end the task, the last run ends so, then; else it goes on to the end of the trace (`last`, in microseconds) if its
 * windows do, and is lost if they do not. Priority and scheduling class that no event gives are 0. Counted under
 * "inferred.".
 */
export function inferRuns(
  usage: UsageValues,
  groups: Groups,
  { numbers, hasRuns, facts, last, counts }: InferOptions,
): Run[] {
  for (const name of INFERRED) add(counts, `inferred.${name}`, 0);
  const runs: Run[] = [];
  for (let group = 0; group + 1 < groups.offsets.length; group++) {
    const own = groups.rows.subarray(groups.offsets[group], groups.offsets[group + 1]);
    const task = numbers?.[group] ?? group;
    if (own.length === 0 || hasRuns(task)) continue;
    const known = facts.get(task);
    add(counts, known === undefined ? "inferred.tasksWithoutEvents" : "inferred.tasksNeverScheduled");
    const inferred = splitByMachine(usage, own, known ?? { ...newRun(task), priority: 0 });
    endLast(inferred[inferred.length - 1], known, last);
    runs.push(...inferred.filter((run) => run.end > run.start));
  }
  add(counts, "inferred.runs", runs.length);
  return runs;
}

function splitByMachine(usage: UsageValues, own: Int32Array, known: Readonly<Run>): [Run, ...Run[]] {
  const runs: [Run, ...Run[]] = [beginRun(usage, own[0], known)];
  for (const row of own) {
    const run = runs[runs.length - 1];
    const machine = usage.machine[row];
    if (run.machine >= 0n && machine >= 0n && machine !== run.machine) {
      run.end = Math.min(run.end, usage.start[row]);
      runs.push(beginRun(usage, row, known));
    } else {
      if (run.machine < 0n) run.machine = machine;
      run.end = Math.max(run.end, usage.end[row]);
    }
  }
  return runs;
}

function beginRun(usage: UsageValues, row: number, known: Readonly<Run>): Run {
  const start = usage.start[row];
  return {
    ...known,
    submit: known.submit <= start ? known.submit : start,
    start,
    end: usage.end[row],
    outcome: OUTCOME.lost,
    machine: usage.machine[row],
  };
}

function endLast(run: Run, known: Readonly<Run> | undefined, last: number): void {
  if (known !== undefined && known.end > run.start) {
    run.end = known.end;
    run.outcome = known.outcome;
  } else if (run.end >= last) {
    run.end = Infinity;
    run.outcome = OUTCOME.alive;
  }
}
