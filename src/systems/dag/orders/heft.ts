import { defineOrder } from "../order.js";
import { packByRank } from "../heft.js";

export const heft = defineOrder({
  name: "heft",
  rule:
    "Tasks in the order of their longest path to the end of the graph (upward rank) are placed one " +
    "after the other where they end first, in gaps too.",
  source:
    "Topcuoglu, Hariri, Wu, Performance-Effective and Low-Complexity Task Scheduling for Heterogeneous " +
    "Computing, IEEE TPDS 13(3), 2002",
  fidelity: "adapted",
  deviations: [
    "machines are equal and have room for several tasks; `heftSchedule` has different processors and " +
      "times of communication",
  ],
  parameters: {},
  pack: (problem) => packByRank(problem),
});
