import { expect, it } from "vitest";
import { choose } from "../../../src/charts/build/choose.js";
import { lines } from "../../../src/charts/build/lines.js";
import type { Figure } from "../../../src/charts/figure.js";

const chart = (y: string): Figure =>
  lines(
    [1, 2].map((x) => ({ x, [y]: x })),
    { x: "x", y, title: y.toUpperCase() },
  );

it("shows one chart in files, with the rows of all", () => {
  const { data, title, table, choices } = choose([chart("a"), chart("b")], { shown: 1 });
  expect({ data, title }).toEqual({ data: chart("b").data, title: chart("b").title });
  expect(choices?.figures.map(({ name }) => name.en)).toEqual(["A", "B"]);
  expect(table.columns.find(({ name }) => name === "panel")?.values).toEqual(["A", "A", "B", "B"]);
  expect(table.columns.find(({ name }) => name === "b")?.values).toEqual([null, null, 1, 2]);
});

it("refuses what makes no sense", () => {
  expect(() => choose([])).toThrow("no chart to choose");
  expect(() => choose([chart("a")], { shown: 1 })).toThrow("shown 1: give a whole number from 0 to 0");
  expect(() => choose([chart("a")], { names: [] })).toThrow("0 names for 1 charts");
  expect(() => choose([choose([chart("a")])])).toThrow("has a menu of its own");
  expect(() => choose([chart("a"), chart("a")])).toThrow("two charts are called A");
  expect(() => choose([{ data: [{ y: [1] }] }] as unknown as Figure[])).toThrow(
    "choose: give charts as lines",
  );
  expect(() => choose([chart("a")], { title: "x" } as object)).toThrow("unknown option of choose: title");
});
