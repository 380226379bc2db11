/** Generated jobs: the distributions of Sparrow's simulator, and of Omega's. */
import { InputError } from "../../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../../base/known-keys.js";
import { randomStream, type Random } from "../../base/random.js";
import { jobsFrom, type JobRow, type Jobs } from "./jobs.js";

export interface SparrowJobsOptions {
  /** Default 2000. */
  readonly jobs?: number;
  /** Tasks of each job. Default 100. */
  readonly tasks?: number;
  /** Mean time of a task in seconds. Default .1. */
  readonly meanSeconds?: number;
  /** Share of the slots in use, on average over a long time. Default .8. */
  readonly load?: number;
  /** Number of slots of the cluster to which the load refers. Default 4000. */
  readonly slots?: number;
  /** Task times: exponential for each job, exponential for each task, or all equal. Default "job". */
  readonly durations?: "job" | "task" | "constant";
  /** Default 1. */
  readonly seed?: number;
}

const SPARROW = keysOf<SparrowJobsOptions>({
  jobs: true,
  tasks: true,
  meanSeconds: true,
  load: true,
  slots: true,
  durations: true,
  seed: true,
});

/**
 * Returns jobs as Sparrow's simulator generates them (Ousterhout et al., SOSP 2013, section 7.1;
 * radlab/sparrow, simulation.py): equal numbers of tasks, exponential times between arrivals with the mean
 * `meanSeconds` x `tasks` / (`load` x `slots`), and task times as `durations` says. A task takes one slot.
 * Equal options give equal bytes. With another load and the same seed, only the times of arrival change.
 */
export function sparrowJobs(options: SparrowJobsOptions = {}): Jobs {
  refuseUnknownKeys(options, SPARROW, "option of sparrowJobs");
  const { jobs = 2000, tasks = 100, meanSeconds = 0.1, load = 0.8, slots = 4000 } = options;
  const { durations = "job", seed = 1 } = options;
  requireAll({ whole: { jobs, tasks }, positive: { meanSeconds, load, slots } });
  if (!["job", "task", "constant"].includes(durations))
    throw new InputError(`durations is ${durations}: give job, task or constant`);
  const gaps = exponential(randomStream(seed, "workload", "sparrow", "gaps"));
  const times = exponential(randomStream(seed, "workload", "sparrow", "times"));
  let arrival = 0;
  return jobsFrom(
    Array.from({ length: jobs }, (): JobRow => {
      arrival += gaps((meanSeconds * tasks) / (load * slots));
      if (durations === "task")
        return { arrival, durations: Array.from({ length: tasks }, () => times(meanSeconds)) };
      return { arrival, tasks, duration: durations === "job" ? times(meanSeconds) : meanSeconds };
    }),
  );
}

/** How one class of jobs is generated; all numbers except demands are means of exponential distributions. */
export interface OmegaClass {
  /** Seconds between arrivals. */
  readonly between: number;
  /** Tasks of a job, rounded up. */
  readonly tasks: number;
  /** Seconds that each task of a job takes; all tasks of a job take equally long. */
  readonly duration: number;
  /** Demand of a task: uniform between the two. */
  readonly cpu: readonly [number, number];
  readonly memory: readonly [number, number];
}

export interface OmegaJobsOptions {
  /** Jobs arrive before this time, in seconds. Default 1800. */
  readonly horizon?: number;
  /** Classes by name; default `OMEGA_CLASSES`. */
  readonly classes?: Readonly<Record<string, OmegaClass>>;
  /** Default 1. */
  readonly seed?: number;
}

/**
 * Many short batch jobs and few long service jobs. On average, they need half of 160 machines with 4 cores
 * and 16 GB. The numbers are our choice, because the paper prints no distributions. Memory is in GB.
 */
export const OMEGA_CLASSES = {
  Batch: { between: 2, tasks: 20, duration: 60, cpu: [0.1, 0.6], memory: [0.2, 2.5] },
  Service: { between: 22, tasks: 6, duration: 600, cpu: [0.2, 1.2], memory: [0.3, 4] },
} as const satisfies Readonly<Record<string, OmegaClass>>;

const OMEGA = keysOf<OmegaJobsOptions>({ horizon: true, classes: true, seed: true });

/**
 * Returns jobs as Omega's simulator generates them from means (ExpExpExpWorkloadGenerator of
 * google/cluster-scheduler-simulator): exponential times between arrivals, numbers of tasks and durations for
 * each class; all tasks of a job are equal. Demands are uniformly distributed; in the simulator they are
 * equal for all jobs. Jobs are in order of arrival. Equal options give equal bytes; the jobs of a class do
 * not depend on the other classes.
 */
export function omegaJobs(options: OmegaJobsOptions = {}): Jobs {
  refuseUnknownKeys(options, OMEGA, "option of omegaJobs");
  const { horizon = 1800, classes = OMEGA_CLASSES, seed = 1 } = options;
  requireAll({ positive: { horizon } });
  const rows = Object.entries(classes).flatMap(([name, how]) => {
    const { between, tasks, duration, cpu, memory } = how;
    requireAll({ positive: { between, tasks, duration } });
    const random = randomStream(seed, "workload", "omega", name);
    const draw = exponential(random);
    const uniform = ([low, high]: readonly [number, number]): number => low + random() * (high - low);
    const own: JobRow[] = [];
    for (let arrival = draw(between); arrival < horizon; arrival += draw(between)) {
      own.push({
        arrival,
        class: name,
        tasks: Math.max(1, Math.ceil(draw(tasks))),
        duration: draw(duration),
        cpu: uniform(cpu),
        memory: uniform(memory),
      });
    }
    return own;
  });
  return jobsFrom(rows.sort((a, b) => a.arrival - b.arrival));
}

/** Returns a function that draws from an exponential distribution with the given mean. */
function exponential(random: Random): (mean: number) => number {
  return (mean) => -mean * Math.log1p(-random());
}

function requireAll({
  whole = {},
  positive,
}: {
  readonly whole?: Readonly<Record<string, number>>;
  readonly positive: Readonly<Record<string, number>>;
}): void {
  for (const [name, value] of Object.entries(whole))
    if (!(Number.isInteger(value) && value >= 1))
      throw new InputError(`${name} is ${value}: give a whole number of 1 or more`);
  for (const [name, value] of Object.entries(positive))
    if (!(value > 0 && Number.isFinite(value)))
      throw new InputError(`${name} is ${value}: give a number above 0`);
}
