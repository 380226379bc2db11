/** The words of built-in charts in both languages, from one file per language. */
import { toText, type Language, type Text, type Words } from "../figure.js";
import { en, type Phrases } from "./en.js";
import { zh } from "./zh.js";

/** Returns the words as a language has them. */
export type Of = (words: Words) => string;

/**
 * Returns words in both languages: `say((words, of) => words.build.overTime(of(label)))`. Values that are
 * words themselves are read in the same language by `of`.
 */
export function say(pick: (words: Phrases, of: Of) => string): Text {
  const of =
    (language: Language): Of =>
    (words) =>
      toText(words)[language];
  return { en: pick(en, of("en")), zh: pick(zh, of("zh")) };
}
