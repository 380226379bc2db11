import { defineBuiltIn } from "../architecture.js";
import { delay } from "./sampling-parameters.js";

export const omniscient = defineBuiltIn({
  name: "omniscient",
  rule:
    "One scheduler knows all workers and needs no time to decide: jobs first in, first out; a task begins " +
    "one message later on any worker with room. A bound for the sampling architectures.",
  source: "Ousterhout et al., SOSP 2013, section 7; radlab/sparrow afb8efa, simulation_centralized.py",
  fidelity: "faithful",
  deviations: ["demands may be vectors: the first job waits until a worker has room for its next task"],
  reproduces: "sparrow-sim",
  parameters: { delay },
  create: (values) => ({
    engine: "workers",
    binding: "central",
    choose: "random",
    delay: values.delay,
    probeRatio: 1,
    cancellation: false,
    multiget: false,
  }),
});
