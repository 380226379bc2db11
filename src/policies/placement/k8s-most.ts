import { definePolicy } from "../policy.js";
import { KUBE_DEVIATIONS } from "./kube.js";
import { placeByScore, type Scorer } from "./score.js";
import { requestedCpu, reservedMemory } from "./shares.js";

/** 100 times the mean, over CPU and memory, of the share that is requested with the task. */
export const scoreK8sMost: Scorer = (task, view, scores) => {
  for (let m = 0; m < view.machines; m++) {
    const cpu = requestedCpu(view, m, task.cpuRequest);
    const memory = reservedMemory(view, m, task.memory);
    scores[m] = (100 * (cpu + memory)) / 2;
  }
};

export const k8sMostPolicy = definePolicy({
  name: "k8s-most",
  rule:
    "Places each task on the machine with the most requested CPU and memory, as a mean of " +
    "both shares. It packs the tasks.",
  family: "placement",
  source: "kube-scheduler, plugin NodeResourcesFit, strategy MostAllocated, CPU and memory of weight 1",
  fidelity: "adapted",
  deviations: KUBE_DEVIATIONS,
  parameters: {},
  create: () => ({ place: placeByScore(scoreK8sMost) }),
});
