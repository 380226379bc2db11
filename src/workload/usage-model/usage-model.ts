import {
  createUsageLevels,
  drawLevel,
  emptyLevel,
  JOB_CPU_NOISE,
  MEMORY_NOISE,
  TASK_CPU_NOISE,
  type UsageLevel,
  type UsageLevels,
} from "./usage-level.js";
import type { ModelledExecution } from "./modelled-execution.js";
import { NOISE_MASK, noisePath } from "./usage-noise.js";
import { PRODUCTION_CPU_BY_HOUR, PRODUCTION_CPU_BY_WEEKDAY } from "./published.js";
import { tierOf } from "../tier.js";

export interface UsageModelOptions {
  readonly seed: number;
  readonly stepSeconds: number;
  /** Trace time of step 0 in seconds; 600 is Sunday 1 May 2011 19:00 EDT. */
  readonly originSeconds: number;
  /**
   * The state from which levels are drawn. Default: `createUsageLevels` of the seed, without a population.
   */
  readonly levels?: UsageLevels;
}

/** Writes samples [from, to) of `cpu` and `memory`: sample `from` is step floor(start / stepSeconds). */
export type UsageModel = (
  execution: ModelledExecution,
  cpu: Float32Array,
  memory: Float32Array,
  from: number,
  to: number,
) => void;

const WEEK_SECONDS = 604_800;
/** Trace time 0, in seconds since Sunday 00:00 EDT: 600 s of trace time is Sunday 19:00. */
const CLOCK_OFFSET_SECONDS = 19 * 3600 - 600;

/**
 * Returns the model of CPU and memory usage for executions whose trace has no usage. Used / requested depends
 * on the tier, is similar within a job and fluctuates in time; production load has a daily and weekly rhythm.
 * CPU is the mean over the whole step, so it is lower in the first and last step. No sample is above 1.
 * Sources and assumptions are in `published.ts` and `usage-level.ts`. A sample depends only on the seed, its
 * execution and, if the levels have one, the whole population.
 */
export function createUsageModel({
  seed,
  stepSeconds,
  originSeconds,
  levels = createUsageLevels(seed),
}: UsageModelOptions): UsageModel {
  const model: Model = {
    stepSeconds,
    originSeconds,
    levels,
    jobNoise: noisePath(seed, 1, stepSeconds, JOB_CPU_NOISE),
    taskNoise: noisePath(seed, 2, stepSeconds, TASK_CPU_NOISE),
    memoryNoise: noisePath(seed, 3, stepSeconds, MEMORY_NOISE),
    rhythm: new Float64Array(0),
    level: emptyLevel(),
  };
  return (execution, cpu, memory, from, to) => {
    writeSamples(model, execution, { cpu, memory, from, to });
  };
}

interface Model {
  readonly stepSeconds: number;
  readonly originSeconds: number;
  readonly levels: UsageLevels;
  readonly jobNoise: Float32Array;
  readonly taskNoise: Float32Array;
  readonly memoryNoise: Float32Array;
  /** Factor of production load in each step, computed up to the largest step needed so far. */
  rhythm: Float64Array;
  /** Reused for every execution: its level. */
  readonly level: UsageLevel;
}

/** The place of an execution's samples. */
interface Samples {
  readonly cpu: Float32Array;
  readonly memory: Float32Array;
  readonly from: number;
  readonly to: number;
}

function writeSamples(model: Model, execution: ModelledExecution, samples: Samples): void {
  const { stepSeconds, jobNoise, taskNoise, memoryNoise, level } = model;
  const { cpu, memory, from, to } = samples;
  drawLevel(model.levels, execution, level);
  const firstStep = Math.floor(execution.start / stepSeconds);
  const steady = tierOf(execution.priority) !== "prod";
  const rhythm = steady ? model.rhythm : rhythmUpTo(model, firstStep + to - from);
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
  weighPartialSteps(execution, samples, firstStep, stepSeconds);
}

function rhythmUpTo(model: Model, steps: number): Float64Array {
  const { rhythm, stepSeconds, originSeconds } = model;
  if (rhythm.length < steps) {
    model.rhythm = productionRhythm(Math.max(2 * rhythm.length, steps), stepSeconds, originSeconds);
  }
  return model.rhythm;
}

function weighPartialSteps(
  execution: ModelledExecution,
  { cpu, from, to }: Samples,
  firstStep: number,
  stepSeconds: number,
): void {
  if (to <= from) return;
  cpu[from] *= presentIn(execution, firstStep, stepSeconds);
  if (to - from > 1) cpu[to - 1] *= presentIn(execution, firstStep + to - from - 1, stepSeconds);
}

/** Returns the fraction of a step in which the execution is present. */
function presentIn(execution: ModelledExecution, step: number, stepSeconds: number): number {
  const begin = Math.max(execution.start, step * stepSeconds);
  const end = Math.min(execution.end, (step + 1) * stepSeconds);
  return Math.max(0, end - begin) / stepSeconds;
}

/**
 * Returns the factor of production load in each step: the published factors for hours of the day and days of
 * the week, both with mean 1, interpolated linearly between the middles of hours and of days.
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
