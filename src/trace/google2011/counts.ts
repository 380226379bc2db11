/** The report of a reader: how often each oddity was met. */
export type Counts = Record<string, number>;

/** Adds `n` to a count; a count of 0 is listed too. */
export function add(counts: Counts, name: string, n = 1): void {
  counts[name] = (counts[name] ?? 0) + n;
}
