import { createLoadOrder } from "../cluster/load-order.js";
import { definePolicy, type Move, type TaskView } from "./policy.js";

/** Most machines tested for each task before the task stays. */
const TRIES = 8;

export const lptRepackPolicy = definePolicy({
  name: "lpt-repack",
  rule:
    "Distributes all best-effort tasks again, the largest first, each to the machine that " +
    "is least loaded so far. This is almost as even as possible, without regard to the cost of migrations.",
  family: "control",
  source:
    "Graham, Bounds on Multiprocessing Timing Anomalies, SIAM J. Appl. Math. 17(2), 1969 " +
    "(largest processing time first)",
  fidelity: "adapted",
  deviations: [
    "LC work stays where it is and counts as load",
    "a task goes only to a machine with enough unreserved memory, or stays on its own machine",
    "the engine's guards and network admit only a part of the moves: set cooldown=0, " +
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
        // A task does not move if both machines have the same load.
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
