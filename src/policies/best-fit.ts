import { LOAD } from "../base/parameters.js";
import { definePolicy } from "./policy.js";

export const bestFitPolicy = definePolicy({
  name: "best-fit",
  rule:
    "Places each task on the most loaded machine that fits and stays below a load of `limit`; if there " +
    "is none, it waits.",
  family: "placement",
  source: "DSLab IaaS, BestFitThreshold",
  fidelity: "adapted",
  deviations: ["load is observed usage", "ties go to the machine with the lowest number"],
  parameters: {
    limit: {
      default: 1,
      ...LOAD,
      description: "highest load of a machine with the new task on it",
    },
  },
  create: ({ limit }) => ({
    place(task, view) {
      const { load, cpuCapacity, machines } = view;
      let best = -1;
      for (let m = 0; m < machines; m++) {
        if (best >= 0 && load[m] <= load[best]) continue;
        if (load[m] + task.cpu / cpuCapacity[m] < limit && view.fits(task, m)) best = m;
      }
      return best;
    },
  }),
});
