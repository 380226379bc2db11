import { LOAD } from "../base/parameters.js";
import { meanOf } from "../metrics/statistics.js";
import { createPlan, hottestFirst } from "./plan.js";
import { definePolicy } from "./policy.js";

const SHORT = 5;
const LONG = 15;
/** Tolerance, so that rounding of the mean does not make a constant load fall. */
const ROUNDING = 1e-9;

export const wardPolicy = definePolicy({
  name: "ward",
  rule:
    "If the busiest machine is above `limit`, its load is at or above its mean over " +
    "the last 5 observations, and this mean is at or above the mean over the last 15, moves its " +
    "largest best-effort task with which the least loaded machine stays less loaded to that machine: " +
    "one move per decision.",
  family: "threshold",
  source: "ward_sched.py, a later scheduler by the thesis's author (companion code)",
  fidelity: "adapted",
  deviations: [
    "an observation is a step (300 s), not a second; with one move per decision, about one migration is " +
      "under way",
    "the choice of the task is ours: the original moves virtual machines in its own order",
    "the means use a shorter history where there are fewer observations",
    "LC tasks stay",
  ],
  parameters: {
    limit: {
      default: 0.7,
      ...LOAD,
      description: "load above which the busiest machine may act",
    },
  },
  mark: { of: "load", above: "limit" },
  create: ({ limit }) => ({
    rebalance(view) {
      const [from = -1] = hottestFirst(view, limit);
      if (from < 0) return [];
      const history = view.history(from);
      const lately = meanOf(history.slice(-SHORT));
      if (view.load[from] < lately - ROUNDING || lately < meanOf(history.slice(-LONG)) - ROUNDING) return [];
      const plan = createPlan(view);
      const tasks = view.tasksOn(from, "best-effort").sort((a, b) => b.cpu - a.cpu || a.id - b.id);
      for (const task of tasks) {
        const [to = -1] = plan.coldest(task, 1);
        if (to < 0 || view.load[to] + task.cpu / view.cpuCapacity[to] >= view.load[from]) continue;
        plan.move(task, to);
        break;
      }
      return plan.moves;
    },
  }),
});
