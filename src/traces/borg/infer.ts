import { OUTCOME } from "../../workload/workload.js";
import { add, type Counts } from "../../workload/build/counts.js";
import { newExecution } from "./transitions.js";
import type { Execution } from "../../workload/build/executions.js";
import type { Groups } from "../../workload/build/tasks.js";
import type { UsageValues } from "../../workload/build/usage-rows.js";

/** The names of the counts, under "inferred.". */
export const INFERRED = ["tasksWithoutEvents", "tasksNeverScheduled", "executions"] as const;

export interface InferOptions {
  /** The task of each group. Default: the group's place. */
  readonly numbers?: Int32Array;
  readonly hasExecutions: (task: number) => boolean;
  /** What the events say about tasks without executions, by task. */
  readonly facts: ReadonlyMap<number, Readonly<Execution>>;
  /** End of the trace, in microseconds. */
  readonly last: number;
  readonly counts: Counts;
}

/**
 * Returns executions for tasks that have usage although no event says that they were executed: one execution
 * from the first window to the last, and a new execution wherever the windows name another machine. `facts`
 * holds what the task's events say. If they contain the task's end, the last execution has this end.
 * Otherwise the last execution goes on to the end of the trace (`last`, in microseconds) if its windows do,
 * and is lost if not. Priority and scheduling class are 0 if no event gives them. Counts under "inferred.".
 */
export function inferExecutions(
  usage: UsageValues,
  groups: Groups,
  { numbers, hasExecutions, facts, last, counts }: InferOptions,
): Execution[] {
  for (const name of INFERRED) add(counts, `inferred.${name}`, 0);
  const executions: Execution[] = [];
  for (let group = 0; group + 1 < groups.offsets.length; group++) {
    const own = groups.rows.subarray(groups.offsets[group], groups.offsets[group + 1]);
    const task = numbers?.[group] ?? group;
    if (own.length === 0 || hasExecutions(task)) continue;
    const known = facts.get(task);
    add(counts, known === undefined ? "inferred.tasksWithoutEvents" : "inferred.tasksNeverScheduled");
    const inferred = splitByMachine(usage, own, known ?? { ...newExecution(task), priority: 0 });
    endLast(inferred[inferred.length - 1], known, last);
    executions.push(...inferred.filter((execution) => execution.end > execution.start));
  }
  add(counts, "inferred.executions", executions.length);
  return executions;
}

function splitByMachine(
  usage: UsageValues,
  own: Int32Array,
  known: Readonly<Execution>,
): [Execution, ...Execution[]] {
  const executions: [Execution, ...Execution[]] = [beginExecution(usage, own[0], known)];
  for (const row of own) {
    const execution = executions[executions.length - 1];
    const machine = usage.machine[row];
    if (execution.machine >= 0n && machine >= 0n && machine !== execution.machine) {
      execution.end = Math.min(execution.end, usage.start[row]);
      executions.push(beginExecution(usage, row, known));
    } else {
      if (execution.machine < 0n) execution.machine = machine;
      execution.end = Math.max(execution.end, usage.end[row]);
    }
  }
  return executions;
}

function beginExecution(usage: UsageValues, row: number, known: Readonly<Execution>): Execution {
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

function endLast(execution: Execution, known: Readonly<Execution> | undefined, last: number): void {
  if (known !== undefined && known.end > execution.start) {
    execution.end = known.end;
    execution.outcome = known.outcome;
  } else if (execution.end >= last) {
    execution.end = Infinity;
    execution.outcome = OUTCOME.alive;
  }
}
