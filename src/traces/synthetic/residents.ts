import { drawUniform, type RandomState } from "../../base/random.js";
import type { Tier } from "../../workload/tier.js";
import {
  equilibriumRemainders,
  near,
  pickPart,
  pickShare,
  quantileAt,
  remainderAt,
  tableMean,
  thin,
  type Remainders,
} from "./quantiles.js";
import type { ResolvedOptions } from "./options.js";
import type { SyntheticExecution, SyntheticTask } from "./execution-table.js";
import { CELL_MACHINES } from "../../workload/usage-model/published.js";
import { RESIDENT_TASKS, RESIDENT_TASKS_PER_JOB, type ResidentCell } from "./tables.js";

/**
 * The width of the range from which the quantile of a task's duration is drawn, around the quantile of its
 * job: the tasks of a job are correlated.
 */
export const DURATION_WIDTH = 0.3;
/** The same for the quantile of a job's memory request, around that of its CPU request. */
export const REQUEST_WIDTH = 0.8;

const FIRST_JOB = 1_000_001;
/**
 * No job has more than this share of a cell's tasks; otherwise one job could determine the total of its tier.
 */
const LARGEST_JOB_SHARE = 0.05;

interface ResidentJob {
  readonly id: number;
  readonly tasks: number;
}

/**
 * Returns the executions that are running when the trace begins, in no particular order and without a
 * machine. Tasks by tier and scheduling class, job sizes and requests are as at time 0 of the 2011 trace. The
 * remaining times follow the stationary distribution for the tier's durations. The arrivals are too few to
 * explain all these tasks; the others never end (mostly production tasks).
 */
export function residentExecutions(
  options: ResolvedOptions,
  executionsPerHour: Readonly<Record<Tier, number>>,
  random: RandomState,
): SyntheticExecution[] {
  const remaining = createRemaining(options, executionsPerHour, random);
  const scale = (options.machines * options.tasksPerMachine) / tasksPerHalfMachine();
  const counts = roundedShares(RESIDENT_TASKS.map((cell) => cell.tasksPerMachine * scale));
  const executions: SyntheticExecution[] = [];
  let nextJob = FIRST_JOB;
  RESIDENT_TASKS.forEach((cell, i) => {
    const jobs = jobsOfCell(cell, counts[i], options.machines, nextJob, random);
    nextJob += jobs.length;
    for (const task of tasksOfJobs(cell, jobs, random)) {
      const end = drawRemainder(remaining, cell.tier, task.job);
      executions.push({ task, submit: 0, start: 0, end, initial: true });
    }
  });
  return executions;
}

function tasksPerHalfMachine(): number {
  return RESIDENT_TASKS.reduce((sum, cell) => sum + cell.tasksPerMachine, 0);
}

/** Rounds the values so that they sum to the rounded sum (largest remainders are rounded up first). */
function roundedShares(values: readonly number[]): number[] {
  const whole = values.map(Math.floor);
  let rest = Math.round(values.reduce((sum, value) => sum + value, 0)) - whole.reduce((a, b) => a + b, 0);
  const byRemainder = values.map((_, i) => i).sort((a, b) => values[b] - whole[b] - (values[a] - whole[a]));
  for (const i of byRemainder) if (rest-- > 0) whole[i]++;
  return whole;
}

function jobsOfCell(
  cell: ResidentCell,
  tasks: number,
  machines: number,
  firstId: number,
  random: RandomState,
): ResidentJob[] {
  const largest = Math.max(1, Math.floor(LARGEST_JOB_SHARE * tasks));
  const jobs: ResidentJob[] = [];
  for (let left = tasks; left > 0;) {
    const size = Math.round(quantileAt(RESIDENT_TASKS_PER_JOB[cell.tier], drawUniform(random)));
    const here = Math.min(left, largest, thin(size, machines / CELL_MACHINES, random));
    if (here === 0) continue;
    jobs.push({ id: firstId + jobs.length, tasks: here });
    left -= here;
  }
  return jobs;
}

/**
 * Draws the requests by systematic sampling: the jobs, one after the other, cover the distribution in
 * proportion to their tasks. So the total request does not depend on chance.
 */
function tasksOfJobs(cell: ResidentCell, jobs: readonly ResidentJob[], random: RandomState): SyntheticTask[] {
  const cpuRank = jobs.map(() => drawUniform(random));
  const memoryRank = cpuRank.map((rank) => near(rank, REQUEST_WIDTH, random));
  const cpu = systematic(jobs, cpuRank);
  const memory = systematic(jobs, memoryRank);
  return jobs.flatMap((job, j) => {
    const priority = pickShare(cell.priorities, drawUniform(random));
    return Array.from({ length: job.tasks }, (_, index) => ({
      job: job.id,
      index,
      schedulingClass: cell.schedulingClass,
      priority,
      cpuRequest: pickPart(cell.cpuTwentieths, cpu[j]),
      memoryRequest: pickPart(cell.memoryTwentieths, memory[j]),
      long: true,
    }));
  });
}

function systematic(jobs: readonly ResidentJob[], rank: readonly number[]): Float64Array {
  const total = jobs.reduce((sum, job) => sum + job.tasks, 0);
  const order = jobs.map((_, j) => j).sort((a, b) => rank[a] - rank[b]);
  const place = new Float64Array(jobs.length);
  let before = 0;
  for (const j of order) {
    place[j] = (before + jobs[j].tasks / 2) / total;
    before += jobs[j].tasks;
  }
  return place;
}

/** The state from which the remaining times of tasks are drawn. */
interface Remaining {
  readonly random: RandomState;
  /** By tier: the share of its tasks that end at all, and the distribution of their remaining times. */
  readonly tiers: Readonly<Record<Tier, { readonly ending: number; readonly remainders: Remainders }>>;
  /** The current job, and its quantiles for the duration and for whether its tasks end. */
  job: number;
  jobPlace: number;
  jobEnds: number;
}

function createRemaining(
  options: ResolvedOptions,
  executionsPerHour: Readonly<Record<Tier, number>>,
  random: RandomState,
): Remaining {
  const ofTier = (tier: Tier): Remaining["tiers"][Tier] => {
    const cells = RESIDENT_TASKS.filter((cell) => cell.tier === tier);
    const share = cells.reduce((sum, cell) => sum + cell.tasksPerMachine, 0);
    const residents = (options.machines * options.tasksPerMachine * share) / tasksPerHalfMachine();
    const brought = (executionsPerHour[tier] * tableMean(options.executionSeconds[tier])) / 3600;
    return {
      ending: Math.min(1, brought / residents),
      remainders: equilibriumRemainders(options.executionSeconds[tier]),
    };
  };
  const tiers = { free: ofTier("free"), beb: ofTier("beb"), prod: ofTier("prod") };
  return { random, tiers, job: -1, jobPlace: 0, jobEnds: 0 };
}

/** Returns the remaining time of a task. Must be called job by job. */
function drawRemainder(remaining: Remaining, tier: Tier, job: number): number {
  const { random } = remaining;
  const { ending, remainders } = remaining.tiers[tier];
  if (job !== remaining.job) {
    remaining.job = job;
    remaining.jobPlace = drawUniform(random);
    remaining.jobEnds = drawUniform(random);
  }
  // A task is near its job, but not equal to it: in a job that ends, most tasks end, and the share of tasks
  // that end stays even.
  if (near(remaining.jobEnds, 1, random) >= ending) return Infinity;
  return remainderAt(remainders, near(remaining.jobPlace, DURATION_WIDTH, random), drawUniform(random));
}
