/** Selects the task that leaves an overloaded machine. Ties go to the lowest id. */
import type { Random } from "../../base/random.js";
import type { ClusterView, TaskView } from "../policy.js";
import { mostCorrelated } from "./correlation.js";

export interface Selection {
  readonly key: string;
  /** Completes the sentence "It gives away ...". */
  readonly rule: string;
  readonly deviations: readonly string[];
  /** Number of observations per task that the selection needs. */
  readonly taskHistory?: number;
  /**
   * Returns one of the tasks, which are in order of id and at least one. `excess` is the CPU that should
   * leave.
   */
  select(tasks: readonly TaskView[], excess: number, random: Random, view: ClusterView): TaskView;
}

/**
 * Returns the smallest task whose CPU covers the excess, else the largest task (Koordinator #1975; DCSim).
 */
export function smallestCovering(tasks: readonly TaskView[], excess: number): TaskView {
  return tasks.reduce((best, task) => {
    if (task.cpu >= excess) return best.cpu < excess || task.cpu < best.cpu ? task : best;
    return task.cpu > best.cpu && best.cpu < excess ? task : best;
  });
}

/** Returns the task with the least memory (minimum migration time). */
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
      "the task whose past CPU is predicted best by the CPU of the other tasks on the machine (maximum " +
      "correlation), or the task with the least memory if there are too few observations",
    deviations: [
      "MC compares only the k tasks observed longest, with at least 2k observations each; " +
        "CloudSim compares all tasks, over the steps in which the youngest was present",
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
