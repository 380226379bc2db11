import { defineBuiltIn } from "../architecture.js";
import { CLEAN_DIFFERS, hybridParameters, hybridParts } from "./hybrid-parameters.js";

export const centralLeastWork = defineBuiltIn({
  name: "central-least-work",
  rule:
    "One scheduler places all jobs on the workers with the least estimated work, as Hawk places long jobs; " +
    "only short jobs may use the workers outside the partition for long jobs.",
  source: "epfl-labos/eagle 371b51f with SYSTEM_SIMULATED CLWL",
  fidelity: "faithful",
  deviations: [CLEAN_DIFFERS],
  reproduces: "eagle-sim",
  parameters: hybridParameters,
  create: (values) => ({ ...hybridParts(values), short: "as-long" }),
});
