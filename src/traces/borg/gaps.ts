import { OUTCOME } from "../../workload/workload.js";
import { EVENT } from "./event-types.js";
import type { EventColumns } from "./events.js";
import { closeExecution, isEnd, openExecution, type TaskState } from "./transitions.js";

/** A period of time that no part covers, in microseconds of trace time. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/**
 * Infers, from a task's first events after one or more gaps between parts, what happened in the gaps:
 *
 * - The task was running before, and then is submitted or scheduled, or ends on another machine: the
 *   execution ended where the first gap begins, with outcome lost.
 * - The task was not running before, and then ends or is updated while running: an execution began where the
 *   last gap ends.
 *
 * `group` holds the events of one microsecond, `since` is the time of the task's previous event (-1: none).
 */
export function bridgeGaps(
  task: TaskState,
  group: Int32Array,
  since: number,
  events: EventColumns,
  gaps: readonly Gap[],
): void {
  const crossed = gaps.filter((gap) => gap.from >= since && gap.to <= events.time[group[0]]);
  if (crossed.length === 0) return;
  const type = (row: number): number => events.type[row];
  const ends = group.filter((row) => isEnd(type(row)));
  if (task.state === "running" && mustHaveEnded(task, group, ends, events)) {
    closeExecution(task, crossed[0].from, OUTCOME.lost);
    task.count("gapEndedExecutions");
  }
  const isScheduledNow = group.some((row) => type(row) === EVENT.schedule);
  const wasRunning = ends.length > 0 || group.some((row) => type(row) === EVENT.updateRunning);
  if (task.state !== "running" && wasRunning && !isScheduledNow) {
    if (task.state === "dead") task.execution.submit = NaN;
    const named = group.find((row) => events.machine[row] >= 0n);
    openExecution(task, crossed[crossed.length - 1].to, named === undefined ? -1n : events.machine[named]);
    task.count("gapStartedExecutions");
  }
}

function mustHaveEnded(task: TaskState, group: Int32Array, ends: Int32Array, events: EventColumns): boolean {
  if (ends.length === 0) return group.some((row) => events.type[row] <= EVENT.schedule);
  if (task.execution.machine < 0n) return false;
  return ends.some((row) => events.machine[row] >= 0n && events.machine[row] !== task.execution.machine);
}
