/** Future demand on each machine according to the trace, only for bounds. */
import { createLoadOrder } from "../cluster/load-order.js";
import { InputError } from "../base/errors.js";
import type { ClusterView, ForesightView } from "../policies/policy.js";
import { LATENCY_CRITICAL, type Workload } from "../workload/workload.js";
import { onGrid } from "./demand.js";
import { partsOfStep, type Flight } from "./migrations.js";
import type { ClusterState } from "./state.js";

/**
 * Returns the view with the future added. Nothing is computed until a policy asks; an answer costs O(machines
 * + tasks) and is valid until the next step.
 */
export function createForesight(
  view: ClusterView,
  state: ClusterState,
  workload: Workload,
  flights: readonly Flight[],
): ForesightView {
  const { executions, usage, stepSeconds } = workload;
  const { slots } = state;

  /** CPU that the task in the slot wants in this many steps; 0 if it will have ended. */
  function wanted(slot: number, steps: number): number {
    const sample = (step: number): number =>
      step <= slots.lastStep[slot] ? onGrid(usage.cpu[slots.origin[slot] + step]) : 0;
    const then = view.step + steps;
    return (1 - slots.done[slot]) * sample(then) + slots.done[slot] * sample(then + 1);
  }

  /** CPU wanted on each machine in this many steps: by all tasks, and by LC tasks. */
  function demand(steps: number): { all: Float64Array; lc: Float64Array } {
    const all = new Float64Array(state.machines);
    const lc = new Float64Array(state.machines);
    const add = (machine: number, cpu: number, latencyCritical: boolean): void => {
      all[machine] += cpu;
      if (latencyCritical) lc[machine] += cpu;
    };
    for (let slot = 0; slot < slots.high; slot++) {
      if (slots.machine[slot] < 0 || slots.migrating[slot] === 1) continue;
      add(slots.machine[slot], wanted(slot, steps), slots.latencyCritical[slot] === 1);
    }
    const step = view.step + steps;
    for (const flight of flights) {
      const cpu = wanted(flight.slot, steps);
      const { atSource, atTarget } = partsOfStep(flight, step * stepSeconds, stepSeconds);
      add(flight.from, atSource * cpu, slots.latencyCritical[flight.slot] === 1);
      add(flight.to, atTarget * cpu, slots.latencyCritical[flight.slot] === 1);
    }
    for (
      let execution = firstAfter(usage.firstStep, view.step);
      usage.firstStep[execution] <= step;
      execution++
    ) {
      const row = usage.offsets[execution] + step - usage.firstStep[execution];
      const machine = executions.machine[execution];
      if (machine < 0 || row >= usage.offsets[execution + 1]) continue;
      add(machine, usage.cpu[row], executions.taskClass[execution] === LATENCY_CRITICAL);
    }
    return { all, lc };
  }

  function ahead(steps: number): ClusterView {
    if (!(Number.isInteger(steps) && steps >= 0)) {
      throw new InputError(`invalid steps ahead: ${steps}; give a whole number of 0 or more`);
    }
    const { all, lc } = demand(steps);
    const share = (cpu: number, m: number): number => (state.cpu[m] > 0 ? cpu / state.cpu[m] : 0);
    const load = all.map(share);
    const cold = createLoadOrder(state.cpu, load);
    return {
      ...view,
      load,
      lcLoad: lc.map(share),
      tasksOn: (machine, which) =>
        view.tasksOn(machine, which).map((task) => ({ ...task, cpu: wanted(state.slotOf[task.id], steps) })),
      coldest: (task, passes = () => true) =>
        cold.coldest((machine) => passes(machine) && view.fits(task, machine))[0] ?? -1,
    };
  }

  // The view's own getters, so that no column is read before the policy asks.
  const columns = Object.getOwnPropertyDescriptors(view);
  return Object.freeze(Object.defineProperties({ ahead }, columns) as ForesightView);
}

/** Returns the index of the first value above `value`; the rows are in ascending order. */
function firstAfter(rows: Int32Array, value: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
