import { describe, expect, it } from "vitest";
import { capacityChart, limitOf } from "../../src/charts/capacity.js";
import { CAPACITY } from "./made-up-capacity.js";

const OPTIONS = { caption: { en: "Usage modelled.", zh: "用量为建模所得。" } };

describe("capacityChart", () => {
  const { data, layout, table, caption } = capacityChart(CAPACITY, OPTIONS);

  it("puts policies side by side at each level, with distances to the interval's ends", () => {
    const [first, second] = data.filter(({ mode }) => mode === "markers");
    expect([first.name, second.name]).toEqual(["no-migration", "gini-greedy"]);
    expect(first.y).toEqual([0.1, 0.5, 1]);
    const [a, b] = [first.x, second.x] as number[][];
    a.forEach((x, i) => {
      expect(Math.abs(x - i)).toBeLessThan(0.4);
      expect(Math.abs(b[i] - i)).toBeLessThan(0.4);
      expect(b[i]).toBeGreaterThan(x);
    });
    const bars = first.error_y as { array: number[]; arrayminus: number[] };
    expect(bars.array[1]).toBeCloseTo(0.1, 12);
    expect(bars.arrayminus[1]).toBeCloseTo(0.05, 12);
    expect(layout.xaxis).toMatchObject({ ticktext: ["0.1 %", "1 %", "5 %"] });
  });

  it("draws the references as lines across their level", () => {
    const lines = data.filter(({ mode }) => mode === "lines");
    expect(lines.map(({ name }) => (name as { en: string }).en)).toEqual([
      "No co-location",
      "Perfectly even",
    ]);
    expect(lines[1].y).toEqual([0.8, 0.8, null, 1.2, 1.2, null, 4, 4, null]);
  });

  it("shows a lower bound as an open marker and says so", () => {
    const greedy = data.find(({ name }) => name === "gini-greedy")!;
    expect((greedy.marker as { color: string[] }).color.map((color) => color === "#ffffff")).toEqual([
      false,
      false,
      true,
    ]);
    expect(caption.en).toContain("Open markers");
    const bounded = CAPACITY.map((point) => ({ ...point, limits: ["violations" as const] }));
    expect(capacityChart(bounded, OPTIONS).caption.en).not.toContain("Open markers");
  });

  it("has a row a contender and level behind it", () => {
    const named = new Map(table.columns.map(({ name, values }) => [name, values]));
    expect(named.get("policy")).toHaveLength(CAPACITY.length);
    expect(named.get("level")!.slice(0, 3)).toEqual([0.1, 1, 5]);
    expect(named.get("limit")![0]).toBe("violations");
  });

  it("refuses no points", () => {
    expect(() => capacityChart([], OPTIONS)).toThrow("no points to draw: give at least one");
  });
});

it("names the limits by how many repetitions met them, and says where LC work alone is too much", () => {
  const [point] = CAPACITY;
  expect(limitOf({ ...point, limits: ["undone", "violations", "undone"] })).toBe("undone or violations");
  expect(limitOf({ ...point, limits: ["violations", "violations"], never: 1 })).toBe(
    "violations (without BE in 1 of 2)",
  );
});
