import { randomNormal, randomPoisson } from "d3-random";
import { drawUniform, type Random, type RandomState } from "../../base/random.js";
import { TIERS, type Tier } from "../../workload/tier.js";
import type { ResolvedOptions } from "./options.js";
import { near, pickPart, pickShare, probabilityOf, quantileAt, tableMean, thin } from "./quantiles.js";
import { DURATION_WIDTH, REQUEST_WIDTH } from "./residents.js";
import { microseconds, type SyntheticExecution, type SyntheticTask } from "./execution-table.js";
import { CELL_MACHINES } from "../../workload/usage-model/published.js";
import {
  HOURLY_ARRIVALS,
  JOBS_BY_WEEKDAY,
  NEW_TASKS_PER_JOB,
  RESIDENT_TASKS,
  EXECUTIONS_PER_TASK,
  SCHEDULING_DELAY_SECONDS,
  SHORT_TASKS,
} from "./tables.js";

/** The source of new tasks. */
export interface Arrivals {
  readonly options: ResolvedOptions;
  readonly random: RandomState;
  /** The same source in the form that d3-random needs. */
  readonly source: Random;
  /** The cluster's share of the cell's machines. */
  readonly share: number;
  /** By tier, in the order of TIERS. */
  readonly jobsPerHour: readonly number[];
  readonly normal: () => number;
  /** A standard normal value: how busy the hour is. */
  luck: number;
  nextJob: number;
}

/**
 * An execution longer than this is "long": its class and requests are those of a task that runs at time 0.
 */
const LONG_SECONDS = 3600;
const FIRST_JOB = 6_000_000_001;

/** Returns the number of executions of each tier that begin per hour: of new tasks and of repeated ones. */
export function executionsPerHour(options: ResolvedOptions): Record<Tier, number> {
  const tasks = newTasksPerHour(options);
  return {
    free: tasks.free * EXECUTIONS_PER_TASK.free,
    beb: tasks.beb * EXECUTIONS_PER_TASK.beb,
    prod: tasks.prod * EXECUTIONS_PER_TASK.prod,
  };
}

function newTasksPerHour({
  machines,
  arrivalsPerMachineHour,
  arrivalShares,
}: ResolvedOptions): Record<Tier, number> {
  const { free, beb, prod } = arrivalShares;
  const rate = (machines * arrivalsPerMachineHour) / (free + beb + prod);
  return { free: rate * free, beb: rate * beb, prod: rate * prod };
}

export function createArrivals(options: ResolvedOptions, random: RandomState): Arrivals {
  const share = Math.min(1, options.machines / CELL_MACHINES);
  const tasks = newTasksPerHour(options);
  const jobsPerHour = TIERS.map((tier) => {
    const mean = tableMean(NEW_TASKS_PER_JOB[tier], Math.round);
    return tasks[tier] / (mean * share);
  });
  const source = (): number => drawUniform(random);
  const normal = randomNormal.source(source)();
  return { options, random, source, share, jobsPerHour, normal, luck: normal(), nextJob: FIRST_JOB };
}

/**
 * Returns the executions of new tasks submitted in [from, to), in seconds. Must be called with increasing
 * times. Jobs arrive as a Poisson process. Its rate varies with the published factor of the weekday, with a
 * weak daily factor, and with a random hourly factor that lasts a few hours. Each job has tasks in the whole
 * cell; only those on this cluster's share of the cell are returned.
 */
export function drawArrivals(arrivals: Arrivals, from: number, to: number): SyntheticExecution[] {
  const { options, random, source, share, jobsPerHour } = arrivals;
  const factor = (drawRate(arrivals, from) * (to - from)) / 3600;
  const executions: SyntheticExecution[] = [];
  for (const [t, tier] of TIERS.entries()) {
    const jobs = randomPoisson.source(source)(jobsPerHour[t] * factor)();
    for (let j = 0; j < jobs; j++) {
      const size = Math.round(quantileAt(NEW_TASKS_PER_JOB[tier], drawUniform(random)));
      const here = thin(size, share, random);
      if (here === 0) continue;
      addJob(
        executions,
        tier,
        arrivals.nextJob++,
        here,
        from + (to - from) * drawUniform(random),
        options,
        random,
      );
    }
  }
  return executions;
}

