/** The README's policy of one's own: everybody copies it, so it is tried as it stands there. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const isBuilt = existsSync(join(ROOT, "dist/index.js"));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "schedlab-own-policy-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules", "schedlab"), "junction");
  const [, example] =
    /^```js\n(import [^]*?)^```$/m.exec(readFileSync(join(ROOT, "README.md"), "utf8")) ?? [];
  expect(example).toBeDefined();
  writeFileSync(join(folder, "drain.mjs"), example);
  writeFileSync(join(folder, "drain.mts"), example);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What TypeScript says of a file, as text. */
function complaints(file: string): string[] {
  const program = ts.createProgram([join(folder, file)], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    strict: true,
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

describe.skipIf(!isBuilt)("the README's own policy (skipped before npm run build)", () => {
  it.each(["drain.mjs", "drain.mts"])("has sound types as %s", (file) => {
    expect(complaints(file)).toEqual([]);
  });

  it("runs, moves tasks and makes the load more even", () => {
    const printed = execFileSync(process.execPath, ["drain.mjs"], { cwd: folder, encoding: "utf8" });
    const rows = printed
      .split("\n")
      .filter((line) => line.startsWith("│") && line.includes("'"))
      .map((line) => line.split("│").map((cell) => cell.trim()));
    expect(rows.map(([, , policy]) => policy)).toEqual(["'no-migration'", "'threshold'", "'drain'"]);
    const [none, , drain] = rows.map(([, , , gini, , moves]) => ({
      gini: Number(gini),
      moves: Number(moves),
    }));
    expect(none.moves).toBe(0);
    expect(drain.moves).toBeGreaterThan(0);
    expect(drain.gini).toBeLessThan(none.gini);
  });

  it("asks for no move of a task to the machine that it is on, nor of a latency-critical one", () => {
    const counted = readFileSync(join(folder, "drain.mjs"), "utf8").replace(
      /^summaryTable.*$/m,
      "console.log(JSON.stringify(runs[2].counts.refused));",
    );
    writeFileSync(join(folder, "counted.mjs"), counted);
    const printed = execFileSync(process.execPath, ["counted.mjs"], { cwd: folder, encoding: "utf8" });
    expect(JSON.parse(printed)).toMatchObject({ sameMachine: 0, latencyCritical: 0 });
  });
});
