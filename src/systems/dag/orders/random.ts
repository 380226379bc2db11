import { defineOrder } from "../order.js";

export const random = defineOrder({
  name: "random",
  rule: "Each task draws a number; of all ready tasks, the greatest number goes first.",
  source: "no source: what an order without knowledge gives",
  fidelity: "faithful",
  deviations: [],
  parameters: {},
  create: () => ({
    rank: ({ dag }, draw) => dag.duration.map(() => draw()),
    task: ({ rank }) => rank,
  }),
});
