import { definePolicy, type BestEffortCap } from "./policy.js";

export const koordSuppressPolicy = definePolicy({
  name: "koord-suppress",
  rule:
    "Limits best-effort work on each machine to `reclaim` of the CPU less the CPU of LC work, " +
    "but to at least `floor`; moves nothing.",
  family: "co-location",
  source: "Koordinator, CPU suppress of best-effort pods (koordinator-sh/koordinator, koordlet)",
  fidelity: "adapted",
  deviations: [
    "set once per step (300 s) instead of every second, from the LC load of the previous step",
    "the operating system uses no CPU in the trace",
    "a share of the CPU instead of a set of CPUs",
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
      description: "least CPU of best-effort work: 2 of the reference machine's 16 cores",
      min: 0,
      max: 1000,
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
