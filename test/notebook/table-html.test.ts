import { from, table } from "arquero";
import { describe, expect, it } from "vitest";
import type { Table } from "../../src/charts/figure.js";
import { isTable, tableHtml, tableText } from "../../src/notebook/table-html.js";

const example = table({
  policy: ["a<b", "longer"],
  gini: [0.25, 0.3125],
  moves: [12345, 7],
  bytes: [Number.NaN, Infinity],
});

describe("tableText", () => {
  it("aligns numbers, with four significant digits of the largest", () => {
    expect(tableText(example)).toBe(
      [
        "policy    gini   moves  bytes",
        "a<b     0.2500  12,345      –",
        "longer  0.3125       7      ∞",
      ].join("\n"),
    );
  });

  it("shows a table for papers with labels, units and its caption", () => {
    const words = (en: string, zh: string) => ({ en, zh });
    const paper: Table = {
      name: "t",
      caption: words("What it is.", "说明。"),
      columns: [
        { name: "policy", label: words("Policy", "策略"), unit: "", values: ["a", "b"] },
        { name: "load", label: words("Load", "负载"), unit: "%", values: [12.5, null] },
      ],
    };
    expect(tableText(paper)).toBe("Policy  Load (%)\na           12.5\nb              –\nWhat it is.");
    expect(tableText(paper, { rows: 1, language: "zh" }).split("\n").slice(2)).toEqual([
      "共 2 行，此处为前 1 行；show(value, { rows: Infinity }) 显示全部",
      "说明。",
    ]);
  });

  it.each([
    [
      [1234.5, 0.1],
      ["1,235", "0.1"],
    ],
    [[0.00123456], ["0.001235"]],
    [
      [12.345, 1],
      ["12.35", "1.00"],
    ],
    [
      [0, 0.5],
      ["0.0", "0.5"],
    ],
    [
      [null, 2],
      ["–", "2"],
    ],
    [
      ["x", 2],
      ["x", "2"],
    ],
  ])("shows %j as %j", (values, shown) => {
    expect(
      tableText(table({ v: values }))
        .split("\n")
        .slice(1)
        .map((line) => line.trim()),
    ).toEqual(shown);
  });

  it("says how many rows there are where it does not show all", () => {
    const long = from(Array.from({ length: 1500 }, (_, n) => ({ n })));
    const lines = tableText(long, { rows: 2 }).split("\n");
    expect(lines.map((line) => line.trim())).toEqual([
      "n",
      "0",
      "1",
      "2 of 1,500 rows: show(value, { rows: Infinity }) shows all",
    ]);
    expect(tableText(long, { rows: Infinity }).split("\n")).toHaveLength(1501);
  });
});

describe("tableHtml", () => {
  it("escapes words and aligns numbers to the right", () => {
    const html = tableHtml(example);
    expect(html).toContain("a&#60;b");
    expect(html).not.toContain("a<b");
    expect(html).toMatch(/text-align: right[^>]*>12,345</);
    expect(html.match(/<tr>/g)).toHaveLength(3);
  });

  it("scrolls in a box of its own, keeps names on one line, and leaves room for sentences", () => {
    const html = tableHtml(
      table({ name: ["two words"], rule: ["a sentence of more than forty characters, at least"] }),
    );
    expect(html).toMatch(/^<div [^>]*overflow-x: auto;"><table[^]*<\/table><\/div>$/);
    expect(html).toMatch(/white-space: nowrap;">two words</);
    expect(html).toMatch(/min-width: 14em;">rule</);
    expect(html).not.toMatch(/nowrap;">a sentence/);
  });
});

it("distinguishes tables from other values", () => {
  expect(isTable(example)).toBe(true);
  for (const other of [null, undefined, 3, {}, [], { numRows: 3 }]) expect(isTable(other)).toBe(false);
});
