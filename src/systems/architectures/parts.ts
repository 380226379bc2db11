/** What architectures are made of: who decides, on what view, how it commits, in which order and where. */

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

export type Parts = SamplingParts;
