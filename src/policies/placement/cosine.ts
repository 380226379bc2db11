import { definePolicy } from "../policy.js";
import { placeByScore, type Scorer } from "./score.js";
import { requestedCpu, reservedMemory } from "./shares.js";

/**
 * Cosine of the angle between the shares in use with the task there and the diagonal; 1 where nothing is in
 * use.
 */
export const scoreCosine: Scorer = (task, view, scores) => {
  for (let m = 0; m < view.machines; m++) {
    const cpu = requestedCpu(view, m, task.cpuRequest);
    const memory = reservedMemory(view, m, task.memory);
    const norm = Math.sqrt(2 * (cpu * cpu + memory * memory));
    scores[m] = norm > 0 ? (cpu + memory) / norm : 1;
  }
};

export const cosinePolicy = definePolicy({
  name: "cosine",
  rule:
    "Places each task where, with it, CPU and memory in use by request point most nearly in " +
    "the direction of the machine's capacity.",
  family: "placement",
  source: "DSLab IaaS, CosineSimilarity",
  fidelity: "adapted",
  deviations: ["use is taken as shares of the machine's capacity, not in units of CPU and memory"],
  parameters: {},
  create: () => ({ place: placeByScore(scoreCosine) }),
});
