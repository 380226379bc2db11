/**
 * Returns the known name that is nearest to a mistyped one by edit distance (Levenshtein), for "did you
 * mean": at most a third of the known name's letters, rounded up, may differ. Undefined where no known name
 * is that near; ties go to the first. `name` is unknown because JavaScript callers may pass anything.
 */
export function nearestName(name: unknown, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Infinity;
  for (const candidate of known) {
    const distance = editDistance(String(name).toLowerCase(), candidate.toLowerCase());
    if (distance < least && distance <= Math.ceil(candidate.length / 3)) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

/** Returns " (did you mean NAME?)" for a mistyped name, "" where no known name is near. */
export function didYouMean(name: unknown, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? "" : ` (did you mean ${nearest}?)`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = previous[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column] + 1, current[column - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
