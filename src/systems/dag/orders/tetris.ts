import { quantity } from "./parameters.js";
import { defineOrder } from "../order.js";

export const tetris = defineOrder({
  name: "tetris",
  rule:
    "A machine takes the task with the greatest packing - epsilon x the work of its job that has not " +
    "begun. Packing is the sum over the resources of what the task demands x what is free on the machine.",
  source: "Grandl et al., Multi-Resource Packing for Cluster Schedulers, SIGCOMM 2014",
  fidelity: "adapted",
  deviations: [
    "no place of data, so that no task is remote (Tetris takes 10 % off for one; recalled from memory)",
    "work in means: job's work / mean over jobs x mean demand, so that epsilon has no unit (recalled " +
      "from memory)",
    "no barrier hint (b .9) and no fairness parameter (f .25; both recalled from memory)",
  ],
  parameters: {
    epsilon: quantity(1, "", "weight of short jobs against packing (1: recalled from memory)"),
  },
  create: ({ epsilon }) => ({
    task: ({ packing, jobWork, meanJobWork, meanDemand }) =>
      packing - epsilon * inMeans(jobWork, meanJobWork) * meanDemand,
  }),
});

/** Returns the work in means over the jobs; 0 where there is none. */
export function inMeans(work: number, mean: number): number {
  return mean > 0 ? work / mean : 0;
}
