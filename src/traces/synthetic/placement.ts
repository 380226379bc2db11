import { drawUniform, type RandomState } from "../../base/random.js";
import {
  drawLevel,
  emptyLevel,
  expectedCpu,
  memoryCeiling,
  type UsageLevel,
  type UsageLevels,
} from "../../workload/usage-model/usage-level.js";
import { nextFailure, type Outages } from "./failures.js";
import type { ResolvedOptions } from "./options.js";
import type { ModelledExecution } from "../../workload/usage-model/modelled-execution.js";
import type { SyntheticExecution, SyntheticTask } from "./execution-table.js";

/** The machine of a placed execution, and the resources that it takes there until it ends. */
export interface Placed {
  readonly machine: number;
  readonly cpuRequest: number;
  readonly cpu: number;
  readonly memory: number;
}

/** The state of the generator's scheduler: the load of each machine, and the data for placing. */
export interface Placement {
  readonly options: ResolvedOptions;
  readonly levels: UsageLevels;
  readonly outages: readonly Outages[];
  readonly random: RandomState;
  readonly cpuRequested: Float64Array;
  readonly cpuUsed: Float64Array;
  readonly memoryUsed: Float64Array;
  /** Reused for every execution that is placed: the level of its usage. */
  readonly level: UsageLevel;
  /**
   * Executions that fitted on none of the machines tried; they went to the one with the least memory in use.
   */
  overfull: number;
}

/**
 * Number of machines compared for an execution. With more, the requests would be more balanced than in the
 * real cell.
 */
const CHOICES = 3;
/** The largest number of machines tried before memory or CPU may exceed the capacity. */
const TRIES = 64;
/** The weight of used memory relative to requested CPU in this comparison. */
const MEMORY_WEIGHT = 0.5;
/**
 * The limit of a machine's mean CPU use at a placement, as a share of its CPU: no machine of the real cell
 * used more than it had.
 */
const CPU_LIMIT = 1;

export function createPlacement(
  options: ResolvedOptions,
  levels: UsageLevels,
  outages: readonly Outages[],
  random: RandomState,
): Placement {
  const { machines } = options;
  return {
    options,
    levels,
    outages,
    random,
    cpuRequested: new Float64Array(machines),
    cpuUsed: new Float64Array(machines),
    memoryUsed: new Float64Array(machines),
    level: emptyLevel(),
    overfull: 0,
  };
}

/**
 * Places an execution on the least loaded of a few machines drawn at random. This keeps requested CPU
 * balanced, memory within the capacity even at the peaks of the executions, and CPU below saturation. It
 * replaces the real scheduler, because the trace says where executions were placed, but not why.
 */
export function place(placement: Placement, execution: SyntheticExecution): Placed {
  const { cpuRequested, cpuUsed, memoryUsed, level } = placement;
  const { task, start, end } = execution;
  drawLevel(placement.levels, modelled(task, start, end), level);
  const cpu = expectedCpu(level);
  const memory = memoryCeiling(level);
  const machine = pickMachine(placement, start, cpu, memory);
  cpuRequested[machine] += task.cpuRequest;
  cpuUsed[machine] += cpu;
  memoryUsed[machine] += memory;
  return { machine, cpuRequest: task.cpuRequest, cpu, memory };
}

function pickMachine(placement: Placement, start: number, needCpu: number, needMemory: number): number {
  const { outages, random, cpuRequested, cpuUsed, memoryUsed } = placement;
  const { machines, cpu, memory } = placement.options;
  let best = -1;
  let leastLoad = Infinity;
  let roomiest = -1;
  for (let tried = 0, found = 0; tried < TRIES && found < CHOICES; tried++) {
    const machine = Math.floor(drawUniform(random) * machines);
    if (outages.length > 0 && nextFailure(outages[machine], start) <= 0) continue;
    if (roomiest < 0 || memoryUsed[machine] < memoryUsed[roomiest]) roomiest = machine;
    if (memoryUsed[machine] + needMemory > memory || cpuUsed[machine] + needCpu > CPU_LIMIT * cpu) continue;
    found++;
    const load = cpuRequested[machine] / cpu + (MEMORY_WEIGHT * memoryUsed[machine]) / memory;
    if (load >= leastLoad) continue;
    best = machine;
    leastLoad = load;
  }
  if (best >= 0) return best;
  placement.overfull++;
  return Math.max(0, roomiest);
}

/** Frees the resources that a placed execution took on its machine. */
export function release({ cpuRequested, cpuUsed, memoryUsed }: Placement, placed: Placed): void {
  cpuRequested[placed.machine] -= placed.cpuRequest;
  cpuUsed[placed.machine] -= placed.cpu;
  memoryUsed[placed.machine] -= placed.memory;
}

/** Returns an execution in the form that the usage model needs. */
export function modelled(task: SyntheticTask, start: number, end: number): ModelledExecution {
  const { job, index, priority, schedulingClass, cpuRequest, memoryRequest } = task;
  return { job: BigInt(job), index, priority, schedulingClass, cpuRequest, memoryRequest, start, end };
}
