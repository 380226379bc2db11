/**
 * Does `work` on the items, at most `atOnce` at a time, begun in order; returns the results in order. Throws the error of the
 * first item that fails, whichever failed first; later ones are not begun, those under way are awaited.
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
