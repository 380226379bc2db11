import { definePolicy } from "../policy.js";
import { placeByScore, type Scorer } from "./score.js";
import { requestedCpu, reservedMemory } from "./shares.js";

/** By how much the task reduces the perpendicular distance of the requested shares from the diagonal. */
export const scoreDeltaPerp: Scorer = (task, view, scores) => {
  for (let m = 0; m < view.machines; m++) {
    const before = Math.abs(requestedCpu(view, m) - reservedMemory(view, m));
    const after = Math.abs(requestedCpu(view, m, task.cpuRequest) - reservedMemory(view, m, task.memory));
    scores[m] = (before - after) / Math.SQRT2;
  }
};

export const deltaPerpPolicy = definePolicy({
  name: "delta-perp",
  rule:
    "Places each task where it most reduces the distance of CPU and memory, by " +
    "request, from the line of balanced use of both.",
  family: "placement",
  source: "DSLab IaaS, DeltaPerpDistance",
  fidelity: "adapted",
  deviations: ["requests are shares of the machine's capacity, not units of CPU and memory"],
  parameters: {},
  create: () => ({ place: placeByScore(scoreDeltaPerp) }),
});
