import { defineBuiltIn } from "../architecture.js";
import { flag } from "./parameters.js";
import { delay, probeRatio, QUEUE_OF_VECTORS } from "./sampling-parameters.js";

/**
 * With d probes for each task, round trip RTT and task time t, a share d RTT / (t + d RTT) of the slots is
 * idle because its worker waits for an answer.
 */
export const sparrow = defineBuiltIn({
  name: "sparrow",
  rule:
    "A job of m tasks puts reservations into the queues of `probeRatio` m random workers. A worker " +
    "with room for its first reservation asks the job's scheduler for a task. The scheduler answers in " +
    "the order of the requests.",
  source:
    "Ousterhout et al., Sparrow: Distributed, Low Latency Scheduling, SOSP 2013, section 3; " +
    "radlab/sparrow afb8efa, simulation.py, simulation_cancellation.py, simulation_multi.py",
  fidelity: "faithful",
  deviations: [
    QUEUE_OF_VECTORS,
    "mode clean: a job with more probes than there are workers probes some of them again",
  ],
  reproduces: "sparrow-sim",
  parameters: {
    delay,
    probeRatio,
    cancellation: flag(0, "1: reservations that are not needed any more are canceled (as the daemon does)"),
    multiget: flag(0, "1: an idle worker asks for as many tasks as it has room for"),
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
