/** The order of tasks, where a simulation enforces it: who is held, and when it is released. */
import { taskOrderOf, type TaskOrder } from "../workload/task-order.js";
import type { Workload } from "../workload/workload.js";

/** What has happened so far. Rows are those of `workload.dependencies`. */
export interface OrderState {
  readonly order: TaskOrder;
  readonly initial: Uint8Array;
  /** For each row: executions that are not over, and rows that it waits for. */
  readonly left: Int32Array;
  readonly waitsFor: Int32Array;
  /** The row of each execution that is over and not counted yet, and the step from which it counts. */
  readonly over: { readonly rows: number[]; readonly steps: number[] };
  /** Executions that have arrived in the trace and wait for others to end, ascending. */
  readonly held: number[];
}

/** Returns the state before step 0. Throws InputError as `taskOrderOf`. */
export function createOrderState(workload: Workload): OrderState {
  const order = taskOrderOf(workload);
  const state: OrderState = {
    order,
    initial: workload.executions.initial,
    left: order.executions.slice(),
    waitsFor: order.predecessors.slice(),
    over: { rows: [], steps: [] },
    held: [],
  };
  // A row without executions, as in a workload of fewer machines, is over when those are that it waits for.
  for (let row = 0; row < state.left.length; row++)
    if (state.left[row] === 0 && order.predecessors[row] === 0) passOn(state, row);
  return state;
}

/** Whether an execution has to wait for others. What was running when the trace began does not. */
export function isHeld({ order, initial, waitsFor }: OrderState, execution: number): boolean {
  const row = order.rowOf[execution];
  return row >= 0 && waitsFor[row] > 0 && initial[execution] === 0;
}

/** Notes that an execution is over: no other waits for it from the beginning of `step` on. */
export function noteOver({ order, over }: OrderState, execution: number, step: number): void {
  if (order.rowOf[execution] < 0) return;
  over.rows.push(order.rowOf[execution]);
  over.steps.push(step);
}

/** Returns the executions that wait for no other any more when `step` begins, ascending. */
export function release(state: OrderState, step: number): number[] {
  const { over, left, waitsFor, held } = state;
  let later = 0;
  let isAny = false;
  for (let i = 0; i < over.rows.length; i++) {
    const row = over.rows[i];
    if (over.steps[i] > step) {
      over.rows[later] = row;
      over.steps[later++] = over.steps[i];
    } else if (--left[row] === 0 && waitsFor[row] === 0) {
      passOn(state, row);
      isAny = true;
    }
  }
  over.rows.length = over.steps.length = later;
  if (!isAny) return [];
  const released = held.filter((execution) => !isHeld(state, execution));
  let kept = 0;
  for (const execution of held) if (isHeld(state, execution)) held[kept++] = execution;
  held.length = kept;
  return released;
}

/** Notes that a row is over, and so are the rows without executions that waited for nothing else. */
function passOn({ order, left, waitsFor }: OrderState, row: number): void {
  const open = [row];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const next of order.successors.subarray(order.offsets[at], order.offsets[at + 1]))
      if (--waitsFor[next] === 0 && left[next] === 0) open.push(next);
}
