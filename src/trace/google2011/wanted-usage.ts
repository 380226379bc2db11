import { createTaskKeeper, tasksWithRuns, type Keeper, type Picked } from "./keep.js";
import type { RunRows } from "./runs.js";
import { findTask, type TaskIndex, type TaskNumbers } from "./tasks.js";

/** Which usage rows to read, as plain data whose large arrays threads share. */
export interface WantedUsage {
  readonly tasks: TaskIndex;
  /** By number of task: NO, YES, or BY_MACHINE. */
  readonly verdicts: Uint8Array;
  /** Decides on the tasks that no event says ever ran. */
  readonly picked: Picked;
}

const NO = 0;
const YES = 1;
const BY_MACHINE = 2;

/** Returns as wanted the rows of tasks with a kept run, and those on kept machines of tasks that no event says ever ran. */
export function wantedUsage(
  runs: RunRows,
  hasRuns: Uint8Array,
  tasks: TaskNumbers,
  keeper: Keeper,
): WantedUsage {
  const hasKeptRuns = tasksWithRuns(runs, hasRuns.length, keeper.run);
  const verdicts = new Uint8Array(new SharedArrayBuffer(hasRuns.length));
  for (let task = 0; task < verdicts.length; task++) {
    const ofRuns = hasKeptRuns[task] === 1 ? YES : NO;
    verdicts[task] = hasRuns[task] === 1 ? ofRuns : BY_MACHINE;
  }
  return { tasks: tasks.share(), verdicts, picked: keeper.picked };
}

export interface WantsUsage {
  /** By task, the job given as its two words; undefined where the machine decides. */
  readonly byTask: (jobLow: number, jobHigh: number, index: number) => boolean | undefined;
  readonly byMachine: (job: bigint, index: number, machine: bigint) => boolean;
}

const EVERY_ROW: WantsUsage = { byTask: () => true, byMachine: () => true };

/** Returns what says whether a row is wanted; where nothing is given, every row is. */
export function createWants(wanted: WantedUsage | undefined): WantsUsage {
  if (wanted === undefined) return EVERY_ROW;
  const { tasks, verdicts, picked } = wanted;
  return {
    byTask: (jobLow, jobHigh, index) => {
      const task = findTask(tasks, jobLow, jobHigh, index);
      const verdict = task < 0 ? BY_MACHINE : verdicts[task];
      return verdict === BY_MACHINE ? undefined : verdict === YES;
    },
    byMachine: createTaskKeeper(picked),
  };
}
