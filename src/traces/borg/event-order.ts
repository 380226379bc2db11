import type { EventColumns } from "./events.js";
import { groupRows, type Groups } from "../../workload/build/tasks.js";

/** The rows of each task in order of time; a row with the same values as another is left out. */
export interface OrderedEvents extends Groups {
  readonly duplicates: number;
}

/**
 * Returns the rows of each task in order of time, then event type, then every other value: an order that does
 * not depend on the order in which the rows were read.
 */
export function orderEvents(events: EventColumns, tasks: number): OrderedEvents {
  const groups = groupRows(events.task, tasks);
  const compare = (a: number, b: number): number => compareEvents(events, a, b);
  const offsets = new Int32Array(tasks + 1);
  let kept = 0;
  for (let task = 0; task < tasks; task++) {
    const rows = groups.rows.subarray(groups.offsets[task], groups.offsets[task + 1]);
    if (rows.length > 1) rows.sort(compare);
    for (let i = 0; i < rows.length; i++) {
      if (i === 0 || compare(rows[i - 1], rows[i]) !== 0) groups.rows[kept++] = rows[i];
    }
    offsets[task + 1] = kept;
  }
  return { offsets, rows: groups.rows.subarray(0, kept), duplicates: groups.rows.length - kept };
}

function compareEvents(events: EventColumns, a: number, b: number): number {
  const byTime = events.time[a] - events.time[b];
  if (byTime !== 0) return byTime;
  const byType = events.type[a] - events.type[b];
  if (byType !== 0) return byType;
  if (events.machine[a] !== events.machine[b]) return events.machine[a] < events.machine[b] ? -1 : 1;
  return (
    compareValues(events.priority[a], events.priority[b]) ||
    compareValues(events.schedulingClass[a], events.schedulingClass[b]) ||
    compareValues(events.cpu[a], events.cpu[b]) ||
    compareValues(events.memory[a], events.memory[b])
  );
}

/** Ascending, NaN first. */
function compareValues(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a - b;
}
