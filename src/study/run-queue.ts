/** Decides which run a worker does next. */

/** Hands out items so that a worker stays with one group as long as the group has items left. */
export interface RunQueue<T> {
  /**
   * Returns the next item and its group; undefined when all items have been taken. The item comes from the
   * worker's previous group, else from a group that no worker has begun, else from the group with the most
   * items left.
   */
  take(previous?: string): { readonly item: T; readonly group: string } | undefined;
}

/** Returns a queue of the items. Items with equal `groupOf` share data that is costly to load. */
export function createRunQueue<T>(items: readonly T[], groupOf: (item: T) => string): RunQueue<T> {
  const left = new Map<string, T[]>();
  for (const item of items) {
    const group = groupOf(item);
    const members = left.get(group);
    if (members === undefined) left.set(group, [item]);
    else members.push(item);
  }
  const fresh = [...left.keys()].reverse();

  function mostLeft(): string | undefined {
    let most: string | undefined;
    for (const [group, { length }] of left) {
      if (length > (most === undefined ? 0 : left.get(most)!.length)) most = group;
    }
    return most;
  }

  return {
    take(previous) {
      const hasMore = previous !== undefined && (left.get(previous)?.length ?? 0) > 0;
      const group = hasMore ? previous : (fresh.pop() ?? mostLeft());
      const item = group === undefined ? undefined : left.get(group)?.shift();
      return group === undefined || item === undefined ? undefined : { item, group };
    },
  };
}
