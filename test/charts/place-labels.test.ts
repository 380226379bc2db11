import { describe, expect, it } from "vitest";
import { placeLabels, spread, type Frame, type Label } from "../../src/charts/place-labels.js";
import { randomStream } from "../../src/base/random.js";

const FRAME: Frame = { left: 0, width: 300, bottom: 0, height: 200, xRange: [0, 1], yRange: [0, 1] };
const label = (kind: Label["kind"], text: string, x: number, y: number): Label => {
  return { kind, text, color: "#0072B2", x, y, xaxis: "x", yaxis: "y" };
};

describe("spread", () => {
  it("keeps places that are apart, and moves two that touch by the same distance", () => {
    expect(spread([10, 50, 90], 10, [0, 100])).toEqual([10, 50, 90]);
    expect(spread([50, 52], 10, [0, 100])).toEqual([46, 56]);
    expect(spread([0, 0, 0], 10, [0, 100])).toEqual([0, 10, 20]);
    expect(spread([], 10, [0, 100])).toEqual([]);
  });

  it("keeps the order and the distance, and moves less than any other places on a grid", () => {
    const random = randomStream(1, "noise", "spread");
    for (let i = 0; i < 100; i++) {
      const wanted = Array.from({ length: 3 }, () => Math.round(random() * 20)).sort((a, b) => a - b);
      const places = spread(wanted, 4, [-100, 100]);
      const moved = (at: readonly number[]): number =>
        at.reduce((sum, place, k) => sum + (place - wanted[k]) ** 2, 0);
      for (let k = 1; k < 3; k++) expect(places[k] - places[k - 1]).toBeGreaterThanOrEqual(4 - 1e-9);
      let least = Infinity;
      for (let a = -10; a < 30; a++)
        for (let b = a + 4; b < 34; b++)
          for (let c = b + 4; c < 38; c++) least = Math.min(least, moved([a, b, c]));
      expect(least).toBeGreaterThanOrEqual(moved(places) - 1e-9);
    }
  });
});

describe("placeLabels", () => {
  const boxesOf = (labels: readonly Label[], font: number): [number, number, number, number][] =>
    placeLabels(labels, FRAME, font)!.map(({ ax, ay, xanchor }, i) => {
      const width = labels[i].text.length * 0.56 * 0.9 * font;
      const x =
        labels[i].x * 300 + Number(ax) - { left: 0, center: width / 2, right: width }[xanchor as "left"];
      const y = labels[i].y * 200 - Number(ay);
      return [x, x + width, y - 0.4 * font, y + 0.4 * font];
    });

  it("puts names beside points so that none covers another", () => {
    const random = randomStream(2, "noise", "labels");
    for (let i = 0; i < 20; i++) {
      const labels = Array.from({ length: 8 }, (_, k) => label("point", `policy-${k}`, random(), random()));
      const boxes = boxesOf(labels, 10);
      for (const [a, [x0, x1, y0, y1]] of boxes.entries())
        for (const [p0, p1, q0, q1] of boxes.slice(a + 1))
          expect(x0 < p1 && p0 < x1 && y0 < q1 && q0 < y1).toBe(false);
    }
  });

  it("stays inside the panel, also at its corners", () => {
    const corners = [0, 1].flatMap((x) => [0, 1].map((y) => label("point", "corner", x, y)));
    for (const [x0, x1, y0, y1] of boxesOf(corners, 10)) {
      expect(x0).toBeGreaterThanOrEqual(-1);
      expect(x1).toBeLessThanOrEqual(301);
      expect(y0).toBeGreaterThanOrEqual(-1);
      expect(y1).toBeLessThanOrEqual(201);
    }
  });

  it("gives up where names do not fit", () => {
    const many = (kind: Label["kind"]): Label[] =>
      Array.from({ length: 60 }, (_, i) => label(kind, `a-long-name-${i}`, 0.5, 0.5));
    expect(placeLabels(many("end"), FRAME, 10)).toBeUndefined();
    expect(placeLabels(many("point"), FRAME, 10)).toBeUndefined();
  });

  it("points from the end of a line to its name", () => {
    const found = placeLabels([label("end", "a", 0, 0.5), label("end", "b", 0, 0.5)], FRAME, 10)!;
    // Two names of 10.08 px each, around the same end.
    expect(found.map(({ text, ay }) => [text, ay])).toEqual([
      ["a", 5],
      ["b", -5],
    ]);
  });
});
