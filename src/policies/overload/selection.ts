/** Which task leaves an overloaded machine. Ties go to the lowest id. */
import type { Random } from "../../random.js";
import type { TaskView } from "../policy.js";

export interface Selection {
  readonly key: string;
  /** Follows "gives away". */
  readonly rule: string;
  /** Returns one of at least one task, in order of id. `excess` is the CPU that should leave. */
  select(tasks: readonly TaskView[], excess: number, random: Random): TaskView;
}

/** The smallest task whose CPU covers the excess, else the largest (Koordinator #1975; DCSim). */
export function smallestCovering(tasks: readonly TaskView[], excess: number): TaskView {
  return tasks.reduce((best, task) => {
    if (task.cpu >= excess) return best.cpu < excess || task.cpu < best.cpu ? task : best;
    return task.cpu > best.cpu && best.cpu < excess ? task : best;
  });
}

/** All selections by key. Maximum correlation (MC) is not among them: a view holds no history of a task. */
export const SELECTION: Readonly<Record<"mmt" | "mu" | "rs" | "hpg", Selection>> = {
  mmt: {
    key: "mmt",
    rule: "the task with the least memory first (minimum migration time)",
    select: (tasks) => tasks.reduce((best, task) => (task.memory < best.memory ? task : best)),
  },
  mu: {
    key: "mu",
    rule: "the task that uses the least CPU first (minimum utilization)",
    select: (tasks) => tasks.reduce((best, task) => (task.cpu < best.cpu ? task : best)),
  },
  rs: {
    key: "rs",
    rule: "tasks drawn at random",
    select: (tasks, _, random) => tasks[Math.floor(random() * tasks.length)],
  },
  hpg: {
    key: "hpg",
    rule: "the smallest task that covers the excess, else the largest",
    select: smallestCovering,
  },
};
