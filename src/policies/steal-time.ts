import { definePolicy, type Move } from "./policy.js";

export const stealTimePolicy = definePolicy({
  name: "steal-time",
  rule:
    "If best-effort work on a machine loses more than `threshold` of the machine's CPU to " +
    "other work, moves all of it to the machine of its group with the least steal time.",
  family: "steal time",
  source:
    "the thesis's scheduler, published as LaS (Jia et al., GiantVM, ACM TACO 19(2), 2022, section 4.2.3)",
  fidelity: "adapted",
  deviations: [
    "machines are divided into groups of `group` by number; each group represents a GiantVM " +
      "and its machines are the NUMA nodes; LaS keeps all work on one node, here each machine begins " +
      "with the best-effort work that it has in the trace",
    "steal time is wanted minus delivered CPU of best-effort work; LaS's 100 ticks in 10 s " +
      "on 8 vCPUs are 1/80 of a machine's CPU",
    "a decision every step (300 s) instead of every 10 s",
    "ties are broken at random; they are common because a machine without best-effort work has no steal time",
    "the engine's guards apply; LaS has none",
  ],
  parameters: {
    threshold: {
      default: 0.0125,
      unit: "of the machine's CPU",
      description: "steal time that causes a move",
      min: 0,
      max: 1,
    },
    group: {
      default: 4,
      unit: "machines",
      description: "machines of one GiantVM",
      min: 2,
      max: 10_000,
      integer: true,
    },
  },
  mark: { of: "steal", above: "threshold" },
  create: ({ threshold, group }) => ({
    rebalance(view, random) {
      const moves: Move[] = [];
      for (let begin = 0; begin < view.machines; begin += group) {
        const nodes = Array.from(
          { length: Math.min(group, view.machines - begin) },
          (_, i) => begin + i,
        ).filter((m) => view.cpuCapacity[m] > 0);
        const least = Math.min(...nodes.map((m) => view.steal[m]));
        const targets = nodes.filter((m) => view.steal[m] === least);
        for (const from of nodes) {
          if (view.steal[from] <= threshold || view.steal[from] === least) continue;
          const to = targets[Math.floor(random() * targets.length)];
          for (const task of view.tasksOn(from, "best-effort")) moves.push({ task: task.id, to });
        }
      }
      return moves;
    },
  }),
});
