import { defineFlowRule } from "./rule.js";

export const fair = defineFlowRule({
  name: "fair",
  rule: "All flows are in one queue and share links max-min fairly.",
  source: "Bertsekas and Gallager, Data Networks, 1992, 6.5.2; what DCTCP approximates",
  fidelity: "adapted",
  deviations: ["a fluid: no packets, windows, losses and round trips"],
  parameters: {},
  create: () => ({ order: "tags", thresholds: [] }),
});
