/**
 * Does `work` on the items, at most `atOnce` at a time, and starts them in order; returns the results in
 * order. If items fail, it starts no further items, waits for those under way, and throws the error of the
 * failed item that comes first in the list.
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
 * Does `work` on the items, at most `atOnce` at a time, and yields the results in order, as the caller asks
 * for them. Throws the error of the first item that fails; later items may have been started.
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
      // An error is thrown when its item is awaited below; without this, Node would report it as unhandled
      // before.
      result.catch(() => undefined);
      begun.push(result);
    }
    yield await begun.shift()!;
  }
}
