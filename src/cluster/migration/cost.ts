/** What moving a task costs: bytes on the network, time, and how the task fares meanwhile. */

/** Bytes of a page (x86). */
export const PAGE = 4096;

/**
 * Times in seconds. A task that migrates runs at its source, then stands still (downtime), then runs at its
 * target.
 */
export interface MigrationCost {
  readonly bytes: number;
  /**
   * Passes over the memory while the task runs at its source; the copy while it stands still is none of them.
   */
  readonly rounds: number;
  /** From the start of the copy until nothing is on its way any more. */
  readonly seconds: number;
  /** From the start until the task runs at its target: `seconds`, less what is copied after the switch. */
  readonly switchAfter: number;
  /** The last part of `switchAfter`, during which the task runs on neither machine. */
  readonly downtime: number;
  /** Time in which the task runs while its memory is on its way, before or after the switch. */
  readonly degraded: number;
  /** CPU time lost at the source while it copies: a task slowed down so that pre-copy can end. */
  readonly stalledAtSource: number;
  /** Time that the task waits at the target for pages that are not there yet. */
  readonly stalledAtTarget: number;
}

/** A migration that costs nothing: unrealistic, and only for telling a policy's aim from its price. */
export const FREE: MigrationCost = {
  bytes: 0,
  rounds: 0,
  seconds: 0,
  switchAfter: 0,
  downtime: 0,
  degraded: 0,
  stalledAtSource: 0,
  stalledAtTarget: 0,
};

/**
 * Returns the cost with a fixed time more for which the task stands still: to write its state down, to
 * resume.
 */
export function withFreeze<T extends MigrationCost>(cost: T, freeze: number): T {
  return {
    ...cost,
    seconds: cost.seconds + freeze,
    switchAfter: cost.switchAfter + freeze,
    downtime: cost.downtime + freeze,
  };
}
