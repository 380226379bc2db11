/** What architectures are made of: who decides, on what view, how it commits, in which order and where. */
import type { Policy } from "../policies/policy.js";

/** Jobs go to workers with queues of their own, or to one center that knows all of them. */
export interface SamplingParts {
  readonly engine: "workers";
  /**
   * When a task is bound to a worker: "late" when the worker asks, "early" when the job arrives, "central"
   * when the center finds room.
   */
  readonly binding: "late" | "early" | "central";
  /** For early binding: at random, the least loaded of each task's probes, or of all probes of the job. */
  readonly choose: "random" | "least-of-each" | "least-of-all";
  /** Probes for each task. */
  readonly probeRatio: number;
  /** Time that a message takes, one way. */
  readonly delay: number;
  /** For late binding: whether reservations that are not needed are canceled. */
  readonly cancellation: boolean;
  /** For late binding: whether an idle worker asks for several tasks in one message. */
  readonly multiget: boolean;
}

/**
 * Schedulers with queues decide about one job after the other and place its tasks in a cell that all share.
 */
export interface CellParts {
  readonly engine: "cell";
  /**
   * What a scheduler sees: the cell at the end of its decision ("live") or at the beginning ("snapshot"), or
   * what it is offered.
   */
  readonly see: "live" | "snapshot" | "offer";
  /**
   * With snapshots, when a claim is refused: no room is left, or another claim on the machine came first.
   */
  readonly conflict: "resource-fit" | "sequence-numbers";
  /** What a refused claim does to the job's other claims: nothing, or all are canceled. */
  readonly transaction: "incremental" | "all-or-nothing";
  /**
   * Which job of its queue a scheduler takes next: "fifo" the first; "fair" the first job of the class with
   * the least CPU in use, "drf" of the class with the least dominant share; "srpt" the job with the least
   * estimated work. Default "fifo".
   */
  readonly order?: "fifo" | "fair" | "drf" | "srpt";
  /**
   * A policy with a placement rule, which chooses the machines. `create` must make a new one for each run
   * (`createPolicy`). It sees requests as loads. Default: random first fit.
   */
  readonly where?: Policy;
  /** The jobs of a class are assigned in turn to the schedulers that serve the class. */
  readonly schedulers: readonly SchedulerParts[];
  /** For offers. */
  readonly offers: OfferParts;
  /** Time after which a job with unplaced tasks enters the queue again. */
  readonly retryAfter: number;
  /**
   * A job is abandoned after more decisions than this in which no task was placed.
   */
  readonly attemptsWithoutTask: number;
  /** A job is abandoned after more decisions than this. */
  readonly attempts: number;
}

export interface SchedulerParts {
  readonly name: string;
  /** Time to think about a job of each class that the scheduler serves: `job` + `task` x unplaced tasks. */
  readonly thinks: Readonly<Record<string, ThinkTime>>;
  /** The rows of the machines that it may use: the first, and the one after the last. Default: all. */
  readonly machines?: readonly [number, number];
}

export interface ThinkTime {
  readonly job: number;
  readonly task: number;
}

/** Offers as in Omega's model of Mesos: all that is free goes to one framework. */
export interface OfferParts {
  /** Time from a request to the next offer, which includes what becomes free in this time. */
  readonly interval: number;
  /** Time that the allocator thinks. */
  readonly allocatorThinks: number;
  /** An offer has at least this. */
  readonly leastCpu: number;
  readonly leastMemory: number;
}

/** Long jobs are placed by a central scheduler, short jobs probe workers: Hawk, Eagle and their relatives. */
export interface HybridParts {
  readonly engine: "hybrid";
  /** A job is long if its estimated task time is above this. */
  readonly cutoff: number;
  /** Per cent of the workers, counted from the first, that short jobs may use. */
  readonly shortPercent: number;
  /** Per cent of the workers, counted from the last, that long jobs may use. */
  readonly longPercent: number;
  /** How long jobs find workers: in a table of estimated work, or by probes. */
  readonly long: "table" | "probes";
  /**
   * How short jobs find workers: by probes; by probes that avoid workers with long jobs, which the workers
   * ("returned-bitmaps") or the central scheduler ("central-bitmap") name; or as long jobs do.
   */
  readonly short: "probes" | "returned-bitmaps" | "central-bitmap" | "as-long";
  readonly probeRatio: number;
  /** The least number of probes of a job. */
  readonly leastProbes: number;
  /** Time that a message takes, one way. */
  readonly delay: number;
  /** The number of workers that an idle worker asks for short reservations behind long ones. */
  readonly stealAttempts: number;
  /** The largest number of reservations that it takes at once. */
  readonly stealLimit: number;
  /** Whether a reservation of a short job stays until the job has no task left. */
  readonly sticky: boolean;
  /** Whether reservations of the job with the least remaining work go first. */
  readonly shortestFirst: boolean;
  /** Others may overtake a reservation until its delay reaches this number of estimated task times. */
  readonly slack: number;
}

/** Jobs distribute their tasks over masters, each with a group of workers: Pigeon. */
export interface GroupParts {
  readonly engine: "groups";
  readonly masters: number;
  /** The number of workers of each group that run short tasks only. */
  readonly reserved: number;
  /** A job is long if its estimated task time is above this. */
  readonly cutoff: number;
  /** The number of consecutive short tasks after which a long one goes first. */
  readonly weight: number;
  /** Time that a message takes, one way: between scheduler and master, master and worker. */
  readonly delay: number;
}

/** An allocator offers agents to frameworks, by roles: Mesos. */
export interface MesosParts {
  readonly engine: "mesos";
  readonly frameworks: readonly FrameworkParts[];
  readonly roles: Readonly<Record<string, RoleParts>>;
  /** Time between two allocations. */
  readonly interval: number;
  /** Time during which the refused rest of an offer is not offered to the framework again. */
  readonly refuseFor: number;
  /** An agent is not offered if less than both of these is free. */
  readonly leastCpu: number;
  readonly leastMemory: number;
  /** Time that a message takes, one way. */
  readonly delay: number;
  /** The number of agents that have the data of a task, drawn for each task; 0: all have it. */
  readonly copies: number;
  /** The number of agents without its data that a job refuses (delay scheduling). */
  readonly skips: number;
}

export interface FrameworkParts {
  readonly name: string;
  readonly role: string;
  /** The classes of jobs that it runs; the jobs of a class are assigned in turn to its frameworks. */
  readonly classes: readonly string[];
}

export interface RoleParts {
  /** The role's dominant share is divided by this. */
  readonly weight: number;
  /** Resources that the role gets before roles without a quota. */
  readonly quotaCpu: number;
  readonly quotaMemory: number;
}

export type Parts = SamplingParts | CellParts | HybridParts | GroupParts | MesosParts;
