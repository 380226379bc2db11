import { expect, it } from "vitest";
import { findSourceLine } from "../../../src/tools/kernel/source-line.js";

const source = `import { simulate } from "schedlab";

// what follows is of no use
const runs: number[] = [];
function add(value: number): void {
  runs.push(value);
}
add(simulate(1));`;
const compiled = `const schedlab_1 = require("schedlab");
// what follows is of no use
const runs = [];
exports.runs = runs;
function add(value) {
    exports.runs.push(value);
}
add((0, schedlab_1.simulate)(1));
zzz();`;

it.each([
  [1, 0],
  [3, 3],
  [6, 5],
  [8, 7],
])("finds the cell's line for compiled line %i", (line, expected) => {
  expect(findSourceLine({ source, compiled }, line)).toBe(expected);
});

it("returns undefined where no line is similar", () => {
  expect(findSourceLine({ source, compiled }, 9)).toBeUndefined();
  expect(findSourceLine({ source, compiled }, 99)).toBeUndefined();
});
