/** Lays out one column of a table for LaTeX. */
import { columnWriter } from "../../base/write-numbers.js";
import type { Language, TableColumn } from "../figure.js";
import { textWidth } from "../legend.js";
import { escapeLatex } from "./escape-latex.js";

export interface LatexColumn {
  /** Its part of tabular's argument, such as "l" or "S[table-format=2.1]". */
  readonly format: string;
  readonly header: string;
  readonly cells: readonly string[];
  /** Its width in letters. */
  readonly letters: number;
}

/** A number as `columnWriter` writes it, perhaps with an interval's arm, and a star where it differs. */
const NUMBER = /^([-−]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?( ± [\d.e+-]+)?(\*?)$/;
/** The text of a value that is not defined or infinite. */
const MISSING = ["", "–", "—", "-", "∞", "-∞", "−∞"];
/** Texts longer than this are set in lines. */
const LONGEST = 40;
const LINE = 30;

/** Returns the column; words are escaped, and undefined values are a dash. */
export function latexColumn(column: TableColumn, language: Language, digits: number): LatexColumn {
  const { label, unit, values } = column;
  const write = columnWriter(
    values.filter((value) => typeof value === "number"),
    digits,
  );
  const texts = values.map((value) =>
    value === null ? "–" : typeof value === "string" ? value : write(value).replace("Infinity", "∞"),
  );
  const given = texts.filter((text) => !MISSING.includes(text));
  const isOfNumbers = given.length > 0 && given.every(isNumber);
  const { format, cells, align } = isOfNumbers ? numberColumn(texts) : wordColumn(texts, given);
  const widest = Math.max(...texts.map((text) => Math.min(lettersOf(text), LONGEST)), 0);
  const lines = headerLines(label[language], unit, Math.max(widest, 9));
  const escaped = lines.map(escapeLatex).join("\\\\");
  const header = lines.length === 1 ? escaped : `\\begin{tabular}[b]{@{}${align}@{}}${escaped}\\end{tabular}`;
  return {
    format,
    // siunitx reads what stands in no braces as a number.
    header: format.startsWith("S") ? `{${header}}` : header,
    cells,
    letters: Math.max(widest, ...lines.map(lettersOf)),
  };
}

function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

type Body = Pick<LatexColumn, "format" | "cells"> & { readonly align: "l" | "c" | "r" };

/** Numbers stand at their decimal points, those with an arm at the right: their decimals differ by row. */
function numberColumn(texts: readonly string[]): Body {
  const parts = texts.flatMap((text) => {
    const [, sign = "", whole = "", decimals = "", exponent = "", arm = "", star = ""] =
      NUMBER.exec(text) ?? [];
    return whole === "" ? [] : [{ sign, whole, decimals, exponent, arm, star }];
  });
  if (parts.some(({ arm }) => arm !== "")) {
    // A star stands in the room between columns.
    const room = parts.some(({ star }) => star !== "") ? "@{\\hspace{1.5em}}" : "";
    return { format: `r${room}`, cells: texts.map(withArm), align: "r" };
  }
  const most = (read: (part: (typeof parts)[number]) => number): number =>
    parts.reduce((found, part) => Math.max(found, read(part)), 0);
  const sign = parts.some((part) => part.sign !== "") ? "-" : "";
  const decimals = most((part) => part.decimals.length);
  const exponent = most((part) => part.exponent.replace(/[+-]/, "").length);
  const isSmall = parts.some((part) => part.exponent.startsWith("-"));
  const format =
    `table-format=${sign}${most((part) => part.whole.length)}${decimals === 0 ? "" : `.${decimals}`}` +
    (exponent === 0 ? "" : `e${isSmall ? "-" : ""}${exponent}`);
  const post = parts.some(({ star }) => star !== "") ? ", table-space-text-post={*}" : "";
  const cells = texts.map((text) =>
    isNumber(text) ? text.replace("−", "-").replace("*", " {*}") : `{${escapeLatex(text)}}`,
  );
  return { format: `S[${format}${post}]`, cells, align: "c" };
}

/** The star takes no room, so that the digits above each other are of one power. */
function withArm(text: string): string {
  if (!isNumber(text)) return escapeLatex(text);
  const [number, star] = text.endsWith("*") ? [text.slice(0, -1), "\\rlap{*}"] : [text, ""];
  const inMath = number
    .replace("−", "-")
    .replace(" ± ", " \\pm ")
    .replace(/e([+-]?\d+)/g, "\\cdot 10^{$1}");
  return `$${inMath}$${star}`;
}

function wordColumn(texts: readonly string[], given: readonly string[]): Body {
  const isLong = given.some((text) => lettersOf(text) > LONGEST);
  const format = isLong ? `p{${LINE / 2}em}` : "l";
  return { format, cells: texts.map(escapeLatex), align: "l" };
}

/** Breaks a header between words into lines of at most this many letters; the unit is never torn. */
function headerLines(label: string, unit: string, most: number): string[] {
  const words = [...label.split(" "), ...(unit === "" ? [] : [`(${unit})`])];
  return words.reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || lettersOf(`${last} ${word}`) > most) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []);
}

/** Returns the width of a text in Latin letters. */
function lettersOf(text: string): number {
  return textWidth(text) / textWidth("x");
}
