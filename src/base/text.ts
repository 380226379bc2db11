/** Texts that a reader sees, in the two languages of the lab. */

/** A text in English and Chinese. */
export type Text = { readonly en: string; readonly zh: string };

/** A text as a user may give it: one string stands for both languages. */
export type Words = string | Text;

/** Returns the text in both languages, without other keys that the object may have. */
export function toText(words: Words): Text {
  if (typeof words === "string") return { en: words, zh: words };
  const { en, zh } = words;
  return { en, zh };
}
