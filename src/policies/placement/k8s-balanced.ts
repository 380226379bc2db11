import { definePolicy } from "../policy.js";
import { KUBE_DEVIATIONS } from "./kube.js";
import { placeByScore, type Scorer } from "./score.js";
import { requestedCpu, reservedMemory } from "./shares.js";

/**
 * 100 times 1 minus the standard deviation of the requested shares, with the task. For two shares this is
 * half their difference.
 */
export const scoreK8sBalanced: Scorer = (task, view, scores) => {
  for (let m = 0; m < view.machines; m++) {
    const cpu = requestedCpu(view, m, task.cpuRequest);
    const memory = reservedMemory(view, m, task.memory);
    scores[m] = 100 * (1 - Math.abs(cpu - memory) / 2);
  }
};

export const k8sBalancedPolicy = definePolicy({
  name: "k8s-balanced",
  rule:
    "Places each task where, with the task, the requested shares of CPU and memory are nearest to each " +
    "other.",
  family: "placement",
  source: "kube-scheduler, plugin NodeResourcesBalancedAllocation",
  fidelity: "adapted",
  deviations: [
    ...KUBE_DEVIATIONS,
    "the state with the task is scored; later releases score the improvement by the task",
  ],
  parameters: {},
  create: () => ({ place: placeByScore(scoreK8sBalanced) }),
});
