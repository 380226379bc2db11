import { LOAD } from "../base/parameters.js";
import { createLoadOrder } from "../cluster/load-order.js";
import { smallestCovering } from "./overload/selection.js";
import { createPlan, hottestFirst } from "./plan.js";
import { definePolicy, type ClusterView } from "./policy.js";

/** Most machines tested for room before a task stays. */
const TRIES = 16;

export const koordLowNodeLoadPolicy = definePolicy({
  name: "koord-low-node-load",
  rule:
    "A machine is overused if its load was above `high` in each of the last `abnormal` observations, " +
    "underused if its load is below `low`. While there are both, moves best-effort tasks from overused " +
    "machines until their load is at `high`: of the tasks with the lowest priority, the smallest that " +
    "covers the excess, else the largest. The target is the least loaded underused machine that stays at " +
    "or below `high`.",
  family: "threshold",
  source: "Koordinator, LowNodeLoad (koordinator-sh/koordinator) and its issue #1975",
  fidelity: "adapted",
  deviations: [
    "the task migrates to an underused machine; Koordinator evicts it, optionally with a reservation",
    "load is CPU; memory use is not observed",
    "an observation is a step (300 s), not a metric report, and observations do not expire",
    "LC tasks stay, independent of their priority",
  ],
  parameters: {
    high: { default: 0.5, ...LOAD, description: "load above which a machine is overused" },
    low: { default: 0.2, ...LOAD, description: "load below which a machine is underused" },
    abnormal: {
      default: 5,
      unit: "steps",
      description: "consecutive observations above `high`",
      min: 1,
      max: 1000,
      integer: true,
    },
  },
  mark: { of: "load", above: "high" },
  create: ({ high, low, abnormal }) => ({
    rebalance(view) {
      const plan = createPlan(view);
      const under = Float64Array.from({ length: view.machines }, (_, m) =>
        view.load[m] < low ? view.cpuCapacity[m] : 0,
      );
      const cold = createLoadOrder(under, plan.load);
      for (const from of hottestFirst(view, high)) {
        if (!stayedAbove(view, from, high, abnormal)) continue;
        const tasks = view.tasksOn(from, "best-effort");
        while (plan.load[from] > high && tasks.length > 0) {
          const lowest = tasks.reduce((least, { priority }) => Math.min(least, priority), Infinity);
          const excess = (plan.load[from] - high) * view.cpuCapacity[from];
          const task = smallestCovering(
            tasks.filter(({ priority }) => priority === lowest),
            excess,
          );
          tasks.splice(tasks.indexOf(task), 1);
          const hasRoom = (m: number): boolean =>
            plan.fits(task, m) && plan.load[m] + task.cpu / view.cpuCapacity[m] <= high;
          const [to = -1] = cold.coldest(hasRoom, 1, TRIES);
          if (to < 0) continue;
          plan.move(task, to);
          cold.update(to);
        }
      }
      return plan.moves;
    },
  }),
});

function stayedAbove(view: ClusterView, machine: number, mark: number, steps: number): boolean {
  const last = view.history(machine).slice(-steps);
  return last.length === steps && last.every((load) => load > mark);
}
