/** Does the work for each item, at most `jobs` at a time, and returns the results in the items' order. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  jobs: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  async function takeTurns(): Promise<void> {
    for (const [i, item] of waiting) results[i] = await work(item);
  }
  await Promise.all(Array.from({ length: Math.min(jobs, items.length) }, takeTurns));
  return results;
}
