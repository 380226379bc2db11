import { describe, expect, it } from "vitest";
import {
  notebookFaults,
  withoutOutputs,
  type Notebook,
  type NotebookCell,
} from "../../../src/tools/jupyter/notebook-faults.js";

const cell = (source: string, rest: Partial<NotebookCell> = {}): NotebookCell => ({
  cell_type: "code",
  source,
  execution_count: null,
  outputs: [],
  ...rest,
});
const notebook = (...cells: NotebookCell[]): Notebook => ({
  cells: [cell('const p = notebook("00", {});'), ...cells],
  metadata: { kernelspec: { name: "schedlab" } },
});

describe("notebookFaults", () => {
  it("finds none in a good notebook", () => {
    const good = "async function all() {\n  for await (const x of y) f(x);\n}\nawait all();";
    expect(notebookFaults(notebook(cell(good)))).toEqual([]);
  });

  it.each([
    ["const a = await (f());", "await ("],
    ["for await (const x of y) f(x);", "for await"],
    ["for (const x of y) f(x);", "top level"],
    ["while (a) f();", "top level"],
    ['import Plotly from "plotly.js-dist";', "browser only"],
    ['import { a } from "../src/index.js";', "by its name"],
  ])("finds fault with %s", (source, fault) => {
    const faults = notebookFaults(notebook(cell(`f();\n${source}`)));
    expect(faults).not.toEqual([]);
    expect(faults[0]).toMatch(/^code cell 2, line 2: /);
    expect(faults.join("\n")).toContain(fault);
  });

  it("finds outputs, counts, another kernel, and parameters that do not come first", () => {
    expect(notebookFaults(notebook(cell("a", { outputs: [{}] })))[0]).toContain("code cell 2 holds outputs");
    expect(notebookFaults(notebook(cell("a", { execution_count: 3 })))[0]).toContain("holds outputs");
    expect(notebookFaults({ cells: [cell("a")], metadata: {} })).toEqual([
      "the kernel is not schedlab",
      expect.stringContaining("code cell 1 does not hold the parameters") as string,
    ]);
  });
});

it("finds fault with a picture that is no name", () => {
  const { cells, metadata } = notebook();
  const faults = (picture: unknown): string[] =>
    notebookFaults({ cells, metadata: { ...metadata, schedlab: { picture } } });
  expect(faults("gini-over-time")).toEqual([]);
  expect(faults(3)).toEqual([expect.stringContaining("names no picture") as string]);
});

it("withoutOutputs leaves what was written", () => {
  const ran = notebook(cell("a", { outputs: [{}], execution_count: 3 }), {
    cell_type: "markdown",
    source: "b",
  });
  const stripped = withoutOutputs(ran);
  expect(notebookFaults(stripped)).toEqual([]);
  expect(stripped.cells.map(({ source }) => source)).toEqual(ran.cells.map(({ source }) => source));
  expect(stripped.metadata).not.toHaveProperty("schedlab");
  const metadata = { ...ran.metadata, schedlab: { picture: "a" }, widgets: {} };
  const { schedlab, ...others } = withoutOutputs({ ...ran, metadata }).metadata;
  expect(schedlab).toEqual({ picture: "a" });
  expect(others).not.toHaveProperty("widgets");
});
