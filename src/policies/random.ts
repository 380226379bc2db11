import type { Random } from "../base/random.js";
import { definePolicy, type ClusterView, type TaskView } from "./policy.js";

/** Draws before all machines that fit are listed: after this many failures, few machines can fit. */
const DRAWS = 32;

/** Returns a machine drawn uniformly from those that fit, -1 if none does. */
export function randomFit(task: TaskView, view: ClusterView, random: Random): number {
  for (let draw = 0; draw < DRAWS; draw++) {
    const machine = Math.floor(random() * view.machines);
    if (view.fits(task, machine)) return machine;
  }
  const fitting: number[] = [];
  for (let m = 0; m < view.machines; m++) if (view.fits(task, m)) fitting.push(m);
  return fitting.length > 0 ? fitting[Math.floor(random() * fitting.length)] : -1;
}

export const randomPolicy = definePolicy({
  name: "random",
  rule: "Places each task on a machine drawn uniformly from those that fit.",
  family: "control",
  source:
    "Omega simulator's scheduleJob (Schwarzkopf et al., EuroSys 2013): random fit over a shrinking pool",
  fidelity: "adapted",
  deviations: [
    "one scheduler, hence no conflicts",
    "draws again instead of from a shrinking pool; all machines that fit still have the same probability",
  ],
  parameters: {},
  create: () => ({ place: randomFit }),
});
