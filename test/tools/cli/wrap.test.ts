import { describe, expect, it } from "vitest";
import { wrap, wrapLines } from "../../../src/tools/cli/wrap.js";

describe("wrapLines", () => {
  it.each([
    ["one two three", 7, "", ["one two", "three"]],
    ["one two three", 6, "", ["one", "two", "three"]],
    ["one two three", 13, "", ["one two three"]],
    // The indent counts: "  two three" has 11 characters.
    ["one two three", 10, "  ", ["one two", "  three"]],
    ["a longest-word b", 4, "", ["a", "longest-word", "b"]],
    ["", 4, "", [""]],
  ])("%j in %d characters, indented by %j", (text, width, indent, lines) => {
    expect(wrapLines(text, width, indent)).toEqual(lines);
  });
});

it("wrap ends every line", () => {
  expect(wrap("- one two", 6, "  ")).toBe("- one\n  two\n");
});
