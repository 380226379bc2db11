/** A policy and a metric of a user's own, as a module. */

/** Moves one best-effort task off each machine above the mark, to the least loaded machine that fits it. */
export const drain = {
  name: "drain",
  rule: "one task off each machine above the mark",
  parameters: { hot: { default: 0.8, unit: "load", description: "mark", min: 0 } },
  create: ({ hot }) => ({
    rebalance: (view) =>
      Array.from({ length: view.machines }, (_, machine) => machine)
        .filter((machine) => view.load[machine] > hot)
        .flatMap((machine) => view.tasksOn(machine, "best-effort").slice(0, 1))
        .map((task) => ({ task: task.id, to: view.coldest(task) }))
        .filter(({ to }) => to >= 0),
  }),
};

export const hottest = {
  name: "hottest",
  label: "Hottest machine",
  description: "highest utilization of a machine",
  unit: "%",
  scale: 100,
  better: "less",
  step: ({ utilization }) => Math.max(...utilization),
};