/** Returns the factor of the arrival rate, about 1 on average. */
function drawRate(arrivals: Arrivals, time: number): number {
  const { sigma, correlation, dailySwing } = HOURLY_ARRIVALS;
  arrivals.luck = correlation * arrivals.luck + Math.sqrt(1 - correlation ** 2) * arrivals.normal();
  const hours = 19 + (arrivals.options.originSeconds - 600 + time) / 3600;
  const weekday = JOBS_BY_WEEKDAY[Math.floor(hours / 24) % 7];
  const daily = 1 + dailySwing * Math.cos((2 * Math.PI * (hours + 5)) / 24);
  return weekday * daily * Math.exp(sigma * arrivals.luck - (sigma * sigma) / 2);
}

function addJob(
  executions: SyntheticExecution[],
  tier: Tier,
  job: number,
  tasks: number,
  submit: number,
  options: ResolvedOptions,
  random: RandomState,
): void {
  const table = options.executionSeconds[tier];
  const longFrom = probabilityOf(table, LONG_SECONDS);
  const long = drawUniform(random) >= longFrom;
  const place = drawUniform(random);
  const submitted = microseconds(submit);
  const { schedulingClass, priority, cpuRequest, memoryRequest } = drawKind(tier, long, random);
  for (let index = 0; index < tasks; index++) {
    const task = { job, index, schedulingClass, priority, cpuRequest, memoryRequest, long };
    const start = submit + drawDelay(random);
    const end = start + quantileAt(table, conditional(near(place, DURATION_WIDTH, random), long, longFrom));
    executions.push({ task, submit: submitted, start: microseconds(start), end, initial: false });
  }
}

type Kind = Omit<SyntheticTask, "job" | "index" | "long">;

function drawKind(tier: Tier, long: boolean, random: RandomState): Kind {
  const cpuPlace = drawUniform(random);
  const memoryPlace = near(cpuPlace, REQUEST_WIDTH, random);
  if (!long) {
    const short = SHORT_TASKS[tier];
    return {
      schedulingClass: pickShare(short.classes, drawUniform(random)),
      priority: pickShare(short.priorities, drawUniform(random)),
      cpuRequest: pickPart(short.cpuTwentieths, cpuPlace),
      memoryRequest: pickPart(short.memoryTwentieths, memoryPlace),
    };
  }
  const cells = RESIDENT_TASKS.filter((cell) => cell.tier === tier);
  const total = cells.reduce((sum, cell) => sum + cell.tasksPerMachine, 0);
  const cell =
    cells[
      pickShare(
        cells.map((c, i) => [i, c.tasksPerMachine / total] as const),
        drawUniform(random),
      )
    ];
  return {
    schedulingClass: cell.schedulingClass,
    priority: pickShare(cell.priorities, drawUniform(random)),
    cpuRequest: pickPart(cell.cpuTwentieths, cpuPlace),
    memoryRequest: pickPart(cell.memoryTwentieths, memoryPlace),
  };
}

/**
 * Returns the duration, in seconds, of another execution of a task: short for a short task, long for a long
 * one.
 */
export function drawDuration(
  tier: Tier,
  long: boolean,
  options: ResolvedOptions,
  random: RandomState,
): number {
  const table = options.executionSeconds[tier];
  return quantileAt(table, conditional(drawUniform(random), long, probabilityOf(table, LONG_SECONDS)));
}

/** Returns the seconds from SUBMIT to SCHEDULE. */
export function drawDelay(random: RandomState): number {
  return quantileAt(SCHEDULING_DELAY_SECONDS, drawUniform(random));
}

function conditional(u: number, long: boolean, longFrom: number): number {
  return long ? longFrom + (1 - longFrom) * u : longFrom * u;
}
