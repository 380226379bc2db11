/** The state of a run of many graphs on shared machines. */
import TinyQueue from "tinyqueue";
import { createEvents, type EventQueue } from "../../../base/events.js";
import type { OrderRule } from "../order.js";
import type { Placement } from "../packing.js";
import type { Problem } from "../problem.js";

/** Kinds of events. */
export const KIND = { arrival: 0, taskEnd: 1 } as const;

/** Ready tasks of one stage with equal demands: an order need look only at the first of them. */
export interface Group {
  readonly job: number;
  readonly stage: number;
  /** Where the demand of its tasks is in the job's `shares`. */
  readonly at: number;
  readonly queue: TinyQueue<number>;
  /** Whether its tasks became ready since machines last chose. */
  isNew: boolean;
  /** When it last got its first task: among equal groups of a job, the earlier one goes first. */
  serial: number;
}

/** A job in the run. */
export interface JobState {
  readonly problem: Problem;
  readonly arrival: number;
  readonly rank: Float64Array | undefined;
  /** Predecessors of each node that have not ended. */
  readonly waitsFor: Int32Array;
  /** When each task became ready, as a number that grows. */
  readonly readyAt: Float64Array;
  /** One for each kind of tasks. */
  readonly groups: readonly Group[];
  /** Work of the tasks that have not begun: all, and by stage. */
  work: number;
  readonly stageWork: Float64Array;
  tasksLeft: number;
  ready: number;
  /** What is in use, by resource, in machines. */
  readonly inUse: Float64Array;
  /** Deficit up to `entitledFrom`, which is the run's `entitled` when the job last got a ready task. */
  deficit: number;
  entitledFrom: number;
  greatestDeficit: number;
  readonly placement: Placement;
}

/** A task that runs. */
export interface RunningTask {
  readonly job: number;
  readonly task: number;
  /** Time that it would still need at full speed, at the time `since`. */
  left: number;
  since: number;
  /** Its end is the event of this number; events of other numbers are out of date. */
  event: number;
}

export interface DagRun {
  readonly rule: OrderRule;
  readonly jobs: readonly JobState[];
  readonly events: EventQueue;
  /** Number of machines that may be in use. */
  readonly machines: number;
  readonly width: number;
  /** What is free of resource r on machine m: `free[m * width + r]`, as a share of a machine. */
  readonly free: Float64Array;
  readonly running: readonly RunningTask[][];
  /** How fast the tasks of each machine run: 1 where it is not overbooked. */
  readonly rate: Float64Array;
  /** How far each resource may be overbooked. */
  readonly overbooking: Float64Array;
  /** Machines on which a task has ended since machines last chose. */
  readonly changed: Uint8Array;
  readonly changes: number[];
  /** Groups with ready tasks, in the order of jobs and then of `serial`. */
  readonly active: Group[];
  /** Jobs with ready tasks, and what an equal share of all placements among them has added up to. */
  jobsReady: number;
  entitled: number;
  /** Sums over the jobs that have arrived and are not finished. */
  jobsOpen: number;
  openWork: number;
  openDemand: number;
  openTasks: number;
  now: number;
  serial: number;
}

/** Returns the state before anything has happened. Jobs are in the order of their arrival. */
export function createRun(
  jobs: readonly Pick<JobState, "problem" | "arrival" | "rank">[],
  rule: OrderRule,
  overbooking: Float64Array,
): DagRun {
  const { width } = jobs[0].problem;
  // A machine takes nothing while one of a lower number is idle, so that further ones stay idle.
  const tasks = jobs.reduce((sum, { problem }) => sum + problem.graph.tasks, 0);
  const machines = Math.min(jobs[0].problem.machines, tasks);
  return {
    rule,
    jobs: jobs.map(createJob),
    events: createEvents(),
    machines,
    width,
    free: new Float64Array(machines * width).fill(1),
    running: Array.from({ length: machines }, () => []),
    rate: new Float64Array(machines).fill(1),
    overbooking,
    changed: new Uint8Array(machines),
    changes: [],
    active: [],
    jobsReady: 0,
    entitled: 0,
    jobsOpen: 0,
    openWork: 0,
    openDemand: 0,
    openTasks: 0,
    now: 0,
    serial: 0,
  };
}

function createJob(given: Pick<JobState, "problem" | "arrival" | "rank">, job: number): JobState {
  const { graph, dag, width, kind } = given.problem;
  const { before, nodes, tasks } = graph;
  const readyAt = new Float64Array(tasks);
  const { rank } = given;
  const compare = (a: number, b: number): number =>
    (rank === undefined ? 0 : rank[b] - rank[a]) || readyAt[a] - readyAt[b];
  const first = new Int32Array(given.problem.kinds).fill(-1);
  const stageWork = new Float64Array(dag.stages.length);
  for (let t = tasks - 1; t >= 0; t--) {
    first[kind[t]] = t;
    stageWork[dag.stage[t]] += workOf(given.problem, t);
  }
  const groups = Array.from(first, (t): Group => ({
    job,
    stage: dag.stage[t],
    at: t * width,
    queue: new TinyQueue<number>([], compare),
    isNew: false,
    serial: 0,
  }));
  return {
    ...given,
    waitsFor: Int32Array.from({ length: nodes }, (_, v) => before.offsets[v + 1] - before.offsets[v]),
    readyAt,
    groups,
    work: stageWork.reduce((sum, work) => sum + work, 0),
    stageWork,
    tasksLeft: tasks,
    ready: 0,
    inUse: new Float64Array(width),
    deficit: 0,
    entitledFrom: 0,
    greatestDeficit: 0,
    placement: {
      machine: new Int32Array(tasks).fill(-1),
      start: new Float64Array(tasks).fill(NaN),
      end: new Float64Array(tasks).fill(NaN),
    },
  };
}

/** Returns what a task demands, summed over the resources. */
export function demandOf({ width, shares }: Problem, task: number): number {
  let sum = 0;
  for (let r = 0; r < width; r++) sum += shares[task * width + r];
  return sum;
}

/** Returns the work of a task: duration x demand, summed over the resources. */
export function workOf(problem: Problem, task: number): number {
  return problem.dag.duration[task] * demandOf(problem, task);
}

/** Returns what the job got less than an equal share of the placements, in machines. */
export function deficitOf(run: DagRun, job: JobState): number {
  return job.deficit + (job.ready > 0 ? run.entitled - job.entitledFrom : 0);
}
