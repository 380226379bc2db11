/** The cost of migrating a task: bytes on the network, time, and lost speed of the task. */

/** Bytes of a page (x86). */
export const PAGE = 4096;

/** A finished round of a pre-copy. */
export interface Round {
  /** Bytes that the round sent. */
  readonly sent: number;
  /** Bytes written meanwhile, which the next pass would send. */
  readonly left: number;
  /** Bytes sent up to the end of this round. */
  readonly total: number;
  /** Bytes a second. */
  readonly rate: number;
  /** Share of the task's CPU that was taken away. */
  readonly throttle: number;
}

/**
 * Times are in seconds. A task that migrates runs at its source, then is stopped (downtime), then runs at its
 * target.
 */
export interface MigrationCost {
  readonly bytes: number;
  /**
   * Passes over the memory while the task runs at its source; the copy while it is stopped does not count.
   */
  readonly rounds: number;
  /** The rounds one by one; only of mechanisms that have rounds. */
  readonly history?: readonly Round[];
  /** The part of `bytes` that is sent after the switch. */
  readonly bytesAfter: number;
  /** From the start of the copy until the last byte has arrived. */
  readonly seconds: number;
  /** From the start until the task runs at its target: `seconds`, less what is copied after the switch. */
  readonly switchAfter: number;
  /** The last part of `switchAfter`, during which the task runs on neither machine. */
  readonly downtime: number;
  /** Time in which the task runs while its memory is being copied, before or after the switch. */
  readonly degraded: number;
  /** CPU time that the task loses at the source because it is slowed down so that pre-copy can end. */
  readonly stalledAtSource: number;
  /** Time that the task waits at the target for pages that have not arrived yet. */
  readonly stalledAtTarget: number;
}

/**
 * A migration that costs nothing: unrealistic, for separating the benefit of a policy's moves from their
 * cost.
 */
export const FREE: MigrationCost = {
  bytes: 0,
  rounds: 0,
  bytesAfter: 0,
  seconds: 0,
  switchAfter: 0,
  downtime: 0,
  degraded: 0,
  stalledAtSource: 0,
  stalledAtTarget: 0,
};

/** Returns the cost plus a fixed time during which the task is stopped, to save its state and to resume. */
export function withFreeze<T extends MigrationCost>(cost: T, freeze: number): T {
  return {
    ...cost,
    seconds: cost.seconds + freeze,
    switchAfter: cost.switchAfter + freeze,
    downtime: cost.downtime + freeze,
  };
}
