/** What architectures are made of: who decides, on what view, how it commits, in which order and where. */
import type { Policy } from "../../policies/policy.js";

/** Jobs go to workers with queues of their own, or to one center that knows all of them. */
export interface SamplingParts {
  readonly engine: "workers";
  /** When a task is bound to a worker: when the worker asks, when the job arrives, or by the center. */
  readonly binding: "late" | "early" | "central";
  /** For early binding: at random, the least loaded of each task's probes, or of all probes of the job. */
  readonly choose: "random" | "least-of-each" | "least-of-all";
  /** Probes for each task. */
  readonly probeRatio: number;
  /** Time that a message takes, one way. */
  readonly delay: number;
  /** For late binding: reservations without use are taken back; an idle worker asks for several tasks. */
  readonly cancellation: boolean;
  readonly multiget: boolean;
}

/**
 * Schedulers with queues think about one job after the other and place its tasks in a cell that all share.
 */
export interface CellParts {
  readonly engine: "cell";
  /**
   * What a scheduler sees: the cell as it is when it has thought, as it was before, or what it is offered.
   */
  readonly see: "live" | "snapshot" | "offer";
  /**
   * With snapshots, when a claim is refused: no room is left, or the machine has been claimed on meanwhile.
   */
  readonly conflict: "resource-fit" | "sequence-numbers";
  /** What a refused claim does to the job's other claims: nothing, or all are taken back. */
  readonly transaction: "incremental" | "all-or-nothing";
  /**
   * Which job of its queue a scheduler takes next: the first; the first of the class with the least CPU or
   * the least dominant share; or the one with the least estimated work. Default "fifo".
   */
  readonly order?: "fifo" | "fair" | "drf" | "srpt";
  /**
   * Chooses the machines: a policy that places. Make it in `create` (`createPolicy`), anew for each run. It
   * sees requests as loads. Default: random first fit.
   */
  readonly where?: Policy;
  /** Jobs of a class that several schedulers serve are dealt to them in turn. */
  readonly schedulers: readonly SchedulerParts[];
  /** For offers. */
  readonly offers: OfferParts;
  /** A job with unplaced tasks comes back after so long. */
  readonly retryAfter: number;
  /**
   * It is given up after more decisions than this without any task placed, or after more than this at all.
   */
  readonly attemptsWithoutTask: number;
  readonly attempts: number;
}

export interface SchedulerParts {
  readonly name: string;
  /** Time to think about a job of each class that the scheduler serves: `job` + `task` x unplaced tasks. */
  readonly thinks: Readonly<Record<string, ThinkTime>>;
  /** The rows of the machines that it may use, from the first to before the second; absent: all. */
  readonly machines?: readonly [number, number];
}

export interface ThinkTime {
  readonly job: number;
  readonly task: number;
}

/** Offers as in Omega's model of Mesos: all that is free goes to one framework. */
export interface OfferParts {
  /** Time from a request to the next offer, which collects what becomes free meanwhile. */
  readonly interval: number;
  /** Time that the allocator thinks. */
  readonly allocatorThinks: number;
  /** Less than this is not offered. */
  readonly leastCpu: number;
  readonly leastMemory: number;
}

/** Long jobs are placed by a central scheduler, short jobs probe workers: Hawk, Eagle and their relatives. */
export interface HybridParts {
  readonly engine: "hybrid";
  /** A job is long where its estimated task time is above this. */
  readonly cutoff: number;
  /** Per cent of the workers that short jobs may use, from the first on, and long jobs, up to the last. */
  readonly shortPercent: number;
  readonly longPercent: number;
  /** How long jobs find workers: in a table of estimated work, or by probes. */
  readonly long: "table" | "probes";
  /**
   * How short jobs do: by probes; avoiding workers with long jobs by bitmaps that workers return, or by the
   * one that the central scheduler has; or as long jobs do.
   */
  readonly short: "probes" | "returned-bitmaps" | "central-bitmap" | "as-long";
  readonly probeRatio: number;
  /** Probes of a job at least. */
  readonly leastProbes: number;
  /** Time that a message takes, one way. */
  readonly delay: number;
  /** An idle worker asks so many others for short reservations behind long ones; 0: none. */
  readonly stealAttempts: number;
  /** And takes no more than so many. */
  readonly stealLimit: number;
  /** A reservation of a short job stays until the job has no task left. */
  readonly sticky: boolean;
  /** Reservations of jobs with the least remaining work go first. */
  readonly shortestFirst: boolean;
  /** A reservation is overtaken while its delay stays within this many estimated task times. */
  readonly slack: number;
}

/** Jobs deal their tasks to masters, each with a group of workers: Pigeon. */
export interface GroupParts {
  readonly engine: "groups";
  readonly masters: number;
  /** Workers of each group that short tasks alone may use. */
  readonly reserved: number;
  /** A job is long where its estimated task time is above this. */
  readonly cutoff: number;
  /** Long tasks wait until so many short ones in a row have gone before. */
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
  /** What is left of an offer is not offered to the framework again for so long. */
  readonly refuseFor: number;
  /** An agent with less of both free is not offered. */
  readonly leastCpu: number;
  readonly leastMemory: number;
  /** Time that a message takes, one way. */
  readonly delay: number;
  /** A job's tasks are near their data on so many agents, drawn for each task; 0: on all. */
  readonly copies: number;
  /** A job lets so many agents pass on which no task of it is near its data (delay scheduling). */
  readonly skips: number;
}

export interface FrameworkParts {
  readonly name: string;
  readonly role: string;
  /** The classes of jobs that it runs; jobs of a class with several frameworks are dealt in turn. */
  readonly classes: readonly string[];
}

export interface RoleParts {
  /** A role's share is divided by it. */
  readonly weight: number;
  /** What the role gets before others. */
  readonly quotaCpu: number;
  readonly quotaMemory: number;
}

export type Parts = SamplingParts | CellParts | HybridParts | GroupParts | MesosParts;
