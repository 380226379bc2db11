import { LOAD } from "../base/parameters.js";
import { smallestCovering } from "./overload/selection.js";
import { createPlan, hottestFirst } from "./plan.js";
import { definePolicy, type ClusterView, type TaskView } from "./policy.js";

/** Most targets tested for room before a machine keeps its task. */
const TRIES = 16;

export const dcsimRelocatePolicy = definePolicy({
  name: "dcsim-relocate",
  rule:
    "Moves one best-effort task from each machine above `upper`, the busiest first: the " +
    "smallest that covers the excess, else the largest. The target is the machine between `lower` and " +
    "`upper` with the least load, else the machine below `lower` with the most, that stays at or " +
    "below `goal` with the task. A machine takes part in at most one move per decision.",
  family: "threshold",
  source: "DCSim (digs-uwo/dcsim), VM relocation, greedy with hybrid ordering",
  fidelity: "adapted",
  deviations: [
    "where no single task covers the excess, the largest is moved, as in DCSim; other tasks are not tried",
    "both machines of a move make no other move until the next decision; DCSim allows two migrations " +
      "into a machine at a time",
    "LC tasks stay",
  ],
  parameters: {
    lower: {
      default: 0.5,
      ...LOAD,
      description: "machines below it are the second choice as targets",
    },
    upper: { default: 0.9, ...LOAD, description: "a machine above it is stressed" },
    goal: { default: 0.85, ...LOAD, description: "most load on a target, the task included" },
  },
  mark: { of: "load", above: "upper" },
  create: ({ lower, upper, goal }) => ({
    rebalance(view) {
      const plan = createPlan(view);
      const machines = hottestFirst(view);
      const stressed = machines.filter((m) => view.load[m] > upper);
      const targets = targetOrder(view, machines, lower, upper);
      for (const from of stressed) {
        const tasks = view.tasksOn(from, "best-effort");
        if (tasks.length === 0) continue;
        const task = smallestCovering(tasks, (view.load[from] - upper) * view.cpuCapacity[from]);
        const to = targets.take((m) => plan.fits(task, m) && loadWith(view, task, m) <= goal);
        if (to >= 0) plan.move(task, to);
      }
      return plan.moves;
    },
  }),
});

function loadWith(view: ClusterView, task: TaskView, machine: number): number {
  return view.load[machine] + task.cpu / view.cpuCapacity[machine];
}

/**
 * Returns each target at most once: first the partly used machines in ascending order of load, then the
 * underused machines in descending order.
 */
function targetOrder(
  view: ClusterView,
  hottest: readonly number[],
  lower: number,
  upper: number,
): { take(passes: (machine: number) => boolean): number } {
  const partly = hottest.filter((m) => view.load[m] >= lower && view.load[m] <= upper).reverse();
  const queue = [...partly, ...hottest.filter((m) => view.load[m] < lower)];
  // Each kind has its own position in the queue, because TRIES full machines of the first kind must not hide
  // the second kind.
  const sections = [
    { next: 0, end: partly.length },
    { next: partly.length, end: queue.length },
  ];
  const taken = new Uint8Array(view.machines);
  return {
    take(passes) {
      for (const section of sections) {
        while (section.next < section.end && taken[queue[section.next]] === 1) section.next++;
        for (let i = section.next, tries = 0; i < section.end && tries < TRIES; i++) {
          if (taken[queue[i]] === 1) continue;
          tries++;
          if (!passes(queue[i])) continue;
          taken[queue[i]] = 1;
          return queue[i];
        }
      }
      return -1;
    },
  };
}
