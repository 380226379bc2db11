/** Converts sentences to paragraphs, because a text as the console prints it looks like code. */
import { escapeHtml } from "./escape-html.js";

/** One paragraph, or several. */
export type Prose = string | readonly string[];

export function isProse(value: unknown): value is Prose {
  return (
    typeof value === "string" || (Array.isArray(value) && value.every((item) => typeof item === "string"))
  );
}

export function proseHtml(prose: Prose): string {
  const paragraphs = [prose].flat().map((text) => `<p>${escapeHtml(text)}</p>`);
  return `<div class="schedlab-prose">${paragraphs.join("")}</div>`;
}

export function proseText(prose: Prose): string {
  return [prose].flat().join("\n\n");
}
