import { definePolicy } from "../policy.js";
import { placeByScore, type Scorer } from "./score.js";
import { reservedMemory, share } from "./shares.js";

/**
 * Alignment: the dot product of the task's peak demand and the free resources, both as shares of the machine.
 */
export const scoreTetris: Scorer = (task, view, scores) => {
  for (let m = 0; m < view.machines; m++) {
    const cpu = (1 - view.load[m]) * share(task.cpuRequest, view.cpuCapacity[m]);
    const memory = (1 - reservedMemory(view, m)) * share(task.memory, view.memoryCapacity[m]);
    scores[m] = cpu + memory;
  }
};

export const tetrisPolicy = definePolicy({
  name: "tetris",
  rule:
    "Places each task on the machine whose free resources (CPU as observed, memory by " +
    "reservation) align best with the task's peak demand: the largest dot product.",
  family: "placement",
  source: "Grandl et al., Multi-Resource Packing for Cluster Schedulers (Tetris), SIGCOMM 2014",
  fidelity: "inspired-by",
  deviations: [
    "only alignment: the shortest-remaining-work term needs the remaining work of a job, which a policy " +
      "does not see",
    "a task chooses among machines; in Tetris a machine with room chooses among tasks; " +
      "tasks come in the engine's order, by priority",
    "the peak demand for CPU is the request",
    "no penalty for remote input, no fairness parameter and no barrier parameter: the trace has neither " +
      "data locality nor stages",
    "free CPU is observed, not by request: our reading of Tetris's resource tracker, and the only " +
      "difference from `dot-product`",
  ],
  parameters: {},
  create: () => ({ place: placeByScore(scoreTetris) }),
});
