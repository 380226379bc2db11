import { definePolicy } from "./policy.js";

export const firstFitPolicy = definePolicy({
  name: "first-fit",
  rule: "Places each task on the lowest-numbered machine that fits.",
  family: "placement",
  source: "bin packing; CloudSim's and DSLab's FirstFit",
  fidelity: "faithful",
  deviations: [],
  parameters: {},
  create: () => ({
    place(task, view) {
      for (let m = 0; m < view.machines; m++) if (view.fits(task, m)) return m;
      return -1;
    },
  }),
});
