import { definePolicy, type Move } from "./policy.js";
import { randomFit } from "./random.js";

export const randomMigrationPolicy = definePolicy({
  name: "random-migration",
  rule: "Moves `moves` best-effort tasks, each drawn at random, to machines drawn at random.",
  family: "control",
  source: "control: the effect of the same traffic without a goal",
  fidelity: "faithful",
  deviations: [
    "a machine is drawn first, then one of its tasks: tasks on full machines are drawn less often",
  ],
  parameters: {
    moves: {
      default: 16,
      unit: "moves per decision",
      description: "tasks to move",
      min: 0,
      max: 100_000,
      integer: true,
    },
  },
  create: ({ moves: wanted }) => ({
    rebalance(view, random) {
      const moves: Move[] = [];
      for (let i = 0; i < wanted; i++) {
        const tasks = view.tasksOn(Math.floor(random() * view.machines), "best-effort");
        if (tasks.length === 0) continue;
        const task = tasks[Math.floor(random() * tasks.length)];
        const to = randomFit(task, view, random);
        if (to >= 0) moves.push({ task: task.id, to });
      }
      return moves;
    },
  }),
});
