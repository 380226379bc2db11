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
  /** Trace time of step 0 in seconds; 600 = Sunday 1 May 2011 19:00 EDT. */
  readonly originSeconds: number;
  /** What levels of usage are drawn from. Default: `createUsageLevels` of the seed, without a population. */
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
/** Origin of the trace's clock on the week that begins on Sunday 00:00 EDT: 600 s is Sunday 19:00. */
const CLOCK_OFFSET_SECONDS = 19 * 3600 - 600;

/**
 * Returns the model of CPU and memory usage for executions whose trace has no usage: used / requested by
 * tier, alike within a job, fluctuating in time, with the daily and weekly rhythm of production load. CPU is
 * the mean over the whole step, hence less in the first and last one. No sample is above 1. Sources and
 * assumptions: `published.ts` and `usage-level.ts`. Each sample depends on the seed and on its own execution
 * alone (and, where the levels have one, on their population as a whole).
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
  /** Factor of production load in each step, as far as it was needed yet. */
  rhythm: Float64Array;
  /** Scratch: the level of the current execution. */
  readonly level: UsageLevel;
}

/** Where an execution's samples go. */
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

/** Returns the part of a step in which the execution is there. */
function presentIn(execution: ModelledExecution, step: number, stepSeconds: number): number {
  const begin = Math.max(execution.start, step * stepSeconds);
  const end = Math.min(execution.end, (step + 1) * stepSeconds);
  return Math.max(0, end - begin) / stepSeconds;
}

/**
 * Returns the factor of production load in each step: the published hours of the day and days of the week,
 * both with mean 1, each drawn as a line from middle to middle.
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
