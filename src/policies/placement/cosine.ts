import { definePolicy } from "../policy.js";
import { placeByScore, type Scorer } from "./score.js";
import { requestedCpu, reservedMemory } from "./shares.js";

/**
 * Cosine of the angle between the requested shares, with the task, and the diagonal; 1 where nothing is
 * requested.
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
    "Places each task where, with the task, the vector of requested CPU and memory is closest to " +
    "the direction of the machine's capacity.",
  family: "placement",
  source: "DSLab IaaS, CosineSimilarity",
  fidelity: "adapted",
  deviations: ["requests are shares of the machine's capacity, not units of CPU and memory"],
  parameters: {},
  create: () => ({ place: placeByScore(scoreCosine) }),
});
