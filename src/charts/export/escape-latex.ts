/** Escapes the characters that LaTeX would treat as commands, or that its fonts may not have. */
export function escapeLatex(text: string): string {
  return text.replaceAll(
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
