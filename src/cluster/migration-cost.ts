/** What moving a task costs: bytes on the network, time, downtime. */

export interface MigrationCost {
  readonly bytes: number;
  /** From the start of the copy to the switch, downtime included. */
  readonly seconds: number;
  /** The last part of `seconds`, during which the task runs on neither machine. */
  readonly downtime: number;
}

export interface PreCopyOptions {
  /** Memory to move, in bytes. */
  readonly memory: number;
  /** Bytes a second that the network gives. */
  readonly bandwidth: number;
  /** Bytes a second that the task writes to pages already sent. */
  readonly dirtyRate: number;
  /** The most bytes that can be dirty at a time: its writable working set. */
  readonly workingSet?: number;
  /** Stop and copy as soon as the rest takes no longer than this, in seconds (QEMU's default: .3). */
  readonly downtimeGoal?: number;
  /** Rounds before it stops whatever is left (Xen's DEF_MAX_ITERS: 29). */
  readonly maxRounds?: number;
}

/**
 * Returns the cost of an iterative pre-copy (Clark et al., NSDI 2005): the whole memory is sent, then in each
 * round what the round before left dirty; the task stops for the last round. A round is the last before the
 * stop when what it leaves can be sent within the downtime goal, when it leaves no less than it sent (the
 * thesis's rule: "round i resends more than round i - 1"), or when the rounds are used up.
 *
 * With lambda = dirtyRate / bandwidth < 1 and no cap by the working set, n rounds and the stop send
 * memory * (1 - lambda^(n+1)) / (1 - lambda) bytes (Liu et al., HPDC 2011).
 */
export function preCopy({
  memory,
  bandwidth,
  dirtyRate,
  workingSet = memory,
  downtimeGoal = 0.3,
  maxRounds = 29,
}: PreCopyOptions): MigrationCost {
  let bytes = 0;
  let left = memory;
  for (let round = 1; round <= maxRounds; round++) {
    const sent = left;
    bytes += sent;
    left = Math.min((dirtyRate * sent) / bandwidth, workingSet);
    if (left <= bandwidth * downtimeGoal || left >= sent) break;
  }
  bytes += left;
  return { bytes, seconds: bytes / bandwidth, downtime: left / bandwidth };
}

/** A migration that costs nothing: unrealistic, and only for telling a policy's aim from its price. */
export const FREE: MigrationCost = { bytes: 0, seconds: 0, downtime: 0 };
