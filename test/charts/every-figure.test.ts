import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../src/charts/figure.js";
import { toPlotly } from "../../src/charts/theme.js";
import { FIGURES } from "./every-figure.js";

const CHINESE = /\p{Script=Han}/u;

describe.each(FIGURES.map((figure) => ({ name: figure.name, figure })))("$name", ({ figure }) => {
  it("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
  });

  it("has tidy rows behind it", () => {
    const lengths = new Set(figure.table.columns.map(({ values }) => values.length));
    expect(lengths.size).toBe(1);
    expect([...lengths][0]).toBeGreaterThan(0);
    for (const { label } of figure.table.columns) expect(label.zh).not.toBe("");
  });

  it("names every axis, the vertical ones with a unit where there is one, in both languages", () => {
    for (const language of ["en", "zh"] as const) {
      const { layout } = toPlotly(figure, { language });
      const named = axesOf(layout)
        .filter((axis) => axis.showticklabels !== false)
        .map(({ title }) => (title as { text: string }).text);
      // Panels side by side have one title below all of them.
      const below = (layout.annotations ?? []) as readonly {
        y: number;
        text: string;
        showarrow: boolean;
      }[];
      const titles = [
        ...named.filter((title) => title !== ""),
        // Names of lines, which may end at 0, have a leader.
        ...below.filter(({ y, showarrow }) => y === 0 && !showarrow).map(({ text }) => text),
      ];
      // A diagram has no axes, and an axis of words may say what they are by itself.
      const isDiagram = axesOf(layout).every(({ visible }) => visible === false);
      const isWordy = axesOf(layout).some((axis) => "ticktext" in axis);
      expect(titles.length).toBeGreaterThanOrEqual(isDiagram ? 0 : isWordy ? 1 : 2);
      for (const title of titles)
        expect(title).toMatch(language === "zh" ? /\p{Script=Han}|CPU/u : /^[^\p{Script=Han}]+$/u);
    }
  });

  it("speaks one language, and says in its caption what is measured or modelled", () => {
    expect(wordsOf(toPlotly(figure, { language: "en" }).data).join("")).not.toMatch(CHINESE);
    // How data flow is neither.
    if (figure.name === "data-flow") return;
    expect(figure.caption.en).toMatch(/modelled|Modelled|measured|Gini coefficient \(population form\)/);
    expect(figure.caption.zh).toMatch(/建模|实测|基尼系数（总体形式）/);
    expect(figure.title.zh).toMatch(CHINESE);
    if (figure.says === undefined) return;
    expect(figure.says.en).toMatch(/^[^\p{Script=Han}]+\.$/u);
    expect(figure.says.zh).toMatch(/\p{Script=Han}.*。$/u);
    expect(figure.says.en + figure.says.zh).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("begins with what is seen and needs few words for it; the rest is said once for a page", () => {
    const { caption, provenance } = figure;
    expect(caption.en.split(/\s+/).length).toBeLessThanOrEqual(40);
    expect(caption.zh.length).toBeLessThanOrEqual(100);
    expect(caption.en).not.toMatch(
      /^(Dashed|Plain|White|Dark|Filled|Hatched|Shades|Bound|Generated|Trace)\b/,
    );
    // A sentence is in one of both.
    for (const sentence of caption.en.split(/(?<=\.) /)) expect(provenance?.en ?? "").not.toContain(sentence);
    if (provenance === undefined) return;
    expect(provenance.en).toMatch(/^[^\p{Script=Han}]+\.$/u);
    expect(provenance.zh).toMatch(/\p{Script=Han}.*。$/u);
  });

  it("has hover text on every trace that holds data, and lines that are not simplified", () => {
    for (const trace of figure.data) {
      expect("hovertemplate" in trace || trace.hoverinfo === "skip").toBe(true);
      expect((trace.x as Json[]).length).toBeGreaterThan(0);
      if ("line" in trace) expect(trace.line).toMatchObject({ simplify: false });
    }
  });
});

function axesOf(layout: JsonObject): JsonObject[] {
  return Object.entries(layout).flatMap(([key, axis]) => (/^[xy]axis/.test(key) ? [axis as JsonObject] : []));
}

function wordsOf(value: Json): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  // No reader sees the names of legend groups.
  const seen = Object.entries(value).filter(([key]) => key !== "legendgroup");
  return seen.flatMap(([, part]) => wordsOf(part));
}
