/** Joins the same texts in two languages. */
import type { Language, Text, Words } from "../figure.js";

/**
 * Phrases in both languages. Parts of a phrase may be texts in both languages themselves; each language uses
 * its own.
 */
export type Both<T> = T extends string
  ? Text
  : T extends (...parts: infer Parts) => string
    ? (...parts: { [K in keyof Parts]: Part<Parts[K]> }) => Text
    : { readonly [K in keyof T]: Both<T[K]> };
type Part<T> = T extends string ? Words : T extends readonly string[] ? readonly Words[] : T;

/**
 * Returns the texts in both languages: a phrase with parts becomes a function of these parts. `chinese` has
 * the keys of `english`.
 */
export function both<T extends object>(english: T, chinese: T): Both<T> {
  return join(english, chinese) as Both<T>;
}

type Phrase = (...parts: readonly unknown[]) => string;

function join(one: unknown, other: unknown): unknown {
  if (typeof one === "string") return { en: one, zh: other };
  if (typeof one === "function") {
    return (...parts: readonly unknown[]) => ({
      en: (one as Phrase)(...parts.map((part) => inLanguage(part, "en"))),
      zh: (other as Phrase)(...parts.map((part) => inLanguage(part, "zh"))),
    });
  }
  if (Array.isArray(one)) return one.map((part, i) => join(part, (other as readonly unknown[])[i]));
  return Object.fromEntries(
    Object.entries(one as object).map(([key, part]) => [
      key,
      join(part, (other as Readonly<Record<string, unknown>>)[key]),
    ]),
  );
}

function inLanguage(part: unknown, language: Language): unknown {
  if (Array.isArray(part)) return part.map((item) => inLanguage(item, language));
  return typeof part === "object" && part !== null && "en" in part ? (part as Text)[language] : part;
}
