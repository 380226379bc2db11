/** How long work has to stay where it went: longer each time that it goes to and fro. */

export interface Dwell {
  /** Whether the work may move, at a decision of this number. */
  readonly mayMove: (work: string, decision: number) => boolean;
  /** Notes that the work goes from one node to another. */
  readonly note: (work: string, from: number, to: number, decision: number) => void;
}

interface Stay {
  readonly since: number;
  readonly length: number;
  /** When it left each node. */
  readonly left: ReadonlyMap<number, number>;
}

/**
 * Remembers who moved when. Work stays for `cooldown` decisions. A return to a node that it left fewer than
 * `bounce` decisions ago, or fewer than twice its last stay's length, doubles the stay; any other move sets
 * it back.
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
