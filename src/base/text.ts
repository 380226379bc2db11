/** Words that a reader sees, in the two languages of the lab. */

/** Words in English and Chinese. */
export type Text = { readonly en: string; readonly zh: string };

/** What a user may give as words: one string stands for both languages. */
export type Words = string | Text;

/** Returns the words in both languages, and nothing else that the object may hold beside them. */
export function toText(words: Words): Text {
  if (typeof words === "string") return { en: words, zh: words };
  const { en, zh } = words;
  return { en, zh };
}
