import { createUsageLevels, emptyLevel, JOB_CPU_NOISE, MEMORY_NOISE, TASK_CPU_NOISE } from "./usage-level.js";
import { NOISE_MASK, noisePath } from "./usage-noise.js";
import { PRODUCTION_CPU_BY_HOUR, PRODUCTION_CPU_BY_WEEKDAY } from "./published.js";
import { tierOf } from "./tier.js";
import type { RunColumns } from "./workload.js";

export interface UsageModelOptions {
  readonly seed: number;
  readonly stepSeconds: number;
  /** Trace time of step 0 in seconds; 600 = Sunday 1 May 2011 19:00 EDT. */
  readonly originSeconds: number;
  /**
   * Runs under way at step 0. Where given, each tier's mean used / requested over these runs is exactly the
   * published one; where not, a few large jobs may move it by a tenth.
   */
  readonly population?: readonly ModelledRun[];
}

/** What the model needs to know of a run. */
export interface ModelledRun {
  readonly job: bigint;
  readonly index: number;
  readonly priority: number;
  readonly schedulingClass: number;
  readonly cpuRequest: number;
  readonly memoryRequest: number;
  /** Seconds from step 0; below 0 never (initial runs start at 0). */
  readonly start: number;
  readonly end: number;
}

/** Writes samples [from, to) of `cpu` and `memory`: sample `from` is step floor(start / stepSeconds). */
export type UsageModel = (
  run: ModelledRun,
  cpu: Float32Array,
  memory: Float32Array,
  from: number,
  to: number,
) => void;

const WEEK_SECONDS = 604_800;
/** Origin of the trace's clock on the week that begins on Sunday 00:00 EDT: 600 s is Sunday 19:00. */
const CLOCK_OFFSET_SECONDS = 19 * 3600 - 600;

/**
 * Returns the model of CPU and memory usage for runs whose trace has no usage: used / requested by tier,
 * alike within a job, fluctuating in time, with the daily and weekly rhythm of production load. CPU is the mean
 * over the whole step, hence less in the first and last one. No sample is above 1. Sources and assumptions:
 * `published.ts` and `usage-level.ts`. Each sample depends on the seed and on its own run alone (and, where it
 * is given, on the population as a whole).
 */
export function createUsageModel(options: UsageModelOptions): UsageModel {
  const { seed, stepSeconds, originSeconds, population = [] } = options;
  const levels = createUsageLevels(seed, population);
  const jobNoise = noisePath(seed, 1, stepSeconds, JOB_CPU_NOISE);
  const taskNoise = noisePath(seed, 2, stepSeconds, TASK_CPU_NOISE);
  const memoryNoise = noisePath(seed, 3, stepSeconds, MEMORY_NOISE);
  const level = emptyLevel();
  let rhythm: Float64Array = new Float64Array(0);

  return (run, cpu, memory, from, to) => {
    levels(run, level);
    const firstStep = Math.floor(run.start / stepSeconds);
    const steady = tierOf(run.priority) !== "prod";
    if (!steady && rhythm.length < firstStep + to - from) {
      rhythm = productionRhythm(
        Math.max(2 * rhythm.length, firstStep + to - from),
        stepSeconds,
        originSeconds,
      );
    }
    const { cpu: cpuLevel, cpuCap, memory: memoryLevel, memoryCap } = level;
    const job = level.jobNoise + firstStep - from;
    const task = level.taskNoise + firstStep - from;
    const clock = firstStep - from;
    for (let k = from; k < to; k++) {
      let value = cpuLevel * jobNoise[(job + k) & NOISE_MASK] * taskNoise[(task + k) & NOISE_MASK];
      if (!steady) value *= rhythm[clock + k];
      const held = memoryLevel * memoryNoise[(task + k) & NOISE_MASK];
      cpu[k] = value < cpuCap ? value : cpuCap;
      memory[k] = held < memoryCap ? held : memoryCap;
    }
    weighPartialSteps(run, cpu, from, to, firstStep, stepSeconds);
  };
}

function weighPartialSteps(
  run: ModelledRun,
  cpu: Float32Array,
  from: number,
  to: number,
  firstStep: number,
  stepSeconds: number,
): void {
  if (to <= from) return;
  const present = (step: number): number => {
    const begin = Math.max(run.start, step * stepSeconds);
    const end = Math.min(run.end, (step + 1) * stepSeconds);
    return Math.max(0, end - begin) / stepSeconds;
  };
  cpu[from] *= present(firstStep);
  if (to - from > 1) cpu[to - 1] *= present(firstStep + to - from - 1);
}

/**
 * Returns the factor of production load in each step: the published hours of the day and days of the week, both
 * with mean 1, each drawn as a line from middle to middle.
 */
export function productionRhythm(steps: number, stepSeconds: number, originSeconds: number): Float64Array {
  const rhythm = new Float64Array(steps);
  for (let step = 0; step < steps; step++) {
    const time = (originSeconds + CLOCK_OFFSET_SECONDS + (step + 0.5) * stepSeconds) % WEEK_SECONDS;
    rhythm[step] =
      cyclic(PRODUCTION_CPU_BY_HOUR, time / 3600 - 0.5) *
      cyclic(PRODUCTION_CPU_BY_WEEKDAY, time / 86_400 - 0.5);
  }
  return rhythm;
}

function cyclic(values: readonly number[], position: number): number {
  const floor = Math.floor(position);
  const weight = position - floor;
  const n = values.length;
  return values[((floor % n) + n) % n] * (1 - weight) + values[(((floor + 1) % n) + n) % n] * weight;
}

/** Returns what the model needs to know of a row of the run columns. */
export function modelledRun(runs: Omit<RunColumns, "measured">, run: number): ModelledRun {
  return {
    job: runs.job[run],
    index: runs.index[run],
    priority: runs.priority[run],
    schedulingClass: runs.schedulingClass[run],
    cpuRequest: runs.cpuRequest[run],
    memoryRequest: runs.memoryRequest[run],
    start: runs.start[run],
    end: runs.end[run],
  };
}
