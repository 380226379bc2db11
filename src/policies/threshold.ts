import { LOAD } from "../base/parameters.js";
import { createPlan, hottestFirst } from "./plan.js";
import { definePolicy } from "./policy.js";

export const thresholdPolicy = definePolicy({
  name: "threshold",
  rule:
    "Moves best-effort tasks from machines above `hot`, the smallest that covers the excess " +
    "first, to the least loaded machine, if it stays below `cold`.",
  family: "threshold",
  source:
    "hot and cold marks as in DCSim's relocation (digs-uwo/dcsim); choice of tasks as in Koordinator " +
    "#1975",
  fidelity: "adapted",
  deviations: ["only CPU makes a machine hot", "LC tasks stay"],
  parameters: {
    hot: { default: 0.8, ...LOAD, description: "a machine above it gives tasks away" },
    cold: { default: 0.6, ...LOAD, description: "a target stays below it with the task" },
  },
  mark: { of: "load", above: "hot" },
  create: ({ hot, cold }) => ({
    rebalance(view) {
      const plan = createPlan(view);
      for (const from of hottestFirst(view, hot)) {
        const tasks = view.tasksOn(from, "best-effort").sort((a, b) => a.cpu - b.cpu || a.id - b.id);
        while (plan.load[from] > hot && tasks.length > 0) {
          const excess = (plan.load[from] - hot) * view.cpuCapacity[from];
          const covering = tasks.findIndex((task) => task.cpu >= excess);
          const [task] = tasks.splice(covering >= 0 ? covering : tasks.length - 1, 1);
          const [to = -1] = plan.coldest(task, 1);
          if (to >= 0 && plan.load[to] + task.cpu / view.cpuCapacity[to] < cold) plan.move(task, to);
        }
      }
      return plan.moves;
    },
  }),
});
