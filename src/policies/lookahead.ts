import { FORECAST_PARAMETERS, relieveBefore } from "./holt.js";
import { definePolicy } from "./policy.js";

export const lookaheadPolicy = definePolicy({
  name: "lookahead",
  rule:
    "Does what holt does with the load and the tasks' CPU that the trace will have in " +
    "`horizon` steps in place of the forecast: what a perfect forecast would be worth.",
  family: "bound",
  source: "schedlab; the rule is thr-hpg's",
  fidelity: "faithful",
  deviations: [
    "sees the future: a bound for this rule, not a policy that could be deployed",
    "machines that will leave or join, and tasks that wait now, are not foreseen",
  ],
  parameters: FORECAST_PARAMETERS,
  mark: { of: "load", above: "hot" },
  create: ({ horizon, hot, ceiling }) => ({
    rebalanceForeseeing: (view, random) => relieveBefore(view.ahead(horizon), random, { hot, ceiling }),
  }),
});
