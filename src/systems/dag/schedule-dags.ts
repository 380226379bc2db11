/** Schedules jobs that are graphs of tasks on shared machines, by an order. */
import { InputError } from "../../base/errors.js";
import { keysOf } from "../../base/known-keys.js";
import { resolveParameters, type Parameters, type Values } from "../../base/parameters.js";
import { randomStream } from "../../base/random.js";
import { fieldsOf, objectOf, seedOf } from "./check.js";
import { createRule } from "./check-order.js";
import { checkJobs, type DagJob } from "./dag-jobs.js";
import { machineCount, type MachineChoice } from "./machines.js";
import type { OrderDefinition, OrderRule } from "./order.js";
import type { Placement } from "./packing.js";
import { problemOf } from "./problem.js";
import { isBuiltIn, resolveOrder, type OrderChoice } from "./registry.js";
import { runDags } from "./online/run.js";
import { createRun, deficitOf, type DagRun } from "./online/state.js";

export interface DagOptions {
  /** The seed of the order's random draws. Default 0. */
  readonly seed?: number;
  /** Values of the order's parameters that differ from their defaults. */
  readonly parameters?: Readonly<Record<string, number>>;
}

/** What became of the jobs. */
export interface DagSchedule {
  readonly order: string;
  readonly seed: number;
  readonly parameters: Readonly<Record<string, number>>;
  readonly jobs: readonly DagJob[];
  readonly machines: number;
  /** Where and when the tasks of each job run, in the order of `jobs` and of the graphs' rows. */
  readonly placements: readonly Placement[];
  /** For each job: the time from its arrival to the end of its last task. */
  readonly response: Float64Array;
  /**
   * Response over the greatest lower bound of the job alone on all machines: at least 1; NaN where that is 0.
   */
  readonly slowdown: Float64Array;
  /** The most that the job fell behind an equal share of the placed tasks, in machines. */
  readonly deficit: Float64Array;
  /** Time of the last end. */
  readonly makespan: number;
  /** Number of events. */
  readonly events: number;
}

const OPTIONS = keysOf<DagOptions>({ seed: true, parameters: true });

/**
 * Returns the schedule of the jobs. Whenever a task ends or becomes ready, machines with room take ready
 * tasks as the order says; a task runs on one machine without interruption. Jobs that arrive at the same time
 * keep their order; where an order makes no difference between tasks of a job, the canonical order of its
 * graph decides, so that other rows or ids give the same schedule. Throws InputError for no job, an unknown
 * option, order or parameter, an order that works on one graph only, a demand that is larger than a machine,
 * and numbers out of range.
 */
export function scheduleDags(
  jobs: readonly DagJob[],
  machines: MachineChoice,
  order: OrderChoice,
  options: DagOptions = {},
): DagSchedule {
  const definition = resolveOrder(order);
  const { seed, values } = resolveOptions("scheduleDags", definition, options);
  if (definition.create === undefined)
    throw new InputError(
      `order ${definition.name} plans one graph at a time: use it in packDag, or give critical-path`,
    );
  checkJobs(jobs);
  // The loop asks rules for every task and job; those of built-in orders are tested instead of checked.
  const rule = isBuiltIn(definition) ? definition.create(values) : createRule(definition, values);
  const resources = [...new Set(jobs.flatMap(({ dag }) => dag.resources))];
  const byArrival = [...jobs.keys()].sort((a, b) => jobs[a].arrival - jobs[b].arrival);
  const states = byArrival.map((j) => {
    const problem = problemOf(jobs[j].dag, machines, resources);
    const rank = rule.rank?.(problem, randomStream(seed, "policy", "dag-order", jobs[j].id));
    return { problem, arrival: jobs[j].arrival, rank };
  });
  const run = createRun(states, rule, overbookingOf(rule, states[0].problem.dag.resources));
  runDags(run);
  return {
    order: definition.name,
    seed,
    parameters: values,
    jobs,
    machines: machineCount(machines),
    ...outcomeOf(run, byArrival),
  };
}

/** Returns the seed, and a value for each parameter of the order. Throws InputError for any out of range. */
export function resolveOptions(
  what: string,
  { name, parameters = {} }: OrderDefinition,
  options: DagOptions,
): { seed: number; values: Values<Parameters> } {
  const { seed = 0, parameters: given = {} } = fieldsOf("option", what, options, OPTIONS);
  const values = objectOf(`parameters of order ${name}`, given, "an object of numbers");
  return {
    seed: seedOf(seed),
    values: resolveParameters(`order ${name}`, parameters, values as Readonly<Record<string, number>>),
  };
}

/** Only memory cannot be overbooked: a task that gets less of another resource is slower, but goes on. */
function overbookingOf({ overbooking = 0 }: OrderRule, resources: readonly string[]): Float64Array {
  return Float64Array.from(resources, (name) => (name === "memory" ? 0 : overbooking));
}

function outcomeOf(
  run: DagRun,
  byArrival: readonly number[],
): Pick<DagSchedule, "placements" | "response" | "slowdown" | "deficit" | "makespan" | "events"> {
  const placements = new Array<Placement>(byArrival.length);
  const columns = {
    response: new Float64Array(byArrival.length),
    slowdown: new Float64Array(byArrival.length),
    deficit: new Float64Array(byArrival.length),
  };
  let makespan = 0;
  run.jobs.forEach((job, i) => {
    const j = byArrival[i];
    const last = job.placement.end.reduce((latest, end) => Math.max(latest, end), 0);
    placements[j] = inGivenOrder(job.placement, job.problem.rows);
    columns.response[j] = last - job.arrival;
    columns.slowdown[j] = job.problem.bound > 0 ? columns.response[j] / job.problem.bound : NaN;
    columns.deficit[j] = Math.max(job.greatestDeficit, deficitOf(run, job));
    makespan = Math.max(makespan, last);
  });
  return { placements, ...columns, makespan, events: run.events.pushed };
}

/** Returns the rows of a placement in the order of the given graph. */
export function inGivenOrder(placement: Placement, rows: Int32Array): Placement {
  const machine = new Int32Array(rows.length);
  const start = new Float64Array(rows.length);
  const end = new Float64Array(rows.length);
  rows.forEach((row, t) => {
    machine[row] = placement.machine[t];
    start[row] = placement.start[t];
    end[row] = placement.end[t];
  });
  return { machine, start, end };
}
