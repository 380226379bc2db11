import { defineOrder } from "../order.js";

export const fifo = defineOrder({
  name: "fifo",
  rule: "The job that arrived first goes first; of its tasks, the one that was ready first.",
  source: "no source: the order in which work comes",
  fidelity: "faithful",
  deviations: ["a later task may overtake one for which no machine has room"],
  parameters: {},
  create: () => ({}),
});
