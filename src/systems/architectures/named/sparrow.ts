import { defineArchitecture } from "../architecture.js";
import { delay, probeRatio } from "./sampling-parameters.js";

/**
 * A share d RTT / (t + d RTT) of the slots idles while workers ask, for d probes a task, round trip RTT and
 * task time t.
 */
export const sparrow = defineArchitecture({
  name: "sparrow",
  rule:
    "A job of m tasks puts reservations into the queues of `probeRatio` m random workers. A worker " +
    "with room for its first reservation asks the job's scheduler, which hands tasks out in the order " +
    "of asking.",
  source:
    "Ousterhout et al., Sparrow: Distributed, Low Latency Scheduling, SOSP 2013, section 3; " +
    "radlab/sparrow afb8efa, simulation.py, simulation_cancellation.py, simulation_multi.py",
  fidelity: "faithful",
  deviations: [
    "demands may be vectors: a worker's queue waits until its first entry fits",
    "mode clean: a job with more probes than there are workers probes some of them again",
  ],
  reproduces: "sparrow-sim",
  parameters: {
    delay,
    probeRatio,
    cancellation: {
      default: 0,
      unit: "",
      description: "1: reservations that are of no use any more are taken back (the daemon does)",
      min: 0,
      max: 1,
      integer: true,
    },
    multiget: {
      default: 0,
      unit: "",
      description: "1: an idle worker asks for as many tasks as it has room for",
      min: 0,
      max: 1,
      integer: true,
    },
  },
  create: (values) => ({
    engine: "workers",
    binding: "late",
    choose: "random",
    delay: values.delay,
    probeRatio: values.probeRatio,
    cancellation: values.cancellation === 1,
    multiget: values.multiget === 1,
  }),
});
