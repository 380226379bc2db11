/** What happened to tasks, jobs and schedulers: the columns that every engine fills. */
import { taskCount, type Jobs } from "./jobs/jobs.js";

/** One row per task of the jobs. */
export interface TaskRecord {
  /** Time at which the task began and ended or will end; NaN where it was not placed. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Row of the machine, -1 where the task was not placed. */
  readonly machine: Int32Array;
}

/** One row per job. Times are in the jobs' unit. */
export interface JobRecord {
  /** When the job came to a scheduler; NaN where the run ended before that. */
  readonly arrived: Float64Array;
  /** Number of decisions about the job, and the sum of its unplaced tasks over these decisions. */
  readonly attempts: Int32Array;
  readonly taskAttempts: Int32Array;
  /** Time in a scheduler's queue before the first decision, and in total before all decisions. */
  readonly queuedTillFirst: Float64Array;
  readonly queuedTillFull: Float64Array;
  /** Time that schedulers thought about the job, in decisions without and with a conflict. */
  readonly useful: Float64Array;
  readonly wasted: Float64Array;
  /** Tasks that were not placed. */
  readonly unplaced: Int32Array;
  /** 1 where the scheduler abandoned the job. */
  readonly abandoned: Uint8Array;
}

/** What one scheduler did. Times are in the jobs' unit. */
export interface SchedulerRecord {
  readonly name: string;
  /** Think time of decisions without and with a conflict; `first` counts only each job's first decision. */
  useful: number;
  wasted: number;
  firstUseful: number;
  firstWasted: number;
  /**
   * Decisions that placed tasks without a conflict, decisions with a conflict, and decisions about a job
   * after its first one.
   */
  transactions: number;
  failedTransactions: number;
  retriedTransactions: number;
  /** Tasks committed, and tasks refused because of a conflict. */
  taskCommits: number;
  taskConflicts: number;
  /** Decisions that found no machine for any task. */
  noResources: number;
  abandoned: number;
  /** How often a machine was examined that had no room. */
  failedFits: number;
  /** Jobs in the queue at the end. */
  queued: number;
}

/**
 * Sums over the cluster, as means over time (in mode omega-sim over samples), in the unit of the capacities.
 */
export interface Utilization {
  readonly cpu: number;
  readonly memory: number;
  /** Amounts offered to a scheduler but not in use. */
  readonly cpuLocked: number;
  readonly memoryLocked: number;
}

/** What is still allocated on the machines at the end. */
export interface MachineRecord {
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  /** Number of claims on the machine. */
  readonly sequence: Int32Array;
}

/** One row per offer, in order of time: who was offered how much, how long, and what became of it. */
export interface OfferRecord {
  /** Names of the frameworks, and the place of each offer's framework in them. */
  readonly frameworks: readonly string[];
  readonly framework: number[];
  /** When the offer was made, and when its answer arrived; NaN where the run ended before that. */
  readonly from: number[];
  readonly to: number[];
  /** Agents of which something was offered, and tasks that the framework launched there. */
  readonly agents: number[];
  readonly tasks: number[];
}

/** All that an engine returns. */
export interface Outcome {
  readonly tasks: TaskRecord;
  readonly jobs: JobRecord;
  readonly schedulers: readonly SchedulerRecord[];
  /** Time of the last event. */
  readonly endTime: number;
  /** Number of events put into the queue. */
  readonly events: number;
  /** Messages between schedulers, masters and machines. */
  readonly messages: number;
  /** 1 where the task began near its data; absent where the architecture does not model data. */
  readonly near?: Uint8Array;
  /** Absent where the architecture makes no offers. */
  readonly offers?: OfferRecord;
  readonly utilization?: Utilization;
  readonly machines?: MachineRecord;
}

export function createTaskRecord(tasks: number): TaskRecord {
  return {
    start: new Float64Array(tasks).fill(NaN),
    end: new Float64Array(tasks).fill(NaN),
    machine: new Int32Array(tasks).fill(-1),
  };
}

export function createJobRecord(jobs: Jobs): JobRecord {
  const count = jobs.ids.length;
  return {
    arrived: new Float64Array(count).fill(NaN),
    attempts: new Int32Array(count),
    taskAttempts: new Int32Array(count),
    queuedTillFirst: new Float64Array(count),
    queuedTillFull: new Float64Array(count),
    useful: new Float64Array(count),
    wasted: new Float64Array(count),
    unplaced: Int32Array.from({ length: count }, (_, job) => taskCount(jobs, job)),
    abandoned: new Uint8Array(count),
  };
}

export function createSchedulerRecord(name: string): SchedulerRecord {
  return {
    name,
    useful: 0,
    wasted: 0,
    firstUseful: 0,
    firstWasted: 0,
    transactions: 0,
    failedTransactions: 0,
    retriedTransactions: 0,
    taskCommits: 0,
    taskConflicts: 0,
    noResources: 0,
    abandoned: 0,
    failedFits: 0,
    queued: 0,
  };
}

export function createOfferRecord(frameworks: readonly string[]): OfferRecord {
  return { frameworks, framework: [], from: [], to: [], agents: [], tasks: [] };
}

/** Adds an offer; it has no answer yet. */
export function noteOffer(record: OfferRecord, framework: number, now: number, agents: number): void {
  record.framework.push(framework);
  record.from.push(now);
  record.to.push(NaN);
  record.agents.push(agents);
  record.tasks.push(0);
}

/** Notes the answer to the offer in the row `offer`. */
export function noteAnswer(record: OfferRecord, offer: number, now: number, tasks: number): void {
  record.to[offer] = now;
  record.tasks[offer] = tasks;
}
