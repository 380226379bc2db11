import { describe, expect, it } from "vitest";
import { formatCell, textTable } from "../../../src/tools/cli/text-table.js";

describe("textTable", () => {
  it("aligns text to the left and numbers to the right, without trailing spaces", () => {
    const rows = [
      { policy: "first-fit", gini: 0.123456, moves: 12, note: "a" },
      { policy: "random", gini: 1, moves: 1234567, note: null },
    ];
    expect(textTable(rows)).toBe(
      "policy       gini    moves  note\n" + //
        "first-fit  0.1235       12  a\n" +
        "random          1  1234567\n",
    );
  });

  it("takes more rows than a function call allows arguments", () => {
    const rows = Array.from({ length: 200_000 }, (_, row) => ({ row }));
    expect(textTable(rows).split("\n")).toHaveLength(200_002);
  });

  it("is empty for no rows", () => {
    expect(textTable([])).toBe("");
  });
});

describe("formatCell", () => {
  it.each([
    [0.000123456, "0.0001235"],
    [132982, "132982"],
    [1234.56, "1235"],
    [0.5, "0.5"],
    [-0.25, "-0.25"],
    [NaN, "NaN"],
    [true, "true"],
    [undefined, ""],
    [null, ""],
  ])("%s gives %s", (cell, text) => {
    expect(formatCell(cell)).toBe(text);
  });
});
