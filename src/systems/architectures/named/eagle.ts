import { defineArchitecture } from "../architecture.js";
import { CLEAN_DIFFERS, hybridParameters, hybridParts, probeParameters } from "./hybrid-parameters.js";

const source =
  "Delgado et al., Job-Aware Scheduling in Eagle: Divide and Stick to Your Probes, SoCC 2016; " +
  "epfl-labos/eagle 371b51f with SYSTEM_SIMULATED ";

const leastProbes = { ...probeParameters.leastProbes, default: 20 };

const sticky = {
  default: 1,
  unit: "",
  description: "1: a reservation stays until its job has no task left",
  min: 0,
  max: 1,
  integer: true,
} as const;

/** A reservation is overtaken while estimate of the other <= slack x own estimate - delay suffered so far. */
export const eagle = defineArchitecture({
  name: "eagle",
  rule:
    "As Hawk without stealing, but short jobs keep away from long ones: a worker that runs or holds a " +
    "long task refuses them and returns a bitmap of such workers, which the second round of probes " +
    "avoids; the rest goes to workers that no long job uses. A short reservation stays until its job " +
    "has no task left, and those of the job with the least remaining work go first.",
  source: `${source}Eagle`,
  fidelity: "faithful",
  deviations: [
    CLEAN_DIFFERS,
    "demands may be vectors: a worker waits until the reservation of its choice fits",
  ],
  reproduces: "eagle-sim",
  parameters: {
    ...hybridParameters,
    ...probeParameters,
    leastProbes,
    sticky,
    shortestFirst: {
      default: 1,
      unit: "",
      description: "1: the job with the least remaining work goes first; 0: first in, first out",
      min: 0,
      max: 1,
      integer: true,
    },
    slack: {
      default: 5,
      unit: "estimates",
      description: "by which a reservation may be delayed by others that overtake it",
      min: 0,
    },
  },
  create: (values) => ({
    ...hybridParts(values),
    short: "returned-bitmaps",
    sticky: values.sticky === 1,
    shortestFirst: values.shortestFirst === 1,
    slack: values.slack,
  }),
});

export const idealEagle = defineArchitecture({
  name: "ideal-eagle",
  rule:
    "As Eagle, but short jobs know at once which workers have long work, and probe the others only; " +
    "workers serve their reservations first in, first out.",
  source: `${source}IdealEagle`,
  fidelity: "faithful",
  deviations: [CLEAN_DIFFERS, "no order by remaining work: the program ends by its own assertion with it"],
  reproduces: "eagle-sim",
  parameters: { ...hybridParameters, ...probeParameters, leastProbes, sticky },
  create: (values) => ({ ...hybridParts(values), short: "central-bitmap", sticky: values.sticky === 1 }),
});
