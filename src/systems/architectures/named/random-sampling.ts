import { defineArchitecture } from "../architecture.js";
import { delay, probeRatio } from "./sampling-parameters.js";

/** With single slots and load rho, a job of m tasks meets no wait with probability (1 - rho)^m. */
export const randomSampling = defineArchitecture({
  name: "random-sampling",
  rule:
    "The tasks of a job go to random workers, each to another one. (As many workers are drawn as the other " +
    "sampling architectures probe, so that all have the same luck; the first m are used.)",
  source: "radlab/sparrow afb8efa, simulation_random.py",
  fidelity: "faithful",
  deviations: ["demands may be vectors: a worker's queue waits until its first entry fits"],
  reproduces: "sparrow-sim",
  parameters: { delay, probeRatio },
  create: (values) => ({
    engine: "workers",
    binding: "early",
    choose: "random",
    delay: values.delay,
    probeRatio: values.probeRatio,
    cancellation: false,
    multiget: false,
  }),
});
