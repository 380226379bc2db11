import { GINI_PARAMETERS, lowerGini } from "./gini-greedy.js";
import { definePolicy } from "./policy.js";

export const oraclePolicy = definePolicy({
  name: "oracle",
  rule:
    "Does the same as gini-greedy, but with the next step's load of every machine and CPU of every " +
    "task, and without a target. Shows how even migrations could make the load if the next step were known.",
  family: "bound",
  source: "schedlab",
  fidelity: "faithful",
  deviations: [
    "sees the future: a bound, not a policy that could be deployed",
    "a greedy descent is not optimal; water-filling (`giniBound`) is a lower bound for every policy",
    "it does not foresee machines that leave or join, nor the load of tasks that wait now",
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
