import { describe, expect, it } from "vitest";
import { diagram, type DiagramOptions } from "../../../src/charts/build/diagram.js";
import { dataFlow } from "../../../src/charts/data-flow.js";
import { toPlotly } from "../../../src/charts/theme.js";

const given: DiagramOptions = {
  name: "two",
  title: "Two boxes",
  caption: "Two boxes.",
  size: [60, 12],
  boxes: [
    { id: "a", x: 0, y: 2, width: 10, height: 4, text: "A" },
    { id: "b", x: 20, y: 4, width: 10, height: 4, text: { en: "B\nb", zh: "乙" } },
    { id: "c", x: 2, y: 9, width: 4, height: 2 },
  ],
};
const arrowsOf = (options: DiagramOptions) =>
  (diagram(options).layout.annotations as { showarrow?: boolean }[]).filter(({ showarrow }) => showarrow);

describe("diagram", () => {
  it("draws arrows straight between boxes that face each other", () => {
    // a and b have the heights 4 to 6 in common, a and c the widths 2 to 6.
    const arrows = arrowsOf({
      ...given,
      arrows: [
        { from: "a", to: "b" },
        { from: "c", to: "a", heads: "both" },
      ],
    });
    expect(arrows[0]).toMatchObject({ ax: 10, ay: 5, x: 20, y: 5, arrowside: "end" });
    expect(arrows[1]).toMatchObject({ ax: 4, ay: 9, x: 4, y: 6, arrowside: "end+start" });
  });

  it("draws an arrow between the sides of other boxes", () => {
    const [arrow] = arrowsOf({ ...given, arrows: [{ from: "c", to: "b" }] });
    expect(arrow).toMatchObject({ ax: 6, ay: 10, x: 20, y: 6 });
  });

  it("lists texts and arrows in its table", () => {
    const { columns } = diagram({ ...given, arrows: [{ from: "a", to: "b", text: "goes" }] }).table;
    expect(columns.map(({ values }) => values)).toEqual([
      ["A", "B b", "goes"],
      ["", "", "A"],
      ["", "", "B b"],
    ]);
  });

  it("needs no room for axes", () => {
    const { layout } = toPlotly(diagram(given));
    expect((layout.xaxis as { domain: number[] }).domain).toEqual([0, 1]);
    // 60 units are as wide as the plot, 666 pixels, so 12 are 133 high.
    const { t, b } = layout.margin as { t: number; b: number };
    expect(Number(layout.height) - t - b).toBeCloseTo((666 * 12) / 60, 0);
  });

  it("refuses unknown boxes, two boxes of one name, and no box", () => {
    expect(() => diagram({ ...given, arrows: [{ from: "a", to: "d" }] })).toThrow(
      /unknown box d; there are a, b/,
    );
    expect(() => diagram({ ...given, boxes: [given.boxes[0], given.boxes[0]] })).toThrow(/id a: give each/);
    expect(() => diagram({ ...given, boxes: [] })).toThrow(/no box/);
  });
});

it("the data flow leads from files to files", () => {
  const [text, from, to] = dataFlow().table.columns.map(({ values }) => values);
  const arrows = from.map((start, i) => `${start} > ${to[i]}`).filter((_, i) => from[i] !== "");
  expect(arrows).toContain("Trace files > Workload");
  expect(arrows).toContain("Tables > Charts");
  expect(text).toContain("simulate");
});
