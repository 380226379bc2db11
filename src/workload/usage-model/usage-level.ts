import { hashedNormal, hashedUniform, hashWords } from "../../base/integer-hash.js";
import { cappedLognormalMean, increasingRoot, medianOfCappedLognormal } from "./lognormal.js";
import { NOISE_LENGTH, NOISE_LIMIT, type NoiseComponent } from "./usage-noise.js";
import { USED_OVER_REQUESTED } from "./published.js";
import { tierOf, TIERS, type Tier } from "../tier.js";
import type { ModelledExecution } from "./modelled-execution.js";

/**
 * The fluctuation of CPU use that all tasks of a job share. Fast part: 16 % of the variance between machines
 * decays with 0.45 per 300 s in the machine data of one hour on 16 May 2011. Slow part (drift over a day):
 * our assumption.
 */
export const JOB_CPU_NOISE: readonly NoiseComponent[] = [
  { sigma: 0.42, correlation: 0.45 },
  { sigma: 0.3, correlation: 0.995 },
];
/** The additional fluctuation of a task's CPU. */
export const TASK_CPU_NOISE: readonly NoiseComponent[] = [{ sigma: 0.06, correlation: 0.45 }];
/** Memory hardly changes: the median of (maximum / mean) of a window is 1.009 in task_usage part 0. */
export const MEMORY_NOISE: readonly NoiseComponent[] = [{ sigma: 0.02, correlation: 0.98 }];

/**
 * Limit of a task's CPU use: 2.5 times its request, but above 0.25 not more than the request. Memory never
 * exceeds the request (in the trace it does for 0.8 % of tasks).
 */
const CPU_CAP = { multiple: 2.5, absolute: 0.25 } as const;
const MEMORY_CAP = 1;
/** Cap over request for the mean requested CPU; for large requests, the ratio is smaller. */
const MEAN_CPU_CAP = 2;

/**
 * Standard deviation of log(used / requested) among all tasks (1.70 in task_usage part 0), chosen to give the
 * published Gini coefficient of machines. It covers two kinds of jobs. In an even job, the tasks use nearly
 * the same: task_usage part 0 has within-job coefficients of variation of 0.064, 0.091, 0.124, 0.189 and
 * 0.414 at the 10, 25, 50, 75 and 90 % quantiles. Uneven jobs represent sharded services. Their share of 0.4
 * is our assumption, above the share in that small sample: without them, a few large jobs would determine the
 * use of the whole cell.
 */
const CPU_SPREAD = { sigma: 1.8, uneven: 0.4, unevenWithin: 0.93, evenWithin: 0.06 } as const;
const MEMORY_SPREAD = { sigma: 0.72, uneven: 0.25, unevenWithin: 0.9, evenWithin: 0.06 } as const;

const CPU_NOISE_SIGMA = Math.hypot(...[...JOB_CPU_NOISE, ...TASK_CPU_NOISE].map(({ sigma }) => sigma));
const MEMORY_NOISE_SIGMA = Math.hypot(...MEMORY_NOISE.map(({ sigma }) => sigma));
/** The factors of the memory's noise path are not above this. */
const MEMORY_NOISE_PEAK = Math.exp(NOISE_LIMIT * MEMORY_NOISE_SIGMA);

/**
 * The usage of one execution around which its samples fluctuate, and the places where it reads the noise
 * paths.
 */
export interface UsageLevel {
  cpu: number;
  memory: number;
  cpuCap: number;
  memoryCap: number;
  jobNoise: number;
  taskNoise: number;
}

/** Factors of used / requested by tier, one for CPU and one for memory. */
type LevelScale = Readonly<Record<Tier, { readonly cpu: number; readonly memory: number }>>;

/** The state from which the levels of executions are drawn. */
export interface UsageLevels {
  readonly seedHash: number;
  readonly medians: LevelScale;
  /** Factors for the jobs that were running at step 0, and the set of these jobs. */
  readonly scale: LevelScale;
  readonly scaledJobs: ReadonlySet<bigint>;
  /** Reused for every execution: its start, also as two words. */
  readonly start: Float64Array;
  readonly startWords: Int32Array;
}

export function emptyLevel(): UsageLevel {
  return { cpu: 0, memory: 0, cpuCap: 0, memoryCap: 0, jobNoise: 0, taskNoise: 0 };
}

/** Returns the largest memory that a sample of an execution at this level can have. */
export function memoryCeiling(level: UsageLevel): number {
  return Math.min(level.memoryCap, level.memory * MEMORY_NOISE_PEAK);
}

/** Returns the mean CPU of an execution at this level. */
export function expectedCpu(level: UsageLevel): number {
  return Math.min(level.cpu, level.cpuCap);
}

/**
 * Returns the state from which `drawLevel` draws an execution's level of usage: used / requested is lognormal
 * between jobs, with the published mean of its tier, and nearly equal within a job. Draws depend only on seed
 * and job, or on seed, job, index and start, so the order of executions has no effect.
 *
 * With `population` (the executions that are running at step 0), the ratios of its jobs are scaled, tier by
 * tier, so that used over requested CPU and memory of this population have the published values, too. Without
 * it, one large job can change them by a tenth.
 */
export function createUsageLevels(seed: number, population: readonly ModelledExecution[] = []): UsageLevels {
  const start = new Float64Array(1);
  const raw: UsageLevels = {
    seedHash: hashWords(seed, Math.floor(seed / 2 ** 32), 0),
    medians: tierMedians(),
    scale: unitScale(),
    scaledJobs: new Set(),
    start,
    startWords: new Int32Array(start.buffer),
  };
  const scaledJobs = new Set(population.map((execution) => execution.job));
  return { ...raw, scale: fitScale(raw, population), scaledJobs };
}

