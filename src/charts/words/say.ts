/** Joins the texts of built-in charts in both languages, from one file per language. */
import { toText, type Language, type Text, type Words } from "../figure.js";
import { en, type Phrases } from "./en.js";
import { zh } from "./zh.js";

/**
 * Phrases in both languages. Parts of a phrase may be texts in both languages themselves; each language uses
 * its own.
 */
type Both<T> = T extends string
  ? Text
  : T extends (...parts: infer Parts) => string
    ? (...parts: { [K in keyof Parts]: Part<Parts[K]> }) => Text
    : { readonly [K in keyof T]: Both<T[K]> };
type Part<T> = T extends string ? Words : T extends readonly string[] ? readonly Words[] : T;

/** The texts of built-in charts: `words.gini.title`, `words.build.overTime(label)`. */
export const words = both(en, zh) as Both<Phrases>;

type Phrase = (...parts: readonly unknown[]) => string;

function both(one: unknown, other: unknown): unknown {
  if (typeof one === "string") return { en: one, zh: other };
  if (typeof one === "function") {
    return (...parts: readonly unknown[]) => ({
      en: (one as Phrase)(...parts.map((part) => inLanguage(part, "en"))),
      zh: (other as Phrase)(...parts.map((part) => inLanguage(part, "zh"))),
    });
  }
  if (Array.isArray(one)) return one.map((part, i) => both(part, (other as readonly unknown[])[i]));
  return Object.fromEntries(
    Object.entries(one as object).map(([key, part]) => [
      key,
      both(part, (other as Readonly<Record<string, unknown>>)[key]),
    ]),
  );
}

function inLanguage(part: unknown, language: Language): unknown {
  if (Array.isArray(part)) return part.map((item) => inLanguage(item, language));
  return typeof part === "object" && part !== null && "en" in part ? (part as Text)[language] : part;
}

/** Returns a text in one language. */
export type Of = (given: Words) => string;

/**
 * Returns a text in both languages: `say((phrases, of) => phrases.build.overTime(of(label)))`. `of`
 * translates values that are texts themselves.
 */
export function say(pick: (phrases: Phrases, of: Of) => string): Text {
  const of =
    (language: Language): Of =>
    (given) =>
      toText(given)[language];
  return { en: pick(en, of("en")), zh: pick(zh, of("zh")) };
}
