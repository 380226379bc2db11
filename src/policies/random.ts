import type { Random } from "../random.js";
import { definePolicy, type ClusterView, type TaskView } from "./policy.js";

/** A machine drawn uniformly from those that fit, by drawing from a shrinking pool of candidates; -1 if none fits. */
export function randomFit(task: TaskView, view: ClusterView, random: Random): number {
  const pool = Array.from({ length: view.machines }, (_, m) => m);
  while (pool.length > 0) {
    const at = Math.floor(random() * pool.length);
    const machine = pool[at];
    if (view.fits(task, machine)) return machine;
    pool[at] = pool[pool.length - 1];
    pool.pop();
  }
  return -1;
}

export const randomPolicy = definePolicy({
  name: "random",
  rule: "Places each task on a machine drawn uniformly from those that fit.",
  family: "control",
  source:
    "Omega simulator's scheduleJob (Schwarzkopf et al., EuroSys 2013): random fit over a shrinking pool",
  fidelity: "adapted",
  deviations: ["one scheduler, hence no conflicts"],
  parameters: {},
  create: () => ({ name: "random", place: randomFit }),
});
