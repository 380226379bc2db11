import { definePolicy } from "../policy.js";
import { placeByScore, type Scorer } from "./score.js";
import { EQUAL_WEIGHTS, meanShares, requestedCpu, reservedMemory, share, weightParameter } from "./shares.js";

/** The dot product of the machine's free resources and the task's requests, both as shares of the machine. */
export function dotProductScorer(byLoad: boolean): Scorer {
  return (task, view, scores) => {
    const weights = byLoad ? meanShares(view) : EQUAL_WEIGHTS;
    for (let m = 0; m < view.machines; m++) {
      const cpu = (1 - requestedCpu(view, m)) * share(task.cpuRequest, view.cpuCapacity[m]);
      const memory = (1 - reservedMemory(view, m)) * share(task.memory, view.memoryCapacity[m]);
      scores[m] = weights.cpu * cpu + weights.memory * memory;
    }
  };
}

export const dotProductPolicy = definePolicy({
  name: "dot-product",
  rule:
    "Places each task on the machine whose free CPU and memory, by request, have the largest " +
    "dot product with the task's requests.",
  family: "placement",
  source:
    "DSLab IaaS, DotProduct and WeightedDotProduct; after Panigrahy et al., Heuristics for Vector Bin " +
    "Packing, 2011",
  fidelity: "faithful",
  deviations: [
    "the model allows CPU requests above the capacity (`cpuOvercommit`): free CPU is then negative",
  ],
  parameters: { loadWeights: weightParameter(0) },
  create: ({ loadWeights }) => ({
    place: placeByScore(dotProductScorer(loadWeights === 1)),
  }),
});
