import { defineSubframePolicy } from "../policy.js";
import { RT_OPEX, STOPPED } from "./sources.js";

export const global = defineSubframePolicy({
  name: "global",
  rule:
    "All cells share one queue. A core that becomes free takes the subframe with the earliest deadline; as " +
    "all have the same time, this is the order of arrival. Before decoding, a subframe that could not end " +
    "in time is given up.",
  source: `${RT_OPEX}, its global scheduler (earliest deadline first)`,
  fidelity: "adapted",
  deviations: [
    STOPPED,
    "so it misses far fewer deadlines than the published measurement on 2 and more cores",
    "subframes that arrive at the same time are taken in the order of the cells' numbers",
  ],
  parameters: {},
  create: () => ({ dispatch: "one-queue" }),
});
