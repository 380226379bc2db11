import { definePolicy } from "../policy.js";
import { placeByScore, type Scorer } from "./score.js";
import { reservedMemory, share } from "./shares.js";

/**
 * Minus the cost that the task adds to the machine. The cost is the sum of n^use over CPU and memory, for n
 * machines.
 */
export const scoreEPvm: Scorer = (task, view, scores) => {
  const logN = Math.log(view.machines);
  for (let m = 0; m < view.machines; m++) {
    // n^(u + d) - n^u = n^u (n^d - 1), which is accurate also for small tasks.
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
    "exponentially with the observed CPU load and the reserved memory. It spreads the tasks.",
  family: "placement",
  source:
    "Amir et al., An Opportunity Cost Approach for Job Assignment in a Scalable Computing " +
    "Cluster, IEEE TPDS 11(7), 2000; Borg's first score (Verma et al., EuroSys 2015, section " +
    "3.2)",
  fidelity: "adapted",
  deviations: [
    "CPU load is CPU wanted over capacity; E-PVM uses the number of processes",
    "the base n is the number of machines, including machines that are down; E-PVM's scaling of " +
      "load by the highest load is left out",
    "placement only: E-PVM's reassignments are left out",
  ],
  parameters: {},
  create: () => ({ place: placeByScore(scoreEPvm) }),
});
