import { OUTCOME } from "../../workload/workload.js";
import { add, type Counts } from "../../workload/build/counts.js";
import { orderEvents } from "./event-order.js";
import { bridgeGaps, type Gap } from "./gaps.js";
import type { EventColumns } from "./events.js";
import {
  createExecutionsBuilder,
  type Execution,
  type ExecutionRows,
} from "../../workload/build/executions.js";
import { applyEvent, COUNTED, newExecution, type State, type TaskState } from "./transitions.js";

export interface Lifecycle {
  readonly executions: ExecutionRows;
  /** What is known of tasks that no event says ever ran, by task number; their usage may tell otherwise. */
  readonly unstarted: ReadonlyMap<number, Readonly<Execution>>;
}

/**
 * Among events of one task in one microsecond, the one of lowest rank comes next: the order that the life
 * cycle allows from the current state. By event type, 0 to 8.
 */
const RANK: Readonly<Record<State, readonly number[]>> = {
  dead: [0, 1, 4, 4, 4, 4, 4, 2, 3],
  pending: [4, 1, 2, 2, 2, 2, 2, 0, 3],
  running: [3, 4, 1, 1, 1, 1, 1, 2, 0],
};

/**
 * Turns the events of tasks into executions (SCHEDULE to its end), whatever the order of the rows.
 *
 * An execution that lacks its end because its task is submitted or scheduled anew ended there, outcome lost.
 * What happened in a gap between parts is worked out by `bridgeGaps`; an execution not heard of after a gap
 * is carried on to the end. An execution that starts and ends in the same microsecond is dropped. Every case
 * is counted under "lifecycle.".
 */
export function buildExecutions(
  events: EventColumns,
  tasks: number,
  gaps: readonly Gap[],
  counts: Counts,
): Lifecycle {
  for (const name of COUNTED) add(counts, `lifecycle.${name}`, 0);
  const ordered = orderEvents(events, tasks);
  add(counts, "lifecycle.duplicateEvents", ordered.duplicates);
  const executions = createExecutionsBuilder();
  const unstarted = new Map<number, Readonly<Execution>>();
  const count = (name: (typeof COUNTED)[number]): void => {
    add(counts, `lifecycle.${name}`);
  };
  for (let number = 0; number < tasks; number++) {
    const rows = ordered.rows.subarray(ordered.offsets[number], ordered.offsets[number + 1]);
    if (rows.length === 0) continue;
    const before = executions.count();
    const task: TaskState = { state: "dead", execution: newExecution(number), push: executions.push, count };
    replay(task, rows, events, gaps);
    if (executions.count() === before) unstarted.set(number, task.execution);
  }
  return { executions: executions.finish(), unstarted };
}

function replay(task: TaskState, rows: Int32Array, events: EventColumns, gaps: readonly Gap[]): void {
  let since = -1;
  for (let from = 0; from < rows.length;) {
    const time = events.time[rows[from]];
    let to = from + 1;
    while (to < rows.length && events.time[rows[to]] === time) to++;
    const group = rows.subarray(from, to);
    if (gaps.length > 0) bridgeGaps(task, group, since, events, gaps);
    for (let next = 0; next < group.length; next++) {
      bringForward(group, next, RANK[task.state], events.type);
      applyEvent(task, events, group[next]);
    }
    since = time;
    from = to;
  }
  if (task.state === "pending") task.count("pendingAtEnd");
  if (task.state !== "running") return;
  task.count("aliveAtEnd");
  if (gaps.some((gap) => gap.from >= since)) task.count("gapCarriedExecutions");
  task.push({ ...task.execution, end: Infinity, outcome: OUTCOME.alive });
}

/** Moves the row of lowest rank, the first of several, to place `next`. */
function bringForward(group: Int32Array, next: number, rank: readonly number[], type: Uint8Array): void {
  let best = next;
  for (let i = next + 1; i < group.length; i++) {
    if (rank[type[group[i]]] < rank[type[group[best]]]) best = i;
  }
  const row = group[best];
  group.copyWithin(next + 1, next, best);
  group[next] = row;
}
