import { GINI_PARAMETERS, lowerGini } from "./gini-greedy.js";
import { definePolicy } from "./policy.js";

export const oraclePolicy = definePolicy({
  name: "oracle",
  rule:
    "Does what gini-greedy does with the next step's load of every machine and CPU of every " +
    "task, as far as it can: how even the load can be made by moves that know what comes.",
  family: "bound",
  source: "schedlab",
  fidelity: "faithful",
  deviations: [
    "sees the future: a bound, not a policy that could be deployed",
    "a greedy descent is not the optimum; water-filling (`giniBound`) lies below any policy",
    "machines that will leave or join, and tasks that wait now, are not foreseen",
  ],
  parameters: {
    target: { ...GINI_PARAMETERS.target, default: 0 },
    moves: { ...GINI_PARAMETERS.moves, default: 4096 },
    candidates: GINI_PARAMETERS.candidates,
    minImprovement: GINI_PARAMETERS.minImprovement,
  },
  create: (values) => ({
    rebalanceForeseeing: (view) => lowerGini(view.ahead(1), values),
  }),
});
