import { definePolicy } from "./policy.js";

export const roundRobinPolicy = definePolicy({
  name: "round-robin",
  rule: "Places each task on the next machine after the last one used that fits.",
  family: "control",
  source: "folklore",
  fidelity: "faithful",
  deviations: [],
  parameters: {},
  create() {
    let last = -1;
    return {
      place(task, view) {
        for (let i = 1; i <= view.machines; i++) {
          const machine = (last + i) % view.machines;
          if (!view.fits(task, machine)) continue;
          last = machine;
          return machine;
        }
        return -1;
      },
    };
  },
});
