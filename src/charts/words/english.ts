/** Small pieces of English grammar for the texts of charts. */

/** Joins parts by commas, the last two by a word. */
export function series(parts: readonly string[], word: string): string {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${word} ${parts[parts.length - 1]}`;
}

/** Returns "no move", "1 move", "2 moves"; "access" becomes "accesses". */
export function count(number: number, what: string): string {
  const many = what.endsWith("s") ? `${what}es` : `${what}s`;
  return `${number === 0 ? "no" : number} ${number === 1 ? what : many}`;
}

/** Lower-cases the first letter, except of abbreviations such as LC and names such as Jain's. */
export function lowerFirst(text: string): string {
  return /^(Gini|Jain)/.test(text) || !/^[A-Z][a-z]/.test(text)
    ? text
    : text.charAt(0).toLowerCase() + text.slice(1);
}
