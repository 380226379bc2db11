import { definePolicy } from "./policy.js";

export const leastLoadedPolicy = definePolicy({
  name: "least-loaded",
  rule: "Places each task on the machine with the least observed CPU load that fits.",
  family: "placement",
  source: "worst-fit, folklore; DSLab IaaS calls it WorstFit",
  fidelity: "adapted",
  deviations: ["load is observed usage, not allocation"],
  parameters: {},
  create: () => ({ place: (task, view) => view.coldest(task) }),
});
