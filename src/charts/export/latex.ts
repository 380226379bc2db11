/** Writes tables and figures for LaTeX. */
import type { Figure, Language, Table } from "../figure.js";
import { sizeOf, UNITS, type Width } from "../widths.js";
import { escapeLatex } from "./escape-latex.js";
import { latexColumn, type LatexColumn } from "./latex-column.js";

export interface LatexOptions {
  readonly language?: Language;
  /** Significant digits of the largest number of a column; default 3. Whole numbers keep all their digits. */
  readonly digits?: number;
  /** The argument of \label; default "tab:" and the table's name. */
  readonly label?: string;
}

/**
 * Returns a table environment for LaTeX: booktabs rules, words left, numbers right or at their decimal points
 * (siunitx), headers in lines as short as their columns, in a size that fits a column of the text or else,
 * as table*, a page; what is wider is set in parts below each other, each with the first column. What was
 * simulated stands in a comment. Chinese needs ctex.
 */
export function tableToLatex(
  table: Table,
  { language = "en", digits = 3, label = `tab:${table.name}` }: LatexOptions = {},
): string {
  const columns = table.columns.map((column) => latexColumn(column, language, digits));
  const { name, size, parts } = layOut(columns);
  return [
    "% needs \\usepackage{booktabs, siunitx}",
    ...comments(table.provenance?.[language]),
    `\\begin{${name}}`,
    "  \\centering",
    `  \\caption{${escapeLatex(table.caption[language])}}`,
    `  \\label{${latexKey(label)}}`,
    `  ${size}`,
    ...parts.flatMap((part, i) => [...(i === 0 ? [] : ["", "  \\medskip"]), ...tabular(part)]),
    `\\end{${name}}`,
    "",
  ].join("\n");
}

function tabular(columns: readonly LatexColumn[]): string[] {
  const row = (cells: readonly string[]): string => `    ${cells.join(" & ")} \\\\`;
  const rows = (columns[0] as LatexColumn | undefined)?.cells ?? [];
  return [
    `  \\begin{tabular}{@{}${columns.map(({ format }) => format).join("")}@{}}`,
    "    \\toprule",
    row(columns.map(({ header }) => header)),
    "    \\midrule",
    ...rows.map((_, at) => row(columns.map(({ cells }) => cells[at]))),
    "    \\bottomrule",
    "  \\end{tabular}",
  ];
}

/** Widths of a column and of a page in points, and sizes of text with their room between columns. */
const PLACES = [
  ["table", 240],
  ["table*", 505],
] as const;
const SIZES = [
  { size: "\\small", letter: 4.7, between: 12 },
  { size: "\\footnotesize\\setlength{\\tabcolsep}{3pt}", letter: 4.2, between: 6 },
] as const;

interface Layout {
  readonly name: string;
  readonly size: string;
  readonly parts: readonly (readonly LatexColumn[])[];
}

/** Returns the narrowest environment in which the columns have room, and the largest size of text in it. */
function layOut(columns: readonly LatexColumn[]): Layout {
  for (const [name, room] of PLACES) {
    for (const { size, ...letters } of SIZES) {
      if (widthOf(columns, letters) <= room) return { name, size, parts: [columns] };
    }
  }
  const [[name, room], { size, ...letters }] = [PLACES[1], SIZES[1]];
  const [first, ...others] = columns;
  const parts: LatexColumn[][] = [];
  for (const column of others) {
    const last = parts.at(-1);
    if (last && widthOf([...last, column], letters) <= room) last.push(column);
    else parts.push([first, column]);
  }
  return { name, size, parts };
}

function widthOf(
  columns: readonly LatexColumn[],
  { letter, between }: { readonly letter: number; readonly between: number },
): number {
  return columns.reduce((sum, { letters }) => sum + letters * letter + between, -between);
}

export interface FigureLatexOptions {
  readonly language: Language;
  readonly width: Width;
  /** Name of the PDF, without its folder. */
  readonly file: string;
}

/** Wider figures go over both columns of a page. */
const WIDEST_COLUMN = 4 * UNITS.in;

/**
 * Returns a figure environment for LaTeX, which shows the PDF in the width for which it was drawn. What was
 * simulated stands in comments.
 */
export function figureToLatex(figure: Figure, { language, width, file }: FigureLatexOptions): string {
  const pixels = sizeOf(width, figure.width).width;
  const inches = `${Number((pixels / UNITS.in).toFixed(3))}in`;
  const name = pixels > WIDEST_COLUMN ? "figure*" : "figure";
  return [
    "% needs \\usepackage{graphicx} and, in another folder, \\graphicspath{{folder/}}",
    ...comments(figure.provenance?.[language]),
    `\\begin{${name}}`,
    "  \\centering",
    `  \\includegraphics[width=${/^[\d.]+(pt|in|cm|mm)$/.test(width) ? width : inches}]{${file}}`,
    `  \\caption{${escapeLatex(figure.caption[language])}}`,
    `  \\label{fig:${latexKey(figure.name)}}`,
    `\\end{${name}}`,
    "",
  ].join("\n");
}

/** Returns the text as a key, without the characters that TeX would read as something else. */
const latexKey = (text: string): string => text.replaceAll(/[\\{}%#~^&$\n\r]+/g, "-");

/** Returns the text as a line of comment, or no line. */
function comments(text = ""): string[] {
  return text === "" ? [] : [`% ${text.replace(/\s+/g, " ")}`];
}
