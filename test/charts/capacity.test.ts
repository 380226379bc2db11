import { describe, expect, it } from "vitest";
import { capacityChart } from "../../src/charts/capacity.js";
import type { JsonObject } from "../../src/charts/figure.js";
import { CAPACITY } from "./made-up-capacity.js";

const nameOf = ({ name }: JsonObject): string => (name as { en: string }).en;

describe("capacityChart", () => {
  const { data, layout, table, caption } = capacityChart(CAPACITY);

  it("puts policies side by side at each level, with distances to the interval's ends", () => {
    const [first, second] = data.filter(({ mode }) => mode === "markers");
    expect([first, second].map(nameOf)).toEqual(["no-migration", "gini-greedy"]);
    (first.y as number[]).forEach((y, i) => {
      expect(y).toBeCloseTo([0.1, 0.5, 1][i], 12);
    });
    const [a, b] = [first.x, second.x] as number[][];
    a.forEach((x, i) => {
      expect(Math.abs(x - i)).toBeLessThan(0.4);
      expect(Math.abs(b[i] - i)).toBeLessThan(0.4);
      expect(b[i]).toBeGreaterThan(x);
    });
    const bars = first.error_y as { array: number[]; arrayminus: number[] };
    expect(bars.array[1]).toBeCloseTo(0.05, 12);
    expect(bars.arrayminus[1]).toBeCloseTo(0.05, 12);
    expect(layout.xaxis).toMatchObject({
      ticktext: [{ en: "0.1 %" }, { en: "1 %" }, { en: "5 %" }],
    });
  });

  it("draws the references as lines across their level", () => {
    const lines = data.filter(({ mode }) => mode === "lines");
    expect(lines.map(nameOf)).toEqual(["Separate machines", "Perfectly even"]);
    expect((lines[1].y as (number | null)[]).map((y) => y && Number(y.toFixed(9)))).toEqual([
      0.8,
      0.8,
      null,
      1.2,
      1.2,
      null,
      3,
      3,
      null,
    ]);
  });

  it("shows a lower bound as an open marker and says so", () => {
    const greedy = data.find((trace) => nameOf(trace) === "gini-greedy")!;
    expect((greedy.marker as { color: string[] }).color.map((color) => color === "#ffffff")).toEqual([
      false,
      false,
      true,
    ]);
    expect(caption.en).toContain("Open markers");
    const bounded = CAPACITY.derive({ limit: () => "violations" });
    expect(capacityChart(bounded).caption.en).not.toContain("Open markers");
  });

  it("has one row per contender and level behind it", () => {
    const named = new Map(table.columns.map(({ name, values }) => [name, values]));
    expect(named.get("policy")).toHaveLength(12);
    expect(named.get("level")!.slice(0, 3)).toEqual([0.1, 1, 5]);
    expect(named.get("limit")![0]).toBe("violations");
  });

  it("refuses no rows, and searches that differ in a setting", () => {
    expect(() => capacityChart(CAPACITY.filter("false"))).toThrow("no runs: the table has no rows");
    const both = CAPACITY.concat(CAPACITY.derive({ sharing: () => "fair" }));
    expect(() => capacityChart(both)).toThrow("the runs differ in sharing; filter the table to one setting");
  });
});
