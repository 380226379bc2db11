import { definePolicy } from "./policy.js";

export const powerOfTwoPolicy = definePolicy({
  name: "power-of-two",
  rule:
    "Draws `choices` machines and places the task on the least loaded of those that fit; if " +
    "none fits, on the least loaded of all machines that fit.",
  family: "placement",
  source: "Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, IEEE TPDS 12(10), 2001",
  fidelity: "adapted",
  deviations: ["if no drawn machine has room, all machines are considered"],
  parameters: {
    choices: {
      default: 2,
      unit: "machines",
      description: "machines drawn, with replacement",
      min: 1,
      max: 1000,
      integer: true,
    },
  },
  create: ({ choices }) => ({
    place(task, view, random) {
      let best = -1;
      for (let i = 0; i < choices; i++) {
        const machine = Math.floor(random() * view.machines);
        if (!view.fits(task, machine)) continue;
        if (best < 0 || view.load[machine] < view.load[best]) best = machine;
      }
      return best >= 0 ? best : view.coldest(task);
    },
  }),
});
