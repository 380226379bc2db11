/** The report of a reader: how often each odd case occurred. */
export type Counts = Record<string, number>;

/** Adds `n` to a count; also lists a count of 0. */
export function add(counts: Counts, name: string, n = 1): void {
  counts[name] = (counts[name] ?? 0) + n;
}

export function addAll(counts: Counts, others: Counts): void {
  for (const [name, n] of Object.entries(others)) add(counts, name, n);
}
