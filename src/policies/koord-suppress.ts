import { definePolicy, type BestEffortCap } from "./policy.js";

export const koordSuppressPolicy = definePolicy({
  name: "koord-suppress",
  rule:
    "Leaves best-effort work on each machine what LC work leaves of `reclaim` of the CPU, " +
    "but at least `floor`; moves nothing.",
  family: "co-location",
  source: "Koordinator, CPU suppress of best-effort pods (koordinator-sh/koordinator, koordlet)",
  fidelity: "adapted",
  deviations: [
    "set once per step (300 s) rather than every second, hence from the LC load of the step before",
    "the system itself uses nothing in the trace",
    "a share of the CPU rather than a set of CPUs",
  ],
  parameters: {
    reclaim: {
      default: 0.65,
      unit: "of capacity",
      description: "CPU that LC and best-effort work may use together",
      min: 0,
      max: 1,
    },
    floor: {
      default: 0.125,
      unit: "CPU",
      description: "best-effort work keeps this much: 2 of the reference machine's 16 cores",
      min: 0,
    },
  },
  create: ({ reclaim, floor }) => ({
    control(view) {
      const caps: BestEffortCap[] = [];
      for (let machine = 0; machine < view.machines; machine++) {
        const capacity = view.cpuCapacity[machine];
        if (capacity === 0) continue;
        const cap = Math.max(reclaim - view.lcLoad[machine], floor / capacity);
        caps.push({ machine, cap: Math.min(1, cap) });
      }
      return caps;
    },
  }),
});
