/** Finds the line of a cell for a line of its compiled JavaScript, because tslab has no source maps. */

interface Texts {
  readonly source: string;
  readonly compiled: string;
}

/** The smallest share of common words that counts as the same line. */
const ALIKE = 0.5;

/** Returns the words, numbers and strings of a line, without prefixes that the compiler adds. */
function wordsOf(line: string): string[] {
  const plain = line.replace(/\bexports\.|\b\w+_\d+\.(?=\w)|\(0, /g, "");
  return plain.match(/[\w$]+/g) ?? [];
}

function likeness(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  const left = new Map<string, number>();
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of b) {
    const count = left.get(word) ?? 0;
    if (count > 0) {
      common++;
      left.set(word, count - 1);
    }
  }
  return (2 * common) / (a.length + b.length);
}

/**
 * Returns the zero-based line of the source that is most similar to the compiled line (counted from 1); among
 * equals, the one nearest to the same relative position; undefined where no line is similar.
 */
export function findSourceLine({ source, compiled }: Texts, compiledLine: number): number | undefined {
  const compiledLines = compiled.split("\n");
  const compiledText = compiledLines[compiledLine - 1] ?? "";
  const lines = source.split("\n");
  const imported = /\brequire\((["'])(.+?)\1\)/.exec(compiledText)?.[2];
  if (imported !== undefined) {
    const at = lines.findIndex((line) => line.includes(`"${imported}"`) || line.includes(`'${imported}'`));
    if (at >= 0) return at;
  }
  const wanted = wordsOf(compiledText);
  const expected = ((compiledLine - 1) / compiledLines.length) * lines.length;
  let best: number | undefined;
  let bestScore = ALIKE;
  lines.forEach((line, index) => {
    const nearness = 1 - Math.abs(index - expected) / (lines.length + 1);
    const score = likeness(wanted, wordsOf(line)) + nearness * 1e-3;
    if (score > bestScore) {
      best = index;
      bestScore = score;
    }
  });
  return best;
}
