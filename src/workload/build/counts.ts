/** The report of a reader: how often each oddity was met. */
export type Counts = Record<string, number>;

/** Adds `n` to a count; a count of 0 is listed too. */
export function add(counts: Counts, name: string, n = 1): void {
  counts[name] = (counts[name] ?? 0) + n;
}

/** Adds counts to others, name by name. */
export function addAll(counts: Counts, others: Counts): void {
  for (const [name, n] of Object.entries(others)) add(counts, name, n);
}
