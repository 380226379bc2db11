/** Class of elements in which MathJax must set no formula: a name such as "$x$" is a name. */
export const NO_MATH = "mathjax_ignore";

/** Escapes a text for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
