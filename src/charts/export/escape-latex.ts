import { visible } from "../../base/visible.js";

/** Escapes the characters that LaTeX would treat as commands, or that its fonts may not have. */
export function escapeLatex(text: string): string {
  // An empty line would end the argument that a text is in.
  return visible(text.replaceAll(/[\t-\r\u2028\u2029]+/g, " ")).replaceAll(
    /[\\{}$&#^_%~<>|"≥≤×→²⁹–—−±Δ∞]/g,
    (character) => ESCAPES[character] ?? `\\${character}`,
  );
}

const ESCAPES: Readonly<Partial<Record<string, string>>> = {
  "\\": "\\textbackslash{}",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "<": "$<$",
  ">": "$>$",
  "|": "$|$",
  '"': "\\textquotedbl{}",
  "≥": "$\\ge$",
  "≤": "$\\le$",
  "×": "$\\times$",
  "→": "$\\to$",
  "²": "$^2$",
  "⁹": "$^9$",
  "–": "--",
  "—": "---",
  "−": "$-$",
  "±": "$\\pm$",
  Δ: "$\\Delta$",
  "∞": "$\\infty$",
};
