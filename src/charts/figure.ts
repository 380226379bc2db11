/** A Figure is a chart as plain JSON, with texts in two languages and the rows behind it. */
import { InputError } from "../base/errors.js";
import type { Text } from "../base/text.js";

export { toText, type Text, type Words } from "../base/text.js";

export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** A column of a table: numbers (null: not defined) or words. */
export interface TableColumn {
  readonly name: string;
  readonly label: Text;
  /** Empty for a column without a unit. */
  readonly unit: string;
  readonly values: readonly (number | string | null)[];
}

/** Tidy rows: one observation per row. All columns have the same length. */
export interface Table {
  readonly name: string;
  /** At most 40 words on what is in it. */
  readonly caption: Text;
  /** Where the numbers are from and how they were computed: a page says it once for all that it shows. */
  readonly provenance?: Text;
  readonly columns: readonly TableColumn[];
}

/** Values of a chart's traces at several times, which a reader of a live chart chooses with a slider. */
export interface Animation {
  /** Says what the slider chooses, such as "Time". */
  readonly label: Text;
  /** The step that `data` shows. */
  readonly shown: number;
  /** One entry for each step: its name, and what changes in each trace of `data`, in their order. */
  readonly steps: readonly { readonly name: Text; readonly changes: readonly JsonObject[] }[];
}

/** Figures of which a reader of a live chart sees one at a time, chosen from a menu. */
export interface Choices {
  /** Says what the menu chooses, such as "Metric". */
  readonly label: Text;
  /** The number of the figure that files show. */
  readonly shown: number;
  readonly figures: readonly { readonly name: Text; readonly figure: Figure }[];
}

export interface Figure {
  /** A name that can be a file name. */
  readonly name: string;
  readonly title: Text;
  /** The one thing that the figure says, computed from its values: the title line on a screen. */
  readonly says?: Text;
  /** At most 40 words, the first of them on what is seen; says what is measured or modelled. */
  readonly caption: Text;
  /** Where the numbers are from and how they were computed: a page says it once for all that it shows. */
  readonly provenance?: Text;
  /**
   * Whether texts hold plotly's markup (<b>, &lt;), as in a chart that was given in plotly's own format.
   * Other figures show texts as they are; a line feed breaks them.
   */
  readonly hasMarkup?: true;
  /** Plotly traces; a Text may stand wherever plotly takes a string. */
  readonly data: readonly JsonObject[];
  /** Plotly layout: the axes and what is specific to the chart; the theme adds the rest. */
  readonly layout: JsonObject;
  /** Height of the plotting area over its width. */
  readonly aspect: number;
  /** The width of its files unless another is asked for. Default "column"; "page" for several panels. */
  readonly width?: "column" | "page";
  readonly animation?: Animation;
  readonly choices?: Choices;
  /** The rows behind the chart. */
  readonly table: Table;
}

/** What plotly draws: plain JSON, texts in one language. */
export interface PlotlyFigure {
  readonly data: readonly JsonObject[];
  readonly layout: JsonObject;
  /** Values of the traces for each step of the slider; only for an animated chart. */
  readonly frames?: readonly JsonObject[];
}

/** Returns the value with every Text in it replaced by its text in the language. */
export function localize(value: Json, language: Language): Json {
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map((item) => localize(item, language));
  if (isText(value)) return value[language];
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, localize(item, language)]));
}

/** Whether the value is a chart of the lab. */
export function isFigure(value: unknown): value is Figure {
  if (typeof value !== "object" || value === null) return false;
  const { name, data, layout, table, caption } = value as Partial<Record<keyof Figure, unknown>>;
  const hasParts = [layout, table, caption].every((part) => typeof part === "object" && part !== null);
  return typeof name === "string" && Array.isArray(data) && hasParts;
}

/** Throws InputError for a value that is not a list of charts of the lab; `user` is who needs them. */
export function checkFigures(user: string, charts: unknown): void {
  if (Array.isArray(charts) && charts.every(isFigure)) return;
  throw new InputError(
    `${user}: give charts as lines, points and the named charts return them; only show takes plotly's ` +
      "own { data, layout }",
  );
}

/** Replaces characters that do not belong in a file name by `-`, since policies can have any name. */
export function fileName(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}._-]+/gu, "-");
}

/**
 * Returns the folder, below that of the English set, in which a set of files in this language lies: "" or
 * "zh".
 */
export function languageFolder(language = "en"): string {
  return language === "en" ? "" : language;
}

/** Throws InputError for a language other than "en" and "zh". */
export function checkLanguage(language: string): void {
  if ((LANGUAGES as readonly string[]).includes(language)) return;
  throw new InputError(`unknown language: ${language}; known: ${LANGUAGES.join(", ")}`);
}

function isText(value: JsonObject): value is Text {
  return Object.keys(value).length === 2 && typeof value.en === "string" && typeof value.zh === "string";
}

function isList(value: readonly Json[] | JsonObject): value is readonly Json[] {
  return Array.isArray(value);
}
