import { defineBuiltIn } from "../architecture.js";
import {
  CLEAN_DIFFERS,
  hybridParameters,
  hybridParts,
  probeParameters,
  VECTORS,
} from "./hybrid-parameters.js";
import { count, flag } from "./parameters.js";

export const hawk = defineBuiltIn({
  name: "hawk",
  rule:
    "A central scheduler places long jobs on the workers of a partition that have the least estimated " +
    "work. A short job of m tasks puts reservations at `probeRatio` m random workers of the whole cluster " +
    "(late binding, as in Sparrow). An idle worker takes short reservations that wait behind long ones " +
    "from the first random worker that has some; it asks at most `stealAttempts` workers.",
  source:
    "Delgado et al., Hawk: Hybrid Datacenter Scheduling, USENIX ATC 2015; epfl-labos/eagle 371b51f with " +
    "SYSTEM_SIMULATED Hawk",
  fidelity: "faithful",
  deviations: [CLEAN_DIFFERS, VECTORS],
  reproduces: "eagle-sim",
  parameters: {
    ...hybridParameters,
    ...probeParameters,
    central: flag(1, "0: long jobs probe, too, so that all jobs have Sparrow's late binding"),
    // Where there is nothing to steal, each idle worker asks this number of others.
    stealAttempts: count(10, "workers", "an idle worker asks at most this number; 0: no stealing", {
      max: 10_000,
    }),
    stealLimit: count(10_000, "reservations", "an idle worker takes at most this number at once", { min: 1 }),
  },
  create: (values) => ({
    ...hybridParts(values),
    long: values.central === 1 ? "table" : "probes",
    stealAttempts: values.stealAttempts,
    stealLimit: values.stealLimit,
  }),
});
