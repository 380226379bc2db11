import type { Random } from "../../random.js";
import { emptyLevel, expectedCpu, memoryCeiling, type UsageLevels } from "../usage-level.js";
import { nextFailure, type Outages } from "./failures.js";
import type { ResolvedOptions } from "./options.js";
import type { ModelledRun } from "../usage-model.js";
import type { SyntheticRun, SyntheticTask } from "./run-table.js";

/** What a placed run takes on its machine until it ends. */
export interface Placed {
  readonly machine: number;
  readonly cpuRequest: number;
  readonly cpu: number;
  readonly memory: number;
}

/** Load of each machine as the generator's scheduler keeps it, and the rule by which it places. */
export interface Placement {
  readonly place: (run: SyntheticRun) => Placed;
  readonly release: (placed: Placed) => void;
  /** Runs that fitted in no machine that was tried, and went where the most memory was left. */
  readonly overfull: () => number;
}

/** Machines compared for a run; more would level the requests more than in the real cell. */
const CHOICES = 3;
/** Machines tried at most before memory or CPU is overfilled. */
const TRIES = 64;
/** Weight of used memory beside requested CPU in that comparison. */
const MEMORY_WEIGHT = 0.5;
/** Share of CPU that a machine's mean use may reach by a placement: no machine of the real cell used more than it had. */
const CPU_LIMIT = 1;

/**
 * Returns a placement that keeps requested CPU level (of machines drawn at random, the one with the least requested), memory
 * within capacity at the runs' peaks, and machines away from saturation. It stands in for the real scheduler: the trace
 * says where runs were, not why.
 */
export function createPlacement(
  { machines, cpu, memory }: ResolvedOptions,
  levels: UsageLevels,
  outages: readonly Outages[],
  random: Random,
): Placement {
  const cpuRequested = new Float64Array(machines);
  const cpuUsed = new Float64Array(machines);
  const memoryUsed = new Float64Array(machines);
  const level = emptyLevel();
  let overfull = 0;

  const place = (run: SyntheticRun): Placed => {
    const { task, start, end } = run;
    levels(modelled(task, start, end), level);
    const needCpu = expectedCpu(level);
    const needMemory = memoryCeiling(level);
    let best = -1;
    let leastLoad = Infinity;
    let roomiest = -1;
    for (let tried = 0, found = 0; tried < TRIES && found < CHOICES; tried++) {
      const machine = Math.floor(random() * machines);
      if (outages.length > 0 && nextFailure(outages[machine], start) <= 0) continue;
      if (roomiest < 0 || memoryUsed[machine] < memoryUsed[roomiest]) roomiest = machine;
      if (memoryUsed[machine] + needMemory > memory || cpuUsed[machine] + needCpu > CPU_LIMIT * cpu) continue;
      found++;
      const load = cpuRequested[machine] / cpu + (MEMORY_WEIGHT * memoryUsed[machine]) / memory;
      if (load >= leastLoad) continue;
      best = machine;
      leastLoad = load;
    }
    if (best < 0) overfull++;
    const machine = best >= 0 ? best : Math.max(0, roomiest);
    cpuRequested[machine] += task.cpuRequest;
    cpuUsed[machine] += needCpu;
    memoryUsed[machine] += needMemory;
    return { machine, cpuRequest: task.cpuRequest, cpu: needCpu, memory: needMemory };
  };

  const release = ({ machine, cpuRequest, cpu: used, memory: held }: Placed): void => {
    cpuRequested[machine] -= cpuRequest;
    cpuUsed[machine] -= used;
    memoryUsed[machine] -= held;
  };
  return { place, release, overfull: () => overfull };
}

/** What the usage model needs to know of a run. */
export function modelled(task: SyntheticTask, start: number, end: number): ModelledRun {
  const { job, index, priority, schedulingClass, cpuRequest, memoryRequest } = task;
  return { job: BigInt(job), index, priority, schedulingClass, cpuRequest, memoryRequest, start, end };
}
