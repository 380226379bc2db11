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
  /**
   * By task number: what is known of tasks that have no execution by their events. Their usage may show one.
   */
  readonly unstarted: ReadonlyMap<number, Readonly<Execution>>;
}

/**
 * Among events of one task in one microsecond, the event of lowest rank comes next: the order that the life
 * cycle allows from the current state. Indexed by event type, 0 to 8.
 */
const RANK: Readonly<Record<State, readonly number[]>> = {
  dead: [0, 1, 4, 4, 4, 4, 4, 2, 3],
  pending: [4, 1, 2, 2, 2, 2, 2, 0, 3],
  running: [3, 4, 1, 1, 1, 1, 1, 2, 0],
};

/**
 * Turns the events of tasks into executions (from SCHEDULE to the end); the order of the rows does not
 * matter.
 *
 * If an execution has no end and its task is submitted or scheduled again, the execution ended there, with
 * outcome lost. `bridgeGaps` infers what happened in a gap between parts; an execution without any event
 * after a gap continues to the end. An execution that starts and ends in the same microsecond is dropped.
 * Every case is counted under "lifecycle.".
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

/** Moves the row of lowest rank (the first of several) to place `next`. */
function bringForward(group: Int32Array, next: number, rank: readonly number[], type: Uint8Array): void {
  let best = next;
  for (let i = next + 1; i < group.length; i++) {
    if (rank[type[group[i]]] < rank[type[group[best]]]) best = i;
  }
  const row = group[best];
  group.copyWithin(next + 1, next, best);
  group[next] = row;
}
