/**
 * Finds the machine whose power rises least when it takes a task: power-aware best fit decreasing (PABFD).
 */
import { createLoadOrder, type LoadOrder } from "../../cluster/load-order.js";
import type { PowerModel } from "../../metrics/energy.js";
import type { ClusterView, TaskView } from "../policy.js";

/** All machines of one capacity, in order of load. */
interface Kind {
  readonly capacity: number;
  readonly order: LoadOrder;
}

export interface LeastPower {
  /**
   * Returns the machine whose power rises least of those that pass, ties to the highest load; -1 if none
   * passes.
   */
  find(task: TaskView, passes: (machine: number) => boolean): number;
  /** Must be called when a machine's load changed. */
  update(machine: number): void;
}

/** Most machines tested in each search. */
const TRIES = 16;

/** Differences of watts up to this count as equal, so that rounding does not decide. */
const EQUAL = 1e-9;

/**
 * Returns the search over loads that change. A machine of CPU capacity c draws c x power(load), and `power`
 * is linear between `cells` + 1 evenly spaced loads, as a SPECpower table is. The rise c (power(u + w / c) -
 * power(u)) by a task of w CPU is then linear in the load u wherever neither u nor u + w / c crosses a bend,
 * so the least loaded or the most loaded machine between two bends has the least rise. This takes
 * O(capacities x cells x log machines) per task instead of O(machines).
 */
export function createLeastPower(
  view: ClusterView,
  load: Float64Array,
  { power, cells }: { readonly power: PowerModel; readonly cells: number },
): LeastPower {
  const kinds = new Map<number, Kind>();
  for (let machine = 0; machine < view.machines; machine++) {
    const capacity = view.cpuCapacity[machine];
    if (capacity === 0 || kinds.has(capacity)) continue;
    const mask = Uint8Array.from({ length: view.machines }, (_, m) =>
      Number(view.cpuCapacity[m] === capacity),
    );
    kinds.set(capacity, { capacity, order: createLoadOrder(mask, load) });
  }

  function find(task: TaskView, passes: (machine: number) => boolean): number {
    let best = -1;
    let least = Infinity;
    const consider = (machine: number, { capacity }: Kind): void => {
      if (machine < 0 || machine === best) return;
      const rise = capacity * (power(load[machine] + task.cpu / capacity) - power(load[machine]));
      if (rise > least + EQUAL) return;
      if (rise > least - EQUAL && load[machine] <= load[best]) return;
      least = Math.min(least, rise);
      best = machine;
    };
    for (const kind of kinds.values()) {
      for (const bend of bends(cells, task.cpu / kind.capacity)) {
        consider(kind.order.coldestFrom(bend, passes, TRIES), kind);
        consider(kind.order.hottestUpTo(bend, passes, TRIES), kind);
      }
    }
    return best;
  }

  return { find, update: (machine) => kinds.get(view.cpuCapacity[machine])?.order.update(machine) };
}

/** Loads from 0 at which the slope of the rise by a task of this load changes. */
function bends(cells: number, taskLoad: number): number[] {
  const at = Array.from({ length: cells + 1 }, (_, i) => i / cells);
  return [...at, ...at.map((bend) => bend - taskLoad).filter((bend) => bend > 0)];
}
