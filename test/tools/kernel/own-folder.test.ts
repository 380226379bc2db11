/** A notebook in a separate folder, outside the checkout. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOTEBOOKS, PROJECT } from "../../../src/tools/jupyter/project.js";
import { startKernel, type Execution, type KernelClient } from "./kernel-client.js";

/**
 * One machine from the start, and one task that is scheduled on it after 700 s and finishes after 1,500 s.
 */
function writeTrace(folder: string): void {
  const write = (table: string, rows: readonly string[]): void => {
    mkdirSync(join(folder, table), { recursive: true });
    writeFileSync(join(folder, table, "part-00000-of-00001.csv"), rows.map((row) => `${row}\n`).join(""));
  };
  write("machine_events", ["0,1,0,p,1,1"]);
  write("task_events", [
    "650000000,,7,0,,0,u,0,0,.5,.25,0,0",
    "700000000,,7,0,1,1,u,0,0,.5,.25,0,0",
    "1500000000,,7,0,1,4,u,0,0,.5,.25,0,0",
  ]);
}

const printed = ({ reply, outputs }: Execution): string => {
  expect(reply).toMatchObject({ status: "ok" });
  return outputs.map(({ content }) => content.text as string | undefined).join("");
};

describe("a notebook in a separate folder", () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "schedlab-own-")));
  let kernel: KernelClient;
  beforeAll(async () => {
    writeTrace(join(folder, "trace"));
    writeFileSync(
      join(folder, "helper.ts"),
      'import { giniOf } from "./deeper.js";\nexport const even: number = giniOf([1, 1]);\n',
    );
    writeFileSync(
      join(folder, "deeper.ts"),
      'import { gini } from "schedlab";\nexport const giniOf = (loads: number[]): number => gini(loads);\n',
    );
    kernel = await startKernel(folder);
  });
  afterAll(() => kernel.close());

  it.each([
    ["schedlab", "experiment", '{ trace: "synthetic", machines: 5, steps: 3, policies: ["random"] }'],
    ["schedlab/giantvm", "transportLatencies", ""],
  ])("can name the type of a table that %s returns", async (from, name, options) => {
    const code = `import { ${name} } from "${from}";
const ${name}Rows = await ${name}(${options});
console.log(${name}Rows.numRows() > 0);`;
    expect(printed(await kernel.execute(code))).toBe("true\n");
  });

  it("opens a trace beside it", async () => {
    const opened = await kernel.execute(
      'import { openWorkload } from "schedlab";\nconst w = await openWorkload("google2011:trace");\nconsole.log(process.cwd(), w.executions.job.length);',
    );
    expect(printed(opened)).toBe(`${folder} 1\n`);
  });

  it("imports packages of the checkout, with their types, and files beside it", async () => {
    const packages = await kernel.execute(
      'import { table } from "arquero";\nimport { randomInt } from "d3-random";\nconst rows: number = table({ a: [1, 2] }).numRows();\nconsole.log(rows, randomInt(1)());',
    );
    expect(printed(packages)).toBe("2 0\n");
    const wrong = await kernel.execute("const text: string = table({ a: [1] }).numRows();");
    expect(wrong.reply.evalue).toBe("Type 'number' is not assignable to type 'string'.");
    expect(printed(await kernel.execute('import { even } from "./helper";\nconsole.log(even);'))).toBe("0\n");
  });

  it("writes beside itself, and nothing into the checkout", async () => {
    const words = '{ en: "A", zh: "A" }';
    await kernel.execute(
      `import { notebook } from "schedlab";
const { publish } = notebook("own", {});
await publish({ name: "made", caption: ${words}, columns: [{ name: "n", label: ${words}, unit: "", values: [1] }] });`,
    );
    expect(readFileSync(join(folder, "out", "own-made.csv"), "utf8")).toBe("n\n1\n");
    for (const place of [PROJECT, NOTEBOOKS]) {
      const figures = join(place, "out");
      expect(existsSync(figures) ? readdirSync(figures) : []).not.toContain("own-made.csv");
    }
  });

  it.each([
    ['await openWorkload("google2011:none");'],
    ['await openWorkload("none.arrow");'],
    ['import { readFileSync } from "node:fs";\nreadFileSync("none.csv");'],
  ])("says what a relative path is relative to: %s", async (code) => {
    const { reply } = await kernel.execute(code);
    const text = (reply.traceback as string[]).join("\n");
    expect(text.split(folder)).toHaveLength(2);
  });

  it("goes on where files that cells import, and files around them, change between cells", async () => {
    const write = (name: string, text: string): void => {
      writeFileSync(join(folder, name), text);
    };
    write("changing.ts", "export const first: number = 1;\n");
    expect(printed(await kernel.execute('import { first } from "./changing";\nconsole.log(first);'))).toBe(
      "1\n",
    );
    for (const round of [2, 3]) {
      write("changing.ts", `export const first: number = ${round};\n`);
      // Could be what an import of a package meant.
      mkdirSync(join(folder, "node_modules", `package${round}`), { recursive: true });
      write(`new${round}.ts`, "export const more = 1;\n");
      // TypeScript hears of changes for a while.
      await delay(1500);
      expect(kernel.process.exitCode).toBe(null);
    }
    expect(printed(await kernel.execute('import { more } from "./new3";\nconsole.log(more);'))).toBe("1\n");
    expect(
      printed(await kernel.execute('import { first as now } from "./changing";\nconsole.log(now);')),
    ).toBe("3\n");
  });

  it("names no folder for an absolute path", async () => {
    const { reply } = await kernel.execute('await openWorkload("google2011:/none");');
    expect((reply.traceback as string[]).join("\n")).not.toContain(folder);
  });
});

const CASE = join(PROJECT, "..", "shared", "cases", "notebook-in-own-folder");
if (!existsSync(CASE)) process.stderr.write(`skipped: no ${CASE}\n`);

it.skipIf(!existsSync(CASE))("runs the shared case", async () => {
  const folder = realpathSync(CASE);
  const kernel = await startKernel(folder);
  const { cells } = JSON.parse(readFileSync(join(folder, "own.ipynb"), "utf8")) as {
    cells: { source: string[] }[];
  };
  // Its task_events have one SCHEDULE row (event type 1) per execution.
  const rows = readFileSync(join(folder, "trace/task_events/part-00000-of-00001.csv"), "utf8").split("\n");
  const executions = rows.filter((row) => row.split(",")[5] === "1").length;
  // The case was written when a workload's executions were called runs.
  const code = cells[0].source.join("").replace("w.runs.", "w.executions.");
  expect(printed(await kernel.execute(code))).toBe(`${folder} ${executions}\n`);
  await kernel.close();
});
