import type { Language, Table, TableColumn } from "../figure.js";
import { columnWriter } from "../../base/write-numbers.js";

export interface LatexOptions {
  readonly language?: Language;
  /** Significant digits of the largest number of a column; default 3. Whole numbers keep all their digits. */
  readonly digits?: number;
  /** The argument of \label; default "tab:" and the table's name. */
  readonly label?: string;
}

/**
 * Returns a table environment for LaTeX with booktabs rules. Numbers are right-aligned, words left-aligned;
 * undefined values are a dash. Chinese needs ctex or xeCJK.
 */
export function tableToLatex(
  table: Table,
  { language = "en", digits = 3, label }: LatexOptions = {},
): string {
  const { columns } = table;
  const rows = columns[0]?.values.length ?? 0;
  const header = columns.map((column) => headerOf(column, language)).join(" & ");
  const writers = columns.map(({ values }) =>
    columnWriter(
      values.filter((value) => typeof value === "number"),
      digits,
    ),
  );
  const body = Array.from(
    { length: rows },
    (_, row) => `    ${columns.map(({ values }, i) => cell(values[row], writers[i])).join(" & ")} \\\\`,
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

/** Escapes the characters that LaTeX would treat as commands. */
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

function cell(value: number | string | null, write: (value: number) => string): string {
  if (value === null) return "--";
  if (typeof value === "string") return escapeLatex(value);
  const [digits, exponent] = write(value).split("e");
  const power = exponent ? ` $\\times 10^{${Number(exponent)}}$` : "";
  return `${digits.replace("-", "$-$")}${power}`;
}
