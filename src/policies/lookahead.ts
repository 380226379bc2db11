import { FORECAST_PARAMETERS, relieveBefore } from "./holt.js";
import { definePolicy } from "./policy.js";

export const lookaheadPolicy = definePolicy({
  name: "lookahead",
  rule:
    "Does the same as holt, but with the load and the tasks' CPU that the trace has in " +
    "`horizon` steps instead of a forecast. Shows the value of a perfect forecast.",
  family: "bound",
  source: "schedlab; the migration rule is that of thr-hpg",
  fidelity: "faithful",
  deviations: [
    "sees the future: a bound for this rule, not a policy that could be deployed",
    "it does not foresee machines that leave or join, nor the load of tasks that wait now",
  ],
  parameters: FORECAST_PARAMETERS,
  mark: { of: "load", above: "hot" },
  create: ({ horizon, hot, ceiling }) => ({
    rebalanceForeseeing: (view, random) => relieveBefore(view.ahead(horizon), random, { hot, ceiling }),
  }),
});
