/** How long work must stay on a node after a move: longer each time that it returns to a previous node. */

export interface Dwell {
  /** Whether the work may move at the decision with this number. */
  readonly mayMove: (work: string, decision: number) => boolean;
  /** Records that the work moves from one node to another. */
  readonly note: (work: string, from: number, to: number, decision: number) => void;
}

interface Stay {
  readonly since: number;
  readonly length: number;
  /** The decision at which it left each node. */
  readonly left: ReadonlyMap<number, number>;
}

/**
 * Work stays on a node for `cooldown` decisions after a move. If it returns to a node that it left fewer than
 * `bounce` decisions ago, or at most twice the length of its last stay ago, the stay is doubled. Any other
 * move resets the stay to `cooldown`.
 */
export function createDwell({
  cooldown,
  bounce,
}: {
  readonly cooldown: number;
  readonly bounce: number;
}): Dwell {
  const stays = new Map<string, Stay>();
  return {
    mayMove(work, decision) {
      const stay = stays.get(work);
      return stay === undefined || decision - stay.since >= stay.length;
    },
    note(work, from, to, decision) {
      const stay = stays.get(work);
      const away = decision - (stay?.left.get(to) ?? -Infinity);
      const returned = stay !== undefined && away < Math.max(bounce, 2 * stay.length + 1);
      stays.set(work, {
        since: decision,
        length: returned ? 2 * stay.length : cooldown,
        left: new Map(stay?.left).set(from, decision),
      });
    },
  };
}
