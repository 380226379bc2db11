import { definePolicy } from "../policy.js";
import { placeByScore, type Scorer } from "./score.js";
import { EQUAL_WEIGHTS, meanShares, requestedCpu, reservedMemory, weightParameter } from "./shares.js";

/** Minus the weighted sum of squares of the shares that stay free with the task. */
export function l2NormDiffScorer(byLoad: boolean): Scorer {
  return (task, view, scores) => {
    const weights = byLoad ? meanShares(view) : EQUAL_WEIGHTS;
    for (let m = 0; m < view.machines; m++) {
      const cpu = 1 - requestedCpu(view, m, task.cpuRequest);
      const memory = 1 - reservedMemory(view, m, task.memory);
      scores[m] = -(weights.cpu * cpu * cpu + weights.memory * memory * memory);
    }
  };
}

export const l2NormDiffPolicy = definePolicy({
  name: "l2-norm-diff",
  rule:
    "Places each task on the machine whose free CPU and memory, by request, it fills best: " +
    "the least sum of squares of the shares that stay free.",
  family: "placement",
  source: "DSLab IaaS, L2NormDiff; after Panigrahy et al., Heuristics for Vector Bin Packing, 2011",
  fidelity: "faithful",
  deviations: [
    "the model allows CPU requests above the capacity (`cpuOvercommit`): above it, a machine " +
      "scores worse again, by the square of the excess",
  ],
  parameters: { loadWeights: weightParameter(1) },
  create: ({ loadWeights }) => ({
    place: placeByScore(l2NormDiffScorer(loadWeights === 1)),
  }),
});
