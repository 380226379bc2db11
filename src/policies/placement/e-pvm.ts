import { definePolicy } from "../policy.js";
import { placeByScore, type Scorer } from "./score.js";
import { reservedMemory, share } from "./shares.js";

/** Minus what the task adds to the cost of the machine, the sum of n^use over CPU and memory, n machines. */
export const scoreEPvm: Scorer = (task, view, scores) => {
  const logN = Math.log(view.machines);
  for (let m = 0; m < view.machines; m++) {
    // n^(u + d) - n^u = n^u (n^d - 1), which keeps its digits where the task is small.
    const cpu = share(task.cpu, view.cpuCapacity[m]);
    const cpuCost = Math.exp(logN * view.load[m]) * Math.expm1(logN * cpu);
    const memory = share(task.memory, view.memoryCapacity[m]);
    const memoryCost = Math.exp(logN * reservedMemory(view, m)) * Math.expm1(logN * memory);
    scores[m] = -(cpuCost + memoryCost);
  }
};

export const ePvmPolicy = definePolicy({
  name: "e-pvm",
  rule:
    "Places each task where it adds least to the cost of the machine, which grows " +
    "exponentially with the observed CPU load and the memory reserved: it spreads.",
  family: "placement",
  source:
    "Amir et al., An Opportunity Cost Approach for Job Assignment in a Scalable Computing " +
    "Cluster, IEEE TPDS 11(7), 2000; Borg's first score (Verma et al., EuroSys 2015, section " +
    "3.2)",
  fidelity: "adapted",
  deviations: [
    "CPU load is CPU wanted over capacity, where E-PVM takes the number of processes",
    "base n, the number of machines, those that are down included; E-PVM's own scaling of " +
      "load by the highest one is left out",
    "placement only: E-PVM's reassignments are left out",
  ],
  parameters: {},
  create: () => ({ place: placeByScore(scoreEPvm) }),
});
