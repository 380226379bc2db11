/**
 * Input and output of the steal-time schedulers, the same for the testbed model, a recorded /proc/stat and a
 * running machine.
 */

/** One CPU's line of /proc/stat: time in USER_HZ ticks (1/100 s) since boot. `user` includes guest time. */
export interface CpuTicks {
  readonly cpu: number;
  readonly user: number;
  readonly nice: number;
  readonly system: number;
  readonly idle: number;
  readonly iowait: number;
  readonly irq: number;
  readonly softirq: number;
  /**
   * Time in which the CPU was runnable but its host ran something else. It does not grow while the CPU is
   * idle.
   */
  readonly steal: number;
}

/** /proc/stat at one moment. */
export interface StatSample {
  /** Seconds on a monotonic clock. */
  readonly seconds: number;
  /** The CPUs that are online, sorted by number. */
  readonly cpus: readonly CpuTicks[];
}

/** A process or control group that can be moved as a whole. */
export interface Work {
  readonly id: string;
  /** Index into `nodes` of the node that it is confined to; -1 where it runs on several nodes. */
  readonly node: number;
  /** CPU that it used since the previous sample, in CPUs (CPU seconds per second). */
  readonly cpu: number;
  /** Bytes that a move transfers to another node. */
  readonly workingSet: number;
}

/** The reading of one node for a decision. */
export interface NodeReading {
  /** Stolen ticks since the previous sample, summed over the node's CPUs. */
  readonly stealTicks: number;
  /**
   * Steal as a share of the time in which the node's CPUs were not idle (busy or stolen), 0..1; NaN where
   * they were always idle.
   */
  readonly stealShare: number;
  /** Busy time, without steal, as a share of the elapsed time, 0..1. */
  readonly busyShare: number;
}

export interface WorkMove {
  readonly work: string;
  readonly from: number;
  readonly to: number;
}

export interface Decision {
  readonly seconds: number;
  /** By index into `nodes`. */
  readonly readings: readonly NodeReading[];
  readonly moves: readonly WorkMove[];
  /** One line for the log: why work was moved, or why not. */
  readonly reason: string;
}

/** Remembers previous samples, so each run needs a new one. */
export interface Decider {
  readonly name: string;
  /**
   * Decides on the moves after a sample. Never moves anything on an invalid sample. (The decider was created
   * with the CPU numbers of the nodes.)
   */
  decide(sample: StatSample, work: readonly Work[]): Decision;
}
