/**
 * Where the numbers of charts and tables are from. Each has it in its HTML, but only the first with the same
 * words shows it; a page of the site shows it once, at its end.
 */
import { escapeHtml, NO_MATH } from "./escape-html.js";

/** Returns the line, hidden where it was shown before. Nothing for an empty text. */
export function provenanceHtml(provenance: string, name: string, isShown: boolean): string {
  if (provenance === "") return "";
  const tag = `<p class="schedlab-provenance ${NO_MATH}" data-of="${escapeHtml(name)}"`;
  const style = `style="margin: 0.3em 0; font-size: 80%; color: #666;"`;
  return `${tag}${isShown ? "" : " hidden"} ${style}>${escapeHtml(provenance)}</p>`;
}

const LINE = /<p class="schedlab-provenance [^"]*" data-of="([^"]*)"[^>]*>([^<]*)<\/p>/g;

/** What charts and tables of a page say of their numbers. */
export interface Provenance {
  /** The names of charts and tables. */
  readonly of: readonly string[];
  /** As HTML. */
  readonly text: string;
}

/** Takes the lines out of the HTML of a page. Returns the rest, and each text once with its names. */
export function takeProvenance(html: string): {
  readonly html: string;
  readonly found: readonly Provenance[];
} {
  const names = new Map<string, string[]>();
  for (const [, name, text] of html.matchAll(LINE)) {
    names.set(text, [...new Set([...(names.get(text) ?? []), name])]);
  }
  return { html: html.replace(LINE, ""), found: [...names].map(([text, of]) => ({ text, of })) };
}
