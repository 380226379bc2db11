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
    kept[i] = labels.filter(({ kind, text }) => kind === "point" || !seen.has(JSON.stringify(text)));
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
