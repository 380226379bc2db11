/**
 * What the steal-time scheduler is told and what it answers: the same whether the testbed model, a recorded
 * /proc/stat or a running machine asks.
 */

/** One CPU's line of /proc/stat: time in USER_HZ ticks (1/100 s) since boot. Guest time is inside user. */
export interface CpuTicks {
  readonly cpu: number;
  readonly user: number;
  readonly nice: number;
  readonly system: number;
  readonly idle: number;
  readonly iowait: number;
  readonly irq: number;
  readonly softirq: number;
  /** Time in which the CPU was runnable and its host ran something else; does not grow while it is idle. */
  readonly steal: number;
}

/** /proc/stat at one moment. */
export interface StatSample {
  /** Seconds on a clock that only goes forward. */
  readonly seconds: number;
  /** The CPUs that are online, in order of number. */
  readonly cpus: readonly CpuTicks[];
}

/** A process or control group that may be moved as a whole. */
export interface Work {
  readonly id: string;
  /** Index into `nodes` of the node it is confined to, -1 where it runs on several. */
  readonly node: number;
  /** CPUs' worth of time that it used since the sample before. */
  readonly cpu: number;
  /** Bytes that follow it to another node. */
  readonly workingSet: number;
}

/** What a decision saw of one node. */
export interface NodeReading {
  /** Ticks stolen since the sample before, over all CPUs of the node. */
  readonly stealTicks: number;
  /**
   * Steal over the time that the node's CPUs were not idle (busy and stolen), 0..1; NaN where they always
   * were.
   */
  readonly stealShare: number;
  /** Busy time over elapsed time, steal left out, 0..1. */
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
  /** One line for the log: why it moved something, or why not. */
  readonly reason: string;
}

/** Holds what it saw before; make a new one for each run. */
export interface Decider {
  readonly name: string;
  /**
   * `nodes` are lists of CPU numbers, given when the decider was made. Never moves anything on a sample that
   * makes no sense.
   */
  decide(sample: StatSample, work: readonly Work[]): Decision;
}
