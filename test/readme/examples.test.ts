/**
 * The files that README.md and docs/ give to copy, and what they print: everybody copies them, so they are
 * tried.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blockOf, filesOf, needsFiles, PAGES, replaceBlocks } from "./blocks.mjs";
import { layOut, outputOf } from "./examples.mjs";

const ROOT = join(import.meta.dirname, "../..");
const isBuilt = existsSync(join(ROOT, "dist/index.js"));

/** Declarations of packages and of the build, which no example changes; each is parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What TypeScript says of a file, as text; in a notebook it lets pass what has no type. */
function complaints(file: string, { noImplicitAny = false } = {}): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    strict: true,
    noImplicitAny,
    allowJs: true,
    checkJs: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...rest) => {
    if (!path.startsWith(ROOT)) return read(path, ...rest);
    if (!parsed.has(path)) parsed.set(path, read(path, ...rest));
    return parsed.get(path);
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

function runNode(folder: string, file: string): string {
  return execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8" });
}

const pages = PAGES.map((page) => ({ page, markdown: readFileSync(join(ROOT, page), "utf8") }));

describe.skipIf(!isBuilt).each(pages)("the files of $page (skipped before npm run build)", ({ markdown }) => {
  let folder: string;
  beforeAll(() => {
    folder = layOut(markdown);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const programs = filesOf(markdown).filter(({ name }) => name.endsWith(".mjs"));

  it.each(programs)("$name has sound types", ({ name }) => {
    expect(complaints(join(folder, name))).toEqual([]);
  });

  const shown: { readonly command: string; readonly block: string }[] = [];
  replaceBlocks(markdown, (block, command) => {
    if (needsFiles(command)) shown.push({ command, block });
    return block;
  });

  const unshown = programs.filter(({ name }) => !shown.some(({ command }) => command === `node ${name}`));

  it.each(unshown)("$name runs", ({ name }) => {
    runNode(folder, name);
  });

  it.each(shown)("$command prints what is there", ({ command, block }) => {
    expect(blockOf(command, outputOf(command, folder))).toBe(block);
  });

  const policies = programs.flatMap(({ name, text }) =>
    Array.from(text.matchAll(/^export const (\w+) = definePolicy/gm), ([, key]) => `./${name}#${key}`),
  );
  const metrics = programs.flatMap(({ name, text }) =>
    Array.from(text.matchAll(/^export const (\w+) = \{$/gm), ([, key]) => `./${name}#${key}`),
  );

  it.runIf(policies.length + metrics.length > 0)("has policies and metrics that an experiment takes", () => {
    const design = { trace: "synthetic", machines: 20, steps: 6 };
    const given = { ...design, policies: ["no-migration", ...policies], metrics: ["gini", ...metrics] };
    writeFileSync(
      join(folder, "try.mjs"),
      `import { experiment } from "schedlab";\n` +
        `const runs = await experiment(${JSON.stringify(given)});\n` +
        `console.log(JSON.stringify({ rows: runs.numRows(), columns: runs.columnNames() }));\n`,
    );
    const { rows, columns } = JSON.parse(runNode(folder, "try.mjs")) as { rows: number; columns: string[] };
    expect(rows).toBe(1 + policies.length);
    expect(columns).toEqual(expect.arrayContaining(metrics.map((path) => path.split("#")[1])));
  });
});

describe.skipIf(!isBuilt)("the policy drain (skipped before npm run build)", () => {
  const page = readFileSync(join(ROOT, "docs/your-own.md"), "utf8");

  it.each(["drain.mjs", "drain.mts"])("has sound and strict types as %s", (name) => {
    const folder = layOut(page);
    writeFileSync(join(folder, name), filesOf(page).find((file) => file.name === "drain.mjs")!.text);
    expect(complaints(join(folder, name), { noImplicitAny: true })).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it("moves more tasks the lower its mark, and makes the load more even", () => {
    const printed = /\$ node drain-experiment\.mjs\n[^]*?```/.exec(page)![0];
    const rows = printed.split("\n").flatMap((line) => {
      const [policy, mark, gini, , moves] = line.trim().split(/ +/);
      return Number(moves) >= 0 ? [{ policy, mark, gini: Number(gini), moves: Number(moves) }] : [];
    });
    expect(rows.map(({ policy, mark }) => [policy, mark])).toEqual([
      ["no-migration", "–"],
      ["threshold", "–"],
      ["drain", "0.5"],
      ["drain", "0.6"],
    ]);
    const [none, , early, late] = rows;
    expect(none.moves).toBe(0);
    expect(late.moves).toBeGreaterThan(0);
    expect(early.moves).toBeGreaterThan(late.moves);
    expect(late.gini).toBeLessThan(none.gini);
  });

  it("asks for no move of a task to the machine that it is on, nor of a latency-critical one", () => {
    const folder = layOut(page);
    writeFileSync(
      join(folder, "counted.mjs"),
      'import { openWorkload, simulate } from "schedlab";\n' +
        'import { drain } from "./drain.mjs";\n' +
        'const workload = await openWorkload("synthetic", { machines: 100, steps: 96 });\n' +
        "console.log(JSON.stringify(simulate(workload, drain).counts.refused));\n",
    );
    const refused: unknown = JSON.parse(runNode(folder, "counted.mjs"));
    expect(refused).toMatchObject({ sameMachine: 0, latencyCritical: 0 });
    rmSync(folder, { recursive: true });
  });
});

describe.skipIf(!isBuilt)("the experiment of docs/experiments.md (skipped before npm run build)", () => {
  const page = readFileSync(join(ROOT, "docs/experiments.md"), "utf8");
  const [, example] = /^```js\n(import [^]*?)^```$/m.exec(page)!;
  let folder: string;
  beforeAll(() => {
    folder = layOut("");
    writeFileSync(join(folder, "experiment.mjs"), example);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("has sound types", () => {
    expect(complaints(join(folder, "experiment.mjs"))).toEqual([]);
  });

  it("runs", () => {
    const rows = runNode(folder, "experiment.mjs")
      .split("\n")
      .filter((line) => line.startsWith("│") && line.includes("'"));
    // Ten of 20 runs are printed (five of no-migration and of gini-greedy, ten of threshold), 4 means, 6
    // differences.
    expect(rows).toHaveLength(10 + 4 + 6);
  });
});
