import { definePolicy } from "../policy.js";
import { KUBE_DEVIATIONS } from "./kube.js";
import { placeByScore, type Scorer } from "./score.js";
import { requestedCpu, reservedMemory } from "./shares.js";

/** 100 times the mean, over CPU and memory, of the share that stays free with the task. */
export const scoreK8sLeast: Scorer = (task, view, scores) => {
  for (let m = 0; m < view.machines; m++) {
    const cpu = requestedCpu(view, m, task.cpuRequest);
    const memory = reservedMemory(view, m, task.memory);
    scores[m] = 100 * (1 - (cpu + memory) / 2);
  }
};

export const k8sLeastPolicy = definePolicy({
  name: "k8s-least",
  rule:
    "Places each task on the machine with the most free CPU and memory by request, as a " +
    "mean of both shares. It spreads the tasks.",
  family: "placement",
  source: "kube-scheduler, plugin NodeResourcesFit, strategy LeastAllocated, CPU and memory of weight 1",
  fidelity: "adapted",
  deviations: KUBE_DEVIATIONS,
  parameters: {},
  create: () => ({ place: placeByScore(scoreK8sLeast) }),
});
