import { defineBuiltIn } from "../architecture.js";
import {
  CLEAN_DIFFERS,
  hybridParameters,
  hybridParts,
  probeParameters,
  VECTORS,
} from "./hybrid-parameters.js";
import { flag, quantity } from "./parameters.js";

const source =
  "Delgado et al., Job-Aware Scheduling in Eagle: Divide and Stick to Your Probes, SoCC 2016; " +
  "epfl-labos/eagle 371b51f with SYSTEM_SIMULATED ";

const leastProbes = { ...probeParameters.leastProbes, default: 20 };

const sticky = flag(1, "1: a reservation stays until its job has no task left");

/**
 * Another reservation may overtake one of a job while its estimate <= slack x the job's estimate - the delay
 * that the reservation has had so far.
 */
export const eagle = defineBuiltIn({
  name: "eagle",
  rule:
    "As Hawk without stealing, but short jobs avoid long ones: a worker that runs or holds a long task " +
    "refuses their probes and returns a bitmap of such workers, which the second round of probes avoids; " +
    "probes that are refused again go to workers that no long job uses. A short reservation stays until " +
    "its job has no task left; reservations of the job with the least remaining work go first.",
  source: `${source}Eagle`,
  fidelity: "faithful",
  deviations: [CLEAN_DIFFERS, VECTORS],
  reproduces: "eagle-sim",
  parameters: {
    ...hybridParameters,
    ...probeParameters,
    leastProbes,
    sticky,
    shortestFirst: flag(1, "1: the job with the least remaining work goes first; 0: first in, first out"),
    slack: quantity(5, "estimates", "delay that a reservation may get from others that overtake it"),
  },
  create: (values) => ({
    ...hybridParts(values),
    short: "returned-bitmaps",
    sticky: values.sticky === 1,
    shortestFirst: values.shortestFirst === 1,
    slack: values.slack,
  }),
});

export const idealEagle = defineBuiltIn({
  name: "ideal-eagle",
  rule:
    "As Eagle, but short jobs know without a message which workers have long work, and probe only the " +
    "others; workers serve their reservations first in, first out.",
  source: `${source}IdealEagle`,
  fidelity: "faithful",
  deviations: [CLEAN_DIFFERS, "no order by remaining work: the program ends by its own assertion with it"],
  reproduces: "eagle-sim",
  parameters: { ...hybridParameters, ...probeParameters, leastProbes, sticky },
  create: (values) => ({ ...hybridParts(values), short: "central-bitmap", sticky: values.sticky === 1 }),
});
