import { defineSubframePolicy } from "../policy.js";
import { STOPPED } from "./sources.js";

export const joinIdle = defineSubframePolicy({
  name: "join-idle",
  rule:
    "When a subframe arrives, it goes to its own core if this core is idle, or else to the idle core with " +
    "the least number, or else to the queue of its own core. The own core of cell b's subframe k is " +
    "(k cells + b) mod cores.",
  source:
    "ours, after Lu et al., Join-Idle-Queue: A novel load balancing algorithm for dynamically scalable web " +
    "services, Performance Evaluation 68(11), 2011",
  fidelity: "inspired-by",
  deviations: [
    "one dispatcher that knows all idle cores; a core of its own in place of a random one",
    STOPPED,
  ],
  parameters: {},
  create: () => ({ dispatch: "idle-core" }),
});
