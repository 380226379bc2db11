import type { Provenance } from "../../../notebook/provenance-html.js";

/**
 * Returns the line on where the numbers of a page are from: sentences that hold for all its charts and tables
 * first, then the others after the names of those that they are about. Nothing where nothing is known.
 */
export function provenanceLine(found: readonly Provenance[], title: string): string {
  if (found.length === 0) return "";
  const all = new Set(found.flatMap(({ of }) => of)).size;
  const sentences = new Map<string, Set<string>>();
  for (const { of, text } of found) {
    for (const sentence of text.split(/(?<=[.?!]) (?=\p{Lu})|(?<=。)/u)) {
      sentences.set(sentence, new Set([...(sentences.get(sentence) ?? []), ...of]));
    }
  }
  const groups = new Map<string, string[]>();
  for (const [sentence, of] of sentences) {
    const names = of.size === all ? "" : [...of].join(", ");
    groups.set(names, [...(groups.get(names) ?? []), sentence]);
  }
  const shared = groups.get("") ?? [];
  const own = [...groups].filter(([names]) => names !== "");
  const parts = [inOne(shared), ...own.map(([names, said]) => `<i>${names}:</i> ${inOne(said)}`)];
  return `<p class="provenance"><b>${title}</b> ${parts.filter((part) => part !== "").join(" ")}</p>`;
}

/** Chinese has no spaces between sentences. */
function inOne(sentences: readonly string[]): string {
  return sentences.join(" ").replaceAll("。 ", "。");
}
