/**
 * Returns a text as lines of at most `width` characters, broken at spaces; a longer word has a line of its
 * own. The lines after the first begin with `indent`.
 */
export function wrapLines(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  let line: string | undefined;
  for (const word of text.split(" ")) {
    if (line === undefined) line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line ?? ""];
}

/** Returns a paragraph: the lines of `wrapLines`, each with a line feed. */
export function wrap(text: string, width: number, indent = ""): string {
  return wrapLines(text, width, indent)
    .map((line) => `${line}\n`)
    .join("");
}
