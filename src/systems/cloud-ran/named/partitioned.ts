import { defineSubframePolicy } from "../policy.js";
import { RT_OPEX, STOPPED } from "./sources.js";

export const partitioned = defineSubframePolicy({
  name: "partitioned",
  rule:
    "Each cell has cores of its own, the same number c each; its subframe k runs on its core k mod c. " +
    "Before decoding, a subframe that could not end in time is given up.",
  source: `${RT_OPEX}, its partitioned scheduler (also the form of CloudIQ, MobiCom 2012)`,
  fidelity: "adapted",
  deviations: [
    "c is the number of cores over the number of cells, rounded down (the program: 2); other cores stay idle",
    "with fewer than (budget - RTT/2) / slot cores for each cell subframes wait, and one more core can hurt",
    STOPPED,
  ],
  parameters: {},
  create: () => ({ dispatch: "own-core" }),
});
