import { defineArchitecture } from "../architecture.js";
import { delay, probeRatio } from "./sampling-parameters.js";

/**
 * With single slots and load rho, a job of m tasks meets no wait with probability (1 - rho^d)^m, d probes a
 * task.
 */
export const perTaskSampling = defineArchitecture({
  name: "per-task-sampling",
  rule:
    "Each task goes to the least loaded of `probeRatio` random workers of its own, as they were when " +
    "the probes came.",
  source:
    "Mitzenmacher, The Power of Two Choices in Randomized Load Balancing, IEEE TPDS 2001; Ousterhout " +
    "et al., SOSP 2013, section 3.1; radlab/sparrow afb8efa, simulation_batch.py with PER_TASK",
  fidelity: "faithful",
  deviations: ["demands may be vectors: a worker's queue waits until its first entry fits"],
  reproduces: "sparrow-sim",
  parameters: { delay, probeRatio },
  create: (values) => ({
    engine: "workers",
    binding: "early",
    choose: "least-of-each",
    delay: values.delay,
    probeRatio: values.probeRatio,
    cancellation: false,
    multiget: false,
  }),
});
