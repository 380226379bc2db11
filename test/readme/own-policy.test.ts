/** The README's policy of one's own, and the experiment of docs/experiments.md: everybody copies them, so they are tried. */
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
  const drain = exampleOf("README.md");
  writeFileSync(join(folder, "drain.mjs"), drain);
  writeFileSync(join(folder, "drain.mts"), drain);
  writeFileSync(join(folder, "experiment.mjs"), exampleOf("docs/experiments.md"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Returns the first example of a page that imports something. */
function exampleOf(page: string): string {
  const [, example] = /^```js\n(import [^]*?)^```$/m.exec(readFileSync(join(ROOT, page), "utf8")) ?? [];
  expect(example, page).toBeDefined();
  return example;
}

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
  it.each(["drain.mjs", "drain.mts", "experiment.mjs"])("has sound types as %s", (file) => {
    expect(complaints(file)).toEqual([]);
  });

  it("runs, moves tasks and makes the load more even", () => {
    const printed = execFileSync(process.execPath, ["drain.mjs"], { cwd: folder, encoding: "utf8" });
    const rows = printed
      .split("\n")
      .filter((line) => line.startsWith("│") && line.includes("'"))
      .map((line) => line.split("│").map((cell) => cell.trim()));
    expect(rows.map(([, , policy, mark]) => [policy, mark])).toEqual([
      ["'no-migration'", "null"],
      ["'threshold'", "null"],
      ["'drain'", "0.5"],
      ["'drain'", "0.6"],
    ]);
    const [none, , early, late] = rows.map(([, , , , gini, , moves]) => ({
      gini: Number(gini),
      moves: Number(moves),
    }));
    expect(none.moves).toBe(0);
    expect(late.moves).toBeGreaterThan(0);
    expect(early.moves).toBeGreaterThan(late.moves);
    expect(late.gini).toBeLessThan(none.gini);
  });

  it("is followed by an experiment in the docs, which runs", () => {
    const printed = execFileSync(process.execPath, ["experiment.mjs"], { cwd: folder, encoding: "utf8" });
    const rows = printed.split("\n").filter((line) => line.startsWith("│") && line.includes("'"));
    // Ten of 20 runs are printed (five of no-migration and of gini-greedy, ten of threshold), 4 means, 6 differences.
    expect(rows).toHaveLength(10 + 4 + 6);
  });

  it("asks for no move of a task to the machine that it is on, nor of a latency-critical one", () => {
    const example = readFileSync(join(folder, "drain.mjs"), "utf8").replace(/^const runs[^]*$/m, "");
    const counted =
      'const workload = await openWorkload("synthetic", { machines: 100, steps: 96 });\n' +
      "console.log(JSON.stringify(simulate(workload, drain).counts.refused));\n";
    writeFileSync(
      join(folder, "counted.mjs"),
      `${example}import { openWorkload, simulate } from "schedlab";\n${counted}`,
    );
    const printed = execFileSync(process.execPath, ["counted.mjs"], { cwd: folder, encoding: "utf8" });
    expect(JSON.parse(printed)).toMatchObject({ sameMachine: 0, latencyCritical: 0 });
  });
});
