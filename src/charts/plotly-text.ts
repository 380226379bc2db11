/**
 * Texts for plotly, which takes some HTML for markup: tags such as <b>, <a> and <br>, and entities. In a
 * figure, a text is what a reader sees, whoever chose it; a line feed breaks it, and `bold` marks a part.
 */
import { visible } from "../base/visible.js";
import type { Json, JsonObject } from "./figure.js";

/** Marks of a bold part: control characters, which no name can need. */
const [BEGIN, END] = ["\u0002", "\u0003"];

/** Returns the text as a bold part of a figure's text. */
export const bold = (text: string): string => `${BEGIN}${text}${END}`;

const MARKED = new RegExp(`([&<>\n${BEGIN}${END}])`);
const MARKUP: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\n": "<br>",
  [BEGIN]: "<b>",
  [END]: "</b>",
};

/** Returns the text in plotly's markup, which shows it exactly. */
export function plotlyText(text: string): string {
  // An SVG cannot hold control characters.
  return text
    .split(MARKED)
    .map((part) => MARKUP[part] ?? visible(part))
    .join("");
}

/** Returns a part of a chart with all its texts in plotly's markup, which some charts have already. */
export function plotlyTexts(part: JsonObject, hasMarkup = false): JsonObject {
  const convert = (value: Json, key: string): Json => {
    if (typeof value === "string") {
      if (hasMarkup) return value.replaceAll("\n", "<br>");
      return key === "hovertemplate" ? plotlyTemplate(value) : plotlyText(value);
    }
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return (value as readonly Json[]).map((item) => convert(item, key));
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, convert(item, name)]));
  };
  return convert(part, "") as JsonObject;
}

/** Templates of hover texts keep <extra>, which says what stands in the second box. */
function plotlyTemplate(template: string): string {
  return plotlyText(template).replace(/&lt;(\/?extra)&gt;/g, "<$1>");
}
