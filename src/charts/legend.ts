/** Estimates the size of texts in a legend and along an axis. */
import type { JsonObject } from "./figure.js";

export interface LegendBox {
  /** Height in pixels; 0 without a legend. */
  readonly height: number;
  /** Width of the longest entry's text in pixels, so that entries form columns. */
  readonly entryWidth: number;
}

/** Width of plotly's line sample and the gaps around it. */
const SAMPLE = 45;

/** Width that long numbers at the right end of an axis may take from a legend. */
const SLACK = 12;

/**
 * Returns the size that the legend of these traces needs in a chart of this width, in pixels. A title has its
 * own row. Fewer than `least` entries (default 2, since one series needs no name) have no legend.
 */
export function legendBox(
  data: readonly JsonObject[],
  {
    width,
    font,
    hasTitle = false,
    least = 2,
  }: { width: number; font: number; hasTitle?: boolean; least?: number },
): LegendBox {
  const names = data.flatMap(({ name, showlegend }) =>
    typeof name === "string" && showlegend !== false ? [name] : [],
  );
  if (names.length < least) return { height: 0, entryWidth: 0 };
  const longest = Math.ceil(Math.max(...names.map((name) => textWidth(name) * font))) + 2;
  const inRow = Math.min(names.length, Math.max(1, Math.floor(width / (longest + SAMPLE))));
  const entryWidth = Math.min(longest, Math.floor((width - SLACK) / inRow) - SAMPLE);
  const rows = Math.ceil(names.length / inRow) + (hasTitle ? 1 : 0);
  return { height: Math.ceil(rows * font * 1.9), entryWidth };
}

/** Returns a text's estimated width in ems: 1 for Chinese characters, about half for Latin ones. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += character.codePointAt(0)! >= 0x2e80 ? 1 : 0.56;
  return width;
}

/** Breaks a text into two lines where it is wider than this many ems. */
export function breakText(text: string, ems: number): string {
  if (textWidth(text) <= ems) return text;
  const places = Array.from({ length: text.length }, (_, at) => at).slice(1);
  const gaps = places.filter((at) => /[ （]/.test(text.charAt(at)));
  // Chinese has no spaces and may be broken between any two characters.
  const cuts =
    gaps.length > 0 ? gaps : places.filter((at) => /^\p{Script=Han}{2}$/u.test(text.slice(at - 1, at + 1)));
  if (cuts.length === 0) return text;
  const longer = (cut: number): number => Math.max(textWidth(text.slice(0, cut)), textWidth(text.slice(cut)));
  const cut = cuts.reduce((best, at) => (longer(at) < longer(best) ? at : best));
  return `${text.slice(0, cut)}\n${text.slice(cut).trimStart()}`;
}
