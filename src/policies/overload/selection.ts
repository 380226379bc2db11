/** Which task leaves an overloaded machine. Ties go to the lowest id. */
import type { Random } from "../../base/random.js";
import type { ClusterView, TaskView } from "../policy.js";
import { mostCorrelated } from "./correlation.js";

export interface Selection {
  readonly key: string;
  /** Follows "gives away". */
  readonly rule: string;
  readonly deviations: readonly string[];
  /** Observations of each task that it needs. */
  readonly taskHistory?: number;
  /** Returns one of at least one task of a machine, in order of id. `excess` is the CPU that should leave. */
  select(tasks: readonly TaskView[], excess: number, random: Random, view: ClusterView): TaskView;
}

/** The smallest task whose CPU covers the excess, else the largest (Koordinator #1975; DCSim). */
export function smallestCovering(tasks: readonly TaskView[], excess: number): TaskView {
  return tasks.reduce((best, task) => {
    if (task.cpu >= excess) return best.cpu < excess || task.cpu < best.cpu ? task : best;
    return task.cpu > best.cpu && best.cpu < excess ? task : best;
  });
}

/** The task with the least memory: minimum migration time. */
const leastMemory = (tasks: readonly TaskView[]): TaskView =>
  tasks.reduce((best, task) => (task.memory < best.memory ? task : best));

/** All selections by key. */
export const SELECTION: Readonly<Record<"mmt" | "mu" | "rs" | "mc" | "hpg", Selection>> = {
  mmt: {
    key: "mmt",
    rule: "the task with the least memory first (minimum migration time)",
    deviations: [],
    select: leastMemory,
  },
  mu: {
    key: "mu",
    rule: "the task that uses the least CPU first (minimum utilization)",
    deviations: [],
    select: (tasks) => tasks.reduce((best, task) => (task.cpu < best.cpu ? task : best)),
  },
  rs: {
    key: "rs",
    rule: "tasks drawn at random",
    deviations: [],
    select: (tasks, _, random) => tasks[Math.floor(random() * tasks.length)],
  },
  mc: {
    key: "mc",
    rule:
      "the task whose CPU so far is told best by that of the others on the machine (maximum " +
      "correlation), or where that cannot be said the one with the least memory",
    deviations: [
      "MC compares the tasks observed longest, as many as were observed in twice as many steps; " +
        "CloudSim compares all, over as many steps as the youngest was there",
    ],
    taskHistory: 30,
    select: (tasks, _excess, _random, view) => mostCorrelated(tasks, view) ?? leastMemory(tasks),
  },
  hpg: {
    key: "hpg",
    rule: "the smallest task that covers the excess, else the largest",
    deviations: [],
    select: smallestCovering,
  },
};
