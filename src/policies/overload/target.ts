/** Finds targets for tasks that leave their machines. */
import { createLoadOrder } from "../../cluster/load-order.js";
import { ML110_G5, tablePower } from "../../metrics/energy.js";
import type { Plan } from "../plan.js";
import type { ClusterView, TaskView } from "../policy.js";
import { createLeastPower, type LeastPower } from "./least-power.js";

type Passes = (machine: number) => boolean;

/** The CPU that each machine can take before it is overloaded, after the moves of a plan. */
export interface Rooms {
  /** Returns the least loaded machine that has room; -1 if none has. */
  coldest(task: TaskView): number;
  /**
   * Returns the machine with the least room that suffices; -1 if none has. Power-aware best fit decreasing
   * (PABFD) is equivalent where the added power is the same on all machines, which is the case if power is
   * linear in the load and proportional to the size. This rule then breaks the tie.
   */
  tightest(task: TaskView, passes?: Passes): number;
  /**
   * Returns the machine that has room and whose power rises least (PABFD), ties to the highest load; -1 if
   * none has room. A machine of the reference size has the power that SPECpower measured for an HP ProLiant
   * ML110 G5, others in proportion.
   */
  leastPower(task: TaskView, passes?: Passes): number;
  /** Must be called when a move to the machine was added to the plan or undone. */
  update(machine: number): void;
}

const POWER = { power: tablePower(ML110_G5), cells: ML110_G5.length - 1 };

/** Most machines tested in a search for a target. */
const TRIES = 16;
/** Number of least loaded machines tested for room; more than one because limits differ between machines. */
const COLD = 4;

/**
 * Returns the rooms for the given limits, which are the most load of each machine. A machine with limit
 * -Infinity takes no task.
 */
export function createRooms(view: ClusterView, plan: Plan, limit: Float64Array): Rooms {
  const room = new Float64Array(view.machines);
  const roomOf = (m: number): number => (limit[m] - plan.load[m]) * view.cpuCapacity[m];
  for (let m = 0; m < view.machines; m++) room[m] = view.cpuCapacity[m] > 0 ? roomOf(m) : -Infinity;
  const order = createLoadOrder(view.cpuCapacity, room);
  let power: LeastPower | undefined;
  return {
    coldest: (task) => plan.coldest(task, COLD).find((m) => room[m] >= task.cpu) ?? -1,
    tightest: (task, passes = () => true) =>
      order.coldestFrom(task.cpu, (m) => m !== task.machine && passes(m) && plan.fits(task, m), TRIES),
    leastPower(task, passes = () => true) {
      power ??= createLeastPower(view, plan.load, POWER);
      return power.find(
        task,
        (m) => room[m] >= task.cpu && m !== task.machine && passes(m) && plan.fits(task, m),
      );
    },
    update(machine) {
      room[machine] = roomOf(machine);
      order.update(machine);
      power?.update(machine);
    },
  };
}
