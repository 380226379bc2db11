/**
 * Does `work` on the items, at most `atOnce` at a time, begun in order; returns the results in order. Throws
 * the error of the first item that fails, whichever failed first; later ones are not begun, those under way
 * are awaited.
 */
export async function inOrder<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, place: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const errors = new Map<number, unknown>();
  let next = 0;
  const keepBusy = async (): Promise<void> => {
    while (next < items.length && errors.size === 0) {
      const place = next++;
      try {
        results[place] = await work(items[place], place);
      } catch (error) {
        errors.set(place, error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, keepBusy));
  if (errors.size > 0) throw errors.get(Math.min(...errors.keys()));
  return results;
}

/**
 * Does `work` on the items, at most `atOnce` at a time, and hands out the results in order, as they are asked
 * for. Throws the error of the first item that fails; later ones may have been begun.
 */
export async function* mapInOrder<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const begun: Promise<R>[] = [];
  for (let next = 0; next < items.length || begun.length > 0;) {
    while (next < items.length && begun.length < atOnce) {
      const result = work(items[next++]);
      // An error is thrown when its turn comes; until then it is not one that nobody looks at.
      result.catch(() => undefined);
      begun.push(result);
    }
    yield await begun.shift()!;
  }
}
