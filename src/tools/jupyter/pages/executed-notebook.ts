/** Reads what the site needs of an executed notebook. */
import { readFile } from "node:fs/promises";
import type { Language } from "../../../charts/figure.js";

export interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, string | readonly string[]>>;
}

export interface Cell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly outputs?: readonly Output[];
}

export interface ExecutedNotebook {
  readonly cells: readonly Cell[];
  readonly metadata: {
    /** `picture` is the name of the chart that stands for the notebook on the front page. */
    readonly schedlab?: {
      readonly picture?: string;
      /** The title in other languages than that of its text. */
      readonly titles?: Readonly<Partial<Record<Language, string>>>;
    };
  };
}

export async function readExecuted(path: string): Promise<ExecutedNotebook> {
  return JSON.parse(await readFile(path, "utf8")) as ExecutedNotebook;
}

/** Returns a text that a notebook keeps whole or in lines. */
export function joined(text: string | readonly string[]): string {
  return typeof text === "string" ? text : text.join("");
}

/** Returns the text of all Markdown cells. */
export function proseOf({ cells }: ExecutedNotebook): string {
  const texts = cells.filter((cell) => cell.cell_type === "markdown").map(({ source }) => joined(source));
  return texts.join("\n\n");
}

/** Returns the title in this language, else the first heading without markup, or the name where none is. */
export function titleOf(name: string, notebook: ExecutedNotebook, language: Language = "en"): string {
  const title = notebook.metadata.schedlab?.titles?.[language];
  if (title !== undefined) return title;
  return plain(/^#\s+(.+)$/m.exec(proseOf(notebook))?.[1] ?? name);
}

/** Whether it may have formulas, in its text or in what it shows. */
export function hasMath(notebook: ExecutedNotebook): boolean {
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  const isLatex = outputs.some(({ data = {} }) => "text/latex" in data || "text/markdown" in data);
  return isLatex || proseOf(notebook).includes("$");
}

export function isFailed({ cells }: ExecutedNotebook): boolean {
  return cells.some(({ outputs = [] }) => outputs.some((output) => output.output_type === "error"));
}

/** Removes Markdown's markup from a sentence. */
export function plain(text: string): string {
  return text
    .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replace(/\*\*|`/g, "")
    .replace(/\s+/g, " ");
}
