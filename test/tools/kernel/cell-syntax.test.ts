import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { prepareCell } from "../../../src/tools/kernel/cell-syntax.js";
import { PACKAGES } from "../../../src/tools/jupyter/project.js";
import { loadTslab } from "../../../src/tools/kernel/tslab.js";

const { typescript } = loadTslab(PACKAGES);
const prepared = (source: string): string => prepareCell(typescript, source).text;

it("uses tslab's own TypeScript, so that both parse alike", () => {
  const { version } = createRequire(import.meta.url)("@tslab/typescript-for-tslab") as { version: string };
  expect(typescript.version).toBe(version);
});

describe("prepareCell", () => {
  it("writes out shorthand properties", () => {
    expect(prepared("f({ a, b: c, ...d })")).toBe("f({ a: a, b: c, ...d })");
    expect(prepared("({ a = 1 } = b)")).toBe("({ a: a = 1 } = b)");
  });

  it("quotes the properties that destructuring renames", () => {
    expect(prepared("const { a: b, c, ...d } = e;")).toBe('const { "a": b, c, ...d } = e;');
    expect(prepared('const { "a": b, [k]: c } = e;')).toBe('const { "a": b, [k]: c } = e;');
  });

  it("turns `await (…)` into an await", () => {
    expect(prepared("await (p)")).toBe("await Array.of (p)[0]");
    expect(prepared("const n = await (await (p)).length;")).toBe(
      "const n = await Array.of (await Array.of (p)[0])[0].length;",
    );
    expect(prepared("await f(p)")).toBe("await f(p)");
  });

  it("does not change strings, comments and other code, or malformed cells", () => {
    for (const source of [
      '"{ a }"',
      "// await (a)\n",
      "`${1} { b }`",
      "const { a } = b;",
      "const x = (",
      "",
    ]) {
      expect(prepared(source)).toBe(source);
    }
  });

  it("maps columns back to the cell", () => {
    const cell = prepareCell(typescript, "const s = { a, b }; oops;\nagain;");
    expect(cell.text).toBe("const s = { a: a, b: b }; oops;\nagain;");
    const place = (word: string, line: number): number => cell.text.split("\n")[line - 1].indexOf(word) + 1;
    expect(cell.columnOf(1, place("oops", 1))).toBe(21);
    expect(cell.columnOf(1, 1)).toBe(1);
    expect(cell.columnOf(2, 1)).toBe(1);
  });
});
