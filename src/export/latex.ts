import type { Language, Table, TableColumn } from "../charts/figure.js";

export interface LatexOptions {
  readonly language?: Language;
  /** Significant digits of a number; default 3. Whole numbers are written in full. */
  readonly digits?: number;
  /** For \label{...}; default "tab:" and the table's name. */
  readonly label?: string;
}

/**
 * Returns a table environment for LaTeX with booktabs rules. Numbers stand right, words left; what is not defined
 * is a dash. Chinese needs ctex or xeCJK.
 */
export function tableToLatex(
  table: Table,
  { language = "en", digits = 3, label }: LatexOptions = {},
): string {
  const { columns } = table;
  const rows = columns[0]?.values.length ?? 0;
  const header = columns.map((column) => headerOf(column, language)).join(" & ");
  const body = Array.from(
    { length: rows },
    (_, row) => `    ${columns.map(({ values }) => cell(values[row], digits)).join(" & ")} \\\\`,
  );
  return [
    "% needs \\usepackage{booktabs}",
    "\\begin{table}",
    "  \\centering",
    `  \\caption{${escapeLatex(table.caption[language])}}`,
    `  \\label{${label ?? `tab:${table.name}`}}`,
    `  \\begin{tabular}{${columns.map(alignment).join("")}}`,
    "    \\toprule",
    `    ${header} \\\\`,
    "    \\midrule",
    ...body,
    "    \\bottomrule",
    "  \\end{tabular}",
    "\\end{table}",
    "",
  ].join("\n");
}

/** Returns the text with the characters that LaTeX takes as commands written so that they print. */
export function escapeLatex(text: string): string {
  return text.replaceAll(
    /[\\{}$&#^_%~<>|"≥≤×→²⁹–—−]/g,
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
};

function headerOf({ label, unit }: TableColumn, language: Language): string {
  const text = escapeLatex(label[language]);
  return unit === "" ? text : `${text} (${escapeLatex(unit)})`;
}

function alignment({ values }: TableColumn): string {
  return values.some((value) => typeof value === "string") ? "l" : "r";
}

function cell(value: number | string | null, digits: number): string {
  if (value === null) return "--";
  return typeof value === "string" ? escapeLatex(value) : formatNumber(value, digits).replace("-", "$-$");
}

/** Returns a number with so many significant digits, never in exponent form, digits before the point never lost. */
export function formatNumber(value: number, digits: number): string {
  if (value === 0 || Number.isInteger(value)) return String(value);
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(decimals, 100));
}
