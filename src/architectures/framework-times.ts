/**
 * How long a framework waits for its slots and for the end of its job on a full cluster: table 2 of Hindman
 * et al., Mesos, NSDI 2011, and simulations of the same cases. A slot becomes free when the task of another
 * framework on it ends. An elastic framework uses each slot as soon as it gets it; a rigid one needs all of
 * them at once and keeps idle those that it has.
 */
import { table, type ColumnTable } from "arquero";
import { InputError } from "../base/errors.js";
import { randomStream, type Random } from "../base/random.js";
import { meanOf } from "../metrics/statistics.js";
import { clusterOf } from "./cluster.js";
import { jobsFrom } from "./jobs/jobs.js";
import { schedule } from "./schedule.js";

export interface FrameworkTimesOptions {
  /** Numbers of slots that the framework wants. Default 3, 10, 30 and 100. */
  readonly slots?: readonly number[];
  /** Time that the job takes with all slots from its beginning, in mean task times. Default 2. */
  readonly work?: number;
  /** Simulations of each case. Default 100. */
  readonly runs?: number;
  /** Default 1. */
  readonly seed?: number;
}

/** Mean time of a task of the other frameworks in the simulations, in seconds. */
const TASK = 100;
/** An elastic job is made of tasks that take this part of `TASK`. */
const PART = 1 / 50;
/** Seconds between two allocations: short, because a free slot is offered only then. */
const INTERVAL = 0.01;

/**
 * Returns a table with a row for each number of slots, distribution of task times ("constant" or
 * "exponential") and quantity: "ramp-up" (time until the framework has all slots), "elastic completion",
 * "rigid completion", both in mean task times, and "rigid utilization" (share of the time of the slots that
 * it holds). `published` is the paper's formula (for rigid completion recalled, not checked), `expected` the
 * expectation without its approximations (H_k for ln k), `simulated` the mean over runs under `mesos-drf`,
 * `error` its standard error. Throws InputError for numbers out of range.
 */
export function frameworkTimes(options: FrameworkTimesOptions = {}): ColumnTable {
  const { slots = [3, 10, 30, 100], work = 2, runs = 100, seed = 1 } = options;
  for (const [name, value] of [...slots.map((k) => ["slots", k] as const), ["runs", runs] as const])
    if (!(Number.isInteger(value) && value >= 2))
      throw new InputError(`${name} is ${value}: give a whole number of 2 or more`);
  if (!(work >= 0.5 && Number.isFinite(work)))
    throw new InputError(`work is ${work}: give a number of .5 or more, for less the formulas do not hold`);
  const rows = slots.flatMap((k) =>
    (["constant", "exponential"] as const).flatMap((taskTimes) => {
      const random = randomStream(seed, "workload", "framework-times", taskTimes, k);
      const simulated = simulate(k, work, runs, taskTimes === "constant" ? random : exponential(random));
      const published = taskTimes === "constant" ? 1 : Math.log(k);
      const expected = taskTimes === "constant" ? k / (k + 1) : harmonic(k);
      const idle = taskTimes === "constant" ? 0.5 : 1;
      return [
        { quantity: "ramp-up", published, expected },
        { quantity: "elastic completion", published: idle + work, expected: idle + work },
        { quantity: "rigid completion", published: published + work, expected: expected + work },
        {
          quantity: "rigid utilization",
          published: work / (published - idle + work),
          expected: work / (expected - idle + work),
        },
      ].map((row, i) => ({ slots: k, taskTimes, ...row, ...simulated[i] }));
    }),
  );
  const names = Object.keys(rows[0]) as (keyof (typeof rows)[0])[];
  return table(Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])));
}

interface Mean {
  readonly simulated: number;
  readonly error: number;
}

/** Returns the four quantities, in the order of the table. `residual` draws when a slot becomes free. */
function simulate(slots: number, work: number, runs: number, residual: Random): Mean[] {
  const cases = Array.from({ length: runs }, () => {
    const others = Array.from({ length: slots }, () => TASK * residual());
    const elastic = runJob(others, {
      cpu: 1,
      tasks: Math.round((slots * work) / PART),
      duration: PART * TASK,
    });
    const rigid = runJob(others, { cpu: slots, tasks: 1, duration: work * TASK });
    return { ...rigid, elastic: elastic.end, held: rigid.end - meanOf(others) / TASK };
  });
  const held = meanAndError(cases.map((one) => one.held));
  return [
    meanAndError(cases.map(({ start }) => start)),
    meanAndError(cases.map(({ elastic }) => elastic)),
    meanAndError(cases.map(({ end }) => end)),
    { simulated: work / held.simulated, error: (work / held.simulated ** 2) * held.error },
  ];
}

/**
 * Returns when the job's last task starts and ends, in mean task times. The slots are those of one agent, so
 * that a rigid job is one task that demands all of them.
 */
function runJob(
  others: readonly number[],
  own: { readonly cpu: number; readonly tasks: number; readonly duration: number },
): { start: number; end: number } {
  const jobs = jobsFrom([
    { arrival: 0, class: "others", durations: others },
    // When it arrives, the tasks of the others have begun.
    { arrival: 0.01, class: "own", ...own },
  ]);
  const cluster = clusterOf({ machines: 1, slots: others.length });
  const { tasks } = schedule(jobs, cluster, "mesos-drf", { parameters: { interval: INTERVAL } });
  const last = (times: Float64Array): number =>
    times.subarray(others.length).reduce((a, b) => Math.max(a, b));
  return { start: last(tasks.start) / TASK, end: last(tasks.end) / TASK };
}

function meanAndError(values: readonly number[]): Mean {
  const simulated = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - simulated) ** 2, 0);
  return { simulated, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

function exponential(random: Random): Random {
  return () => -Math.log1p(-random());
}

/** Returns 1 + 1/2 + ... + 1/k. */
function harmonic(k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += 1 / i;
  return sum;
}
