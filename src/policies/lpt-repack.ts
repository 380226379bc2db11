import { createLoadOrder } from "../cluster/load-order.js";
import { definePolicy, type Move, type TaskView } from "./policy.js";

/** Machines looked at for each task before it stays. */
const TRIES = 8;

export const lptRepackPolicy = definePolicy({
  name: "lpt-repack",
  rule:
    "Deals all best-effort work out anew, the largest task first, each to the machine that " +
    "is least loaded so far: about as even as it gets, at any cost.",
  family: "control",
  source:
    "Graham, Bounds on Multiprocessing Timing Anomalies, SIAM J. Appl. Math. 17(2), 1969 " +
    "(largest processing time first)",
  fidelity: "adapted",
  deviations: [
    "LC work stays where it is and counts as load",
    "a task goes only where its memory fits beside what is reserved, its own machine apart; else it stays",
    "the engine's guards and network let a part of the moves through: set cooldown=0, " +
      "admissionsPerTarget=0 and migration `free` for the bound",
  ],
  parameters: {},
  create: () => ({
    rebalance(view) {
      const tasks: TaskView[] = [];
      const load = Float64Array.from(view.load);
      for (let m = 0; m < view.machines; m++) {
        if (view.cpuCapacity[m] === 0) continue;
        for (const task of view.tasksOn(m, "best-effort")) {
          tasks.push(task);
          load[m] -= task.cpu / view.cpuCapacity[m];
        }
      }
      tasks.sort((a, b) => b.cpu - a.cpu || a.id - b.id);
      const incoming = new Float64Array(view.machines);
      const cold = createLoadOrder(view.cpuCapacity, load);
      const moves: Move[] = [];
      for (const task of tasks) {
        const fits = (m: number): boolean =>
          m === task.machine || (view.fits(task, m) && incoming[m] + task.memory <= view.freeMemory[m]);
        const [coldest = task.machine] = cold.coldest(fits, 1, TRIES);
        // A tie is no reason to move.
        const to = load[task.machine] <= load[coldest] ? task.machine : coldest;
        load[to] += task.cpu / view.cpuCapacity[to];
        cold.update(to);
        if (to === task.machine) continue;
        incoming[to] += task.memory;
        moves.push({ task: task.id, to });
      }
      return moves;
    },
  }),
});
