/** The room that charts in a grid need at their sides: for the names of their lines and for their y axes. */
import { toText, type Figure, type JsonObject, type Text } from "../figure.js";
import { widthOf } from "./panels.js";

/** Returns each chart's labels; lines with the same name are named in the first row's rightmost chart. */
export function labelsOnce(figures: readonly Figure[], across: number): JsonObject[][] {
  const seen = new Set<string>();
  const order = figures.map((_, i) => i).sort((a, b) => rank(a, across) - rank(b, across));
  const kept: JsonObject[][] = figures.map(() => []);
  for (const i of order) {
    const labels = (figures[i].layout.labels ?? []) as readonly JsonObject[];
    // All names of a chart or none: some alone would look as if the other lines had none.
    const isSeen = labels.every(({ kind, text }) => kind === "end" && seen.has(JSON.stringify(text)));
    kept[i] = isSeen ? [] : [...labels];
    for (const { kind, text } of labels) if (kind === "end") seen.add(JSON.stringify(text));
  }
  return kept;
}

function rank(i: number, across: number): number {
  return Math.floor(i / across) * across + (across - 1 - (i % across));
}

/** Returns the ems of the widest name at the end of a line, in the language in which it is wider. */
export function widestName(labels: readonly JsonObject[]): number {
  const ends = labels.filter(({ kind }) => kind === "end");
  return Math.max(0, ...ends.map(({ text }) => widthOf(toText(text as Text | string))));
}

/** Returns the ems that a chart's y axes need: labels of ticks and a title. */
export function leftRoom({ layout }: Figure): number {
  const widest = Object.entries(layout).reduce((most, [key, axis]) => {
    if (!/^yaxis\d*$/.test(key)) return most;
    const texts = ((axis as JsonObject).ticktext ?? []) as readonly (Text | string)[];
    return texts.reduce((room, text) => Math.max(room, widthOf(toText(text))), most);
  }, 2.6);
  return widest + 2.6;
}

/** Ems that a line of words on a y axis needs. */
const LINE = 1.45;

/** Returns the ems of height that a chart needs, so that the words on its y axes do not meet. */
export function leastHeight({ layout }: Figure): number {
  const lines = Object.entries(layout).map(([key, axis]) => {
    if (!/^yaxis\d*$/.test(key)) return 0;
    const { ticktext, range } = axis as JsonObject;
    return Array.isArray(ticktext) && Array.isArray(range) ? LINE * ticktext.length : 0;
  });
  return Math.max(...lines);
}
