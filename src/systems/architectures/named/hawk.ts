import { defineArchitecture } from "../architecture.js";
import { CLEAN_DIFFERS, hybridParameters, hybridParts, probeParameters } from "./hybrid-parameters.js";

export const hawk = defineArchitecture({
  name: "hawk",
  rule:
    "Long jobs are placed by a central scheduler on the workers with the least estimated work, of a " +
    "partition. Short jobs reserve at `probeRatio` m random workers (late binding, as Sparrow), of " +
    "all. An idle worker takes over short reservations that wait behind long ones, from one of up to " +
    "`stealAttempts` random workers.",
  source:
    "Delgado et al., Hawk: Hybrid Datacenter Scheduling, USENIX ATC 2015; epfl-labos/eagle 371b51f with " +
    "SYSTEM_SIMULATED Hawk",
  fidelity: "faithful",
  deviations: [
    CLEAN_DIFFERS,
    "demands may be vectors: a worker waits until the reservation of its choice fits",
  ],
  reproduces: "eagle-sim",
  parameters: {
    ...hybridParameters,
    ...probeParameters,
    central: {
      default: 1,
      unit: "",
      description: "0: long jobs probe, too, so that all is Sparrow's late binding",
      min: 0,
      max: 1,
      integer: true,
    },
    stealAttempts: {
      default: 10,
      unit: "workers",
      description: "that an idle worker asks at most; 0: no stealing",
      min: 0,
      integer: true,
    },
    stealLimit: {
      default: 10_000,
      unit: "reservations",
      description: "that are taken over at a time",
      min: 1,
      integer: true,
    },
  },
  create: (values) => ({
    ...hybridParts(values),
    long: values.central === 1 ? "table" : "probes",
    stealAttempts: values.stealAttempts,
    stealLimit: values.stealLimit,
  }),
});
