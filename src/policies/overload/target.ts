/** Where a task that leaves its machine goes. */
import { createLoadOrder } from "../../cluster/load-order.js";
import { ML110_G5, tablePower } from "../../metrics/energy.js";
import type { Plan } from "../plan.js";
import type { ClusterView, TaskView } from "../policy.js";
import { createLeastPower, type LeastPower } from "./least-power.js";

type Passes = (machine: number) => boolean;

/** The CPU that each machine can still take before it is overloaded, with the moves of a plan made. */
export interface Rooms {
  /** The least loaded machine that has the room; -1 if none does. */
  coldest(task: TaskView): number;
  /**
   * The machine with the least room that suffices; -1 if none has it. Power-aware best fit decreasing (PABFD)
   * comes down to this where the least added power is the same everywhere, as it is on machines that are on
   * and whose power is linear in their load and proportional to their size; it is the rule by which that tie
   * is broken.
   */
  tightest(task: TaskView, passes?: Passes): number;
  /**
   * The machine that has the room and whose power rises least (PABFD), ties to the highest load; -1 if none
   * has the room. A machine of the reference size draws what SPECpower measured of an HP ProLiant ML110 G5,
   * others in proportion.
   */
  leastPower(task: TaskView, passes?: Passes): number;
  /** Takes note that a move of the plan to the machine was made or taken back. */
  update(machine: number): void;
}

const POWER = { power: tablePower(ML110_G5), cells: ML110_G5.length - 1 };

/** Machines looked at before a search for a target gives up. */
const TRIES = 16;
/** Cold machines asked whether they have the room: limits differ from machine to machine. */
const COLD = 4;

/**
 * Returns the rooms below `limit`, the load that a machine may reach; a machine with limit -Infinity takes
 * nothing.
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
