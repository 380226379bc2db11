import { defineFlowRule } from "./rule.js";

/** On one link no rule has a smaller mean completion time (Schrage, Operations Research 16, 1968). */
export const srpt = defineFlowRule({
  name: "srpt",
  rule: "The flow with the fewest remaining bytes goes first, on both of its links.",
  source:
    "Schrage and Miller, Operations Research 14, 1966; on a switch: Alizadeh et al., pFabric, SIGCOMM 2013",
  fidelity: "adapted",
  deviations: [
    "it must know sizes before flows end: a bound of the mean completion time on one link; on a switch and " +
      "for the mean slowdown it is a reference, not proven to be a bound",
  ],
  bound: true,
  parameters: {},
  create: () => ({ order: "remaining" }),
});