/** Fills `level` for an execution, and returns it. */
export function drawLevel(levels: UsageLevels, execution: ModelledExecution, level: UsageLevel): UsageLevel {
  const { medians, scale, start, startWords } = levels;
  const job = hashJob(levels.seedHash, execution.job);
  start[0] = execution.start;
  const own = hashWords(hashWords(job, execution.index, 0), startWords[0], startWords[1]);
  const tier = tierOf(execution.priority);
  const logCpu = spread(job, own, 0, CPU_SPREAD);
  const logMemory = spread(job, own, 4, MEMORY_SPREAD);
  level.cpu = execution.cpuRequest * medians[tier].cpu * Math.exp(logCpu);
  level.memory = execution.memoryRequest * medians[tier].memory * Math.exp(logMemory);
  if (levels.scaledJobs.has(execution.job)) {
    level.cpu *= scale[tier].cpu;
    level.memory *= scale[tier].memory;
  }
  level.cpuCap = cpuCap(execution.cpuRequest);
  level.memoryCap = Math.min(1, MEMORY_CAP * execution.memoryRequest);
  level.jobNoise = Math.floor(hashedUniform(job, 20) * NOISE_LENGTH);
  level.taskNoise = Math.floor(hashedUniform(own, 20) * NOISE_LENGTH);
  return level;
}

function hashJob(seedHash: number, job: bigint): number {
  const id = Number(job);
  // Arithmetic on numbers is much faster than on bigints, and exact up to 2^53.
  if (Number.isSafeInteger(id)) return hashWords(seedHash, id | 0, Math.floor(id / 2 ** 32));
  return hashWords(seedHash, Number(BigInt.asIntN(32, job)), Number(job >> 32n));
}

function cpuCap(request: number): number {
  return Math.min(1, CPU_CAP.multiple * request, Math.max(request, CPU_CAP.absolute));
}

interface Spread {
  readonly sigma: number;
  /**
   * Share of jobs whose tasks differ, and the share of sigma (of the variance: squared) between their tasks.
   */
  readonly uneven: number;
  readonly unevenWithin: number;
  /** Median of the standard deviation between the tasks of an even job. */
  readonly evenWithin: number;
}

/**
 * Returns log(used / requested) minus the log of the median: a part of the job plus a part of the task, with
 * variance sigma^2.
 */
function spread(job: number, own: number, draw: number, shape: Spread): number {
  const { sigma, uneven, unevenWithin, evenWithin } = shape;
  const between =
    hashedUniform(job, 30 + draw) < uneven
      ? unevenWithin * sigma
      : Math.min(sigma, evenWithin * Math.exp(0.7 * hashedNormal(job, draw + 1)));
  return (
    Math.sqrt(sigma * sigma - between * between) * hashedNormal(job, draw) + between * hashedNormal(own, draw)
  );
}

function tierMedians(): Readonly<Record<Tier, { readonly cpu: number; readonly memory: number }>> {
  const median = (tier: Tier): { cpu: number; memory: number } => ({
    cpu: medianOfCappedLognormal(
      USED_OVER_REQUESTED.cpu[tier],
      Math.hypot(CPU_SPREAD.sigma, CPU_NOISE_SIGMA),
      MEAN_CPU_CAP,
    ),
    memory: medianOfCappedLognormal(
      USED_OVER_REQUESTED.memory[tier],
      Math.hypot(MEMORY_SPREAD.sigma, MEMORY_NOISE_SIGMA),
      MEMORY_CAP,
    ),
  });
  return { free: median("free"), beb: median("beb"), prod: median("prod") };
}

function unitScale(): LevelScale {
  return { free: { cpu: 1, memory: 1 }, beb: { cpu: 1, memory: 1 }, prod: { cpu: 1, memory: 1 } };
}

function fitScale(levels: UsageLevels, population: readonly ModelledExecution[]): LevelScale {
  const scale = { ...unitScale() } as Record<Tier, { cpu: number; memory: number }>;
  for (const tier of TIERS) {
    const executions = population.filter((execution) => tierOf(execution.priority) === tier);
    const drawn = executions.map((execution) => drawLevel(levels, execution, emptyLevel()));
    scale[tier] = {
      cpu: fitOne(
        drawn.map(({ cpu, cpuCap }) => ({ level: cpu, cap: cpuCap })),
        executions.reduce((sum, execution) => sum + execution.cpuRequest, 0) * USED_OVER_REQUESTED.cpu[tier],
        CPU_NOISE_SIGMA,
      ),
      memory: fitOne(
        drawn.map(({ memory, memoryCap }) => ({ level: memory, cap: memoryCap })),
        executions.reduce((sum, execution) => sum + execution.memoryRequest, 0) *
          USED_OVER_REQUESTED.memory[tier],
        MEMORY_NOISE_SIGMA,
      ),
    };
  }
  return scale;
}

/** Returns the factor of all levels with which the expected sum of the capped levels is the target. */
function fitOne(
  executions: readonly { readonly level: number; readonly cap: number }[],
  target: number,
  noiseSigma: number,
): number {
  if (target <= 0) return 1;
  const median = Math.exp((-noiseSigma * noiseSigma) / 2);
  const expected = (factor: number): number =>
    executions.reduce(
      (sum, { level, cap }) =>
        cap > 0 ? sum + cappedLognormalMean(factor * level * median, noiseSigma, cap) : sum,
      0,
    );
  return increasingRoot((factor) => expected(factor) - target, 0.1, 10);
}
