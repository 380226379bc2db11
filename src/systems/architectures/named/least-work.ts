import { defineArchitecture } from "../architecture.js";
import { CLEAN_DIFFERS, hybridParameters, hybridParts } from "./hybrid-parameters.js";

const source = "epfl-labos/eagle 371b51f with SYSTEM_SIMULATED ";

export const centralLeastWork = defineArchitecture({
  name: "central-least-work",
  rule:
    "One scheduler places all jobs on the workers with the least estimated work, as Hawk does with " +
    "long ones; only short jobs may use the workers outside the partition for long jobs.",
  source: `${source}CLWL`,
  fidelity: "faithful",
  deviations: [CLEAN_DIFFERS],
  reproduces: "eagle-sim",
  parameters: hybridParameters,
  create: (values) => ({ ...hybridParts(values), short: "as-long" }),
});

export const distributedLeastWork = defineArchitecture({
  name: "distributed-least-work",
  rule:
    "As central-least-work, but the table is as old as the last heartbeat, and each entry has a " +
    "random number of seconds up to the heartbeat added, so that schedulers with equal tables choose " +
    "different workers.",
  source: `${source}DLWL`,
  fidelity: "faithful",
  deviations: [CLEAN_DIFFERS],
  reproduces: "eagle-sim",
  parameters: {
    ...hybridParameters,
    heartbeat: {
      default: 8,
      unit: "s",
      description: "between two copies of the table",
      min: 0,
      integer: true,
    },
  },
  create: (values) => ({
    ...hybridParts(values),
    long: "stale-table",
    short: "as-long",
    heartbeat: values.heartbeat,
  }),
});
