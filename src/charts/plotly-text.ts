/**
 * Texts for plotly, which takes some HTML for markup: tags such as <b>, <a> and <br>, and entities. In a
 * figure, a text is what a reader sees, whoever chose it; a line feed breaks it, and `bold` marks a part.
 */
import type { Json, JsonObject } from "./figure.js";

/** Marks of a bold part: control characters, which no name can need. */
const [BEGIN, END] = ["\u0002", "\u0003"];

/** Returns the text as a bold part of a figure's text. */
export const bold = (text: string): string => `${BEGIN}${text}${END}`;

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
  // eslint-disable-next-line no-control-regex
  return text.replace(/[&<>\0-\x1f\x7f]/g, (character) => MARKUP[character] ?? pictureOf(character));
}

/** Returns the visible picture of a control character, which an SVG cannot hold. */
function pictureOf(character: string): string {
  const code = character.charCodeAt(0);
  return String.fromCharCode(code === 0x7f ? 0x2421 : 0x2400 + code);
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
