/** One decision of the overload family: relieve the overloaded machines, then empty the underloaded ones. */
import type { Random } from "../../base/random.js";
import { createPlan, hottestFirst, type Plan } from "../plan.js";
import type { ClusterView, Move, TaskView } from "../policy.js";
import type { Detector } from "./detection.js";
import type { Selection } from "./selection.js";
import { createRooms, type Rooms } from "./target.js";

export interface Relief {
  readonly detector: Detector;
  readonly selection: Selection;
  /**
   * Target of a task: the least loaded machine that has room, the machine with the least room that suffices,
   * or the machine whose power rises least.
   */
  readonly target: "coldest" | "tightest" | "leastPower";
  /** Most load of a target, with the task. */
  readonly ceiling: number;
  /** Machines below this load are emptied. */
  readonly underload: number;
}

/**
 * Returns the moves: first the tasks chosen from all overloaded machines, largest CPU first, then
 * evacuations.
 */
export function relieve(view: ClusterView, random: Random, options: Relief): Move[] {
  const { detector, target, ceiling, underload } = options;
  const plan = createPlan(view);
  const limit = new Float64Array(view.machines).fill(-Infinity);
  const victims: TaskView[] = [];
  const machines = hottestFirst(view);
  const busy = new Uint8Array(view.machines);
  for (const machine of machines) {
    const excess = detector.excess(view, machine);
    if (isOver(detector, excess)) {
      busy[machine] = 1;
      victims.push(...chooseVictims(view, machine, excess, random, options));
    } else limit[machine] = Math.min(ceiling, view.load[machine] - excess);
  }
  const rooms = createRooms(view, plan, limit);
  const chooseTarget = (task: TaskView): number => {
    if (target !== "leastPower" || underload === 0) return rooms[target](task);
    // If machines are emptied, an empty machine counts as off, and turning it on costs more than any rise of
    // power.
    const running = rooms.leastPower(task, (m) => view.taskCount[m] > 0 || busy[m] === 1);
    return running >= 0 ? running : rooms.leastPower(task);
  };
  victims.sort((a, b) => b.cpu - a.cpu || a.id - b.id);
  for (const task of victims) {
    const to = chooseTarget(task);
    if (to < 0) continue;
    plan.move(task, to);
    rooms.update(to);
    busy[to] = 1;
  }
  if (underload > 0) evacuate(view, plan, rooms, { machines, busy, underload, target });
  return plan.moves;
}

function isOver({ inclusive }: Detector, excess: number): boolean {
  return inclusive ? excess >= 0 : excess > 0;
}

/** Chooses best-effort tasks that leave, until the machine is no longer overloaded. */
function chooseVictims(
  view: ClusterView,
  machine: number,
  excess: number,
  random: Random,
  { detector, selection }: Relief,
): TaskView[] {
  const capacity = view.cpuCapacity[machine];
  const tasks = view.tasksOn(machine, "best-effort");
  const victims: TaskView[] = [];
  while (tasks.length > 0 && isOver(detector, excess)) {
    const task = selection.select(tasks, excess * capacity, random, view);
    tasks.splice(tasks.indexOf(task), 1);
    victims.push(task);
    excess -= task.cpu / capacity;
  }
  return victims;
}

/**
 * Empties underloaded machines, the least loaded first, each completely or not at all, onto machines that run
 * tasks. A machine that already takes part in a move, or has migrating tasks or LC tasks that may not move,
 * is not emptied.
 */
function evacuate(
  view: ClusterView,
  plan: Plan,
  rooms: Rooms,
  {
    machines,
    busy,
    underload,
    target,
  }: {
    machines: readonly number[];
    busy: Uint8Array;
    underload: number;
    target: Relief["target"];
  },
): void {
  const emptied = new Uint8Array(view.machines);
  const fill = target === "leastPower" ? "leastPower" : "tightest";
  for (let i = machines.length - 1; i >= 0 && view.load[machines[i]] < underload; i--) {
    const machine = machines[i];
    if (busy[machine] === 1 || view.taskCount[machine] === 0) continue;
    const tasks = view.tasksOn(machine, "best-effort");
    if (tasks.length < view.taskCount[machine]) continue;
    tasks.sort((a, b) => b.cpu - a.cpu || a.id - b.id);
    const targets: number[] = [];
    for (const task of tasks) {
      const to = rooms[fill](task, (m) => emptied[m] === 0 && view.taskCount[m] > 0);
      if (to < 0) break;
      plan.move(task, to);
      rooms.update(to);
      targets.push(to);
    }
    if (targets.length === tasks.length) {
      emptied[machine] = 1;
      for (const to of targets) busy[to] = 1;
    } else {
      for (const to of targets.reverse()) {
        plan.undo();
        rooms.update(to);
      }
    }
  }
}
