/** Tests the compiled kernel with a client that behaves like JupyterLab. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOTEBOOKS } from "../../../src/tools/jupyter/project.js";
import { startKernel, type Execution, type KernelClient, type Output } from "./kernel-client.js";

const kinds = (execution: Execution): string[] => execution.outputs.map(({ type }) => type);
const text = (execution: Execution, name = "stdout"): string =>
  execution.outputs
    .filter(({ type, content }) => type === "stream" && content.name === name)
    .map(({ content }) => content.text as string)
    .join("");
const traceback = (execution: Execution): string =>
  // eslint-disable-next-line no-control-regex
  (execution.reply.traceback as string[]).join("\n").replace(/\u001b\[\d+m/g, "");
const value = (execution: Execution): unknown =>
  (execution.outputs.find(({ type }) => type === "execute_result")?.content.data as Record<string, unknown>)[
    "text/plain"
  ];

describe("the kernel", () => {
  let kernel: KernelClient;
  beforeAll(async () => {
    kernel = await startKernel(NOTEBOOKS);
  });
  afterAll(() => kernel.close());

  it("stays in the folder that it is started in, and counts its cells", async () => {
    const first = await kernel.execute("process.cwd()");
    const second = await kernel.execute("1 + 1");
    expect(value(first)).toBe(NOTEBOOKS);
    expect(kinds(second)).toEqual(["execute_input", "execute_result"]);
    expect(second.outputs[0].content).toEqual({ code: "1 + 1", execution_count: 2 });
    expect(second.reply).toMatchObject({ status: "ok", execution_count: 2 });
  });

  it("does not count or echo silent requests", async () => {
    const silent = await kernel.execute("const hidden = 5;", { silent: true });
    const next = await kernel.execute("hidden");
    expect(kinds(silent)).toEqual([]);
    expect(next.reply.execution_count).toBe(3);
  });

  it("says which line of which cell threw, with the error's own name and message", async () => {
    const defined = await kernel.execute(
      "\n\nfunction twice(n: number): number {\n  return once(n) * 2;\n}\n// a note\nfunction once(n: " +
        "number): number {\n  throw new RangeError(`too much: ${n}`);\n}",
    );
    const failed = await kernel.execute("const four =\n  twice(2);");
    expect(defined.reply.status).toBe("ok");
    expect(failed.reply).toMatchObject({ status: "error", ename: "RangeError", evalue: "too much: 2" });
    const error = failed.outputs.find(({ type }) => type === "error");
    expect(error?.content).toMatchObject({ ename: "RangeError", evalue: "too much: 2" });
    const count = defined.reply.execution_count as number;
    expect(traceback(failed)).toBe(
      [
        "RangeError: too much: 2",
        `  in cell [${count}], line 8:`,
        "    throw new RangeError(`too much: ${n}`);",
        `  in cell [${count}], line 4:`,
        "    return once(n) * 2;",
        `  in cell [${count + 1}], line 2:`,
        "    twice(2);",
      ].join("\n"),
    );
  });

  it("says where a cell does not compile", async () => {
    const failed = await kernel.execute('const ok = 1;\nconst n: number = "a";');
    expect(failed.reply).toMatchObject({
      ename: "TypeScriptError",
      evalue: "Type 'string' is not assignable to type 'number'.",
    });
    expect(traceback(failed)).toContain("line 2, column 7:");
  });

  describe("work that a cell leaves behind", () => {
    /** A cell that leaves behind work of 300 ms, which shows its end, or fails. */
    const leaving = (end: string): string =>
      'import { setTimeout as pause } from "node:timers/promises";\n' +
      'const sink = (globalThis as any)[Symbol.for("schedlab.display")];\n' +
      `sink.behind(pause(300).then(() => { ${end} }));`;
    const ending = 'sink.write({ "text/plain": "written" })';

    it("ends before the cell, if no other cell waits", async () => {
      const alone = await kernel.execute(leaving(ending));
      expect(kinds(alone)).toEqual(["execute_input", "display_data"]);
    });

    it("goes on while the next cell runs", async () => {
      const [first, next] = await Promise.all([
        kernel.execute(leaving(ending)),
        kernel.execute("await new Promise((resolve) => setTimeout(resolve, 900))"),
      ]);
      expect(kinds(first)).toEqual(["execute_input"]);
      expect(kinds(next)).toEqual(["execute_input", "display_data"]);
    });

    it("fails the cell, or is reported by a later one", async () => {
      const failing = leaving('throw new Error("the disk is full")');
      expect((await kernel.execute(failing)).reply).toMatchObject({
        status: "error",
        evalue: "the disk is full",
      });
      const [first, next] = await Promise.all([
        kernel.execute(failing),
        kernel.execute("await new Promise((resolve) => setTimeout(resolve, 900))"),
      ]);
      expect([first, next].map(({ reply }) => reply.status)).toEqual(["ok", "ok"]);
      expect(text(next, "stderr")).toContain("the disk is full");
    });
  });

  it("shows an imported package's failure in a few lines, with a remedy", async () => {
    const failed = await kernel.execute('import Plotly from "plotly.js-dist";\nPlotly');
    expect(failed.reply).toMatchObject({ ename: "ReferenceError", evalue: "self is not defined" });
    expect(traceback(failed)).toContain("pass the figure to show()");
    expect(traceback(failed)).toContain('import Plotly from "plotly.js-dist";');
    expect(JSON.stringify(failed).length).toBeLessThan(5000);
  });

  it("reports thrown values that are not errors, and errors thrown later", async () => {
    expect((await kernel.execute("throw { code: 3 };")).reply).toMatchObject({
      ename: "Thrown",
      evalue: "{ code: 3 }",
    });
    const caused = await kernel.execute('throw new Error("outer", { cause: new TypeError("inner") });');
    expect(traceback(caused)).toMatch(/^Error: outer\n[^]*Caused by TypeError: inner/);
    const later = await kernel.execute(
      'void Promise.reject(new Error("nobody waits"));\nawait new Promise((go) => setTimeout(go, 50));',
    );
    expect(later.reply.status).toBe("ok");
    expect(text(later, "stderr")).toContain("nobody waits");
  });

  it("runs what tslab alone compiles wrongly", async () => {
    await kernel.execute("const machines = 7; const made = { step: 1, seed: 2 };");
    expect(value(await kernel.execute("const options = { machines }; options"))).toBe("{ machines: 7 }");
    expect(value(await kernel.execute("const { seed: start, ...rest } = made; [start, rest]"))).toBe(
      "[ 2, { step: 1 } ]",
    );
    expect(value(await kernel.execute("const n = await (await Promise.resolve([4])).length; n"))).toBe("1");
    expect(value(await kernel.execute("await (async () => machines + 1)()"))).toBe("8");
  });

  it("drops the cells that wait behind a failed one, but no later cells", async () => {
    const sent = await Promise.all(
      ["const before = 1;", 'throw new Error("stop");', "const after = 2;"].map((code) =>
        kernel.execute(code),
      ),
    );
    expect(sent.map(({ reply }) => reply.status)).toEqual(["ok", "error", "aborted"]);
    expect((await kernel.execute("before")).reply.status).toBe("ok");
    const going = await Promise.all(
      ['throw new Error("go on");', "before"].map((code) => kernel.execute(code, { stopOnError: false })),
    );
    expect(going.map(({ reply }) => reply.status)).toEqual(["error", "ok"]);
  });

  it("is busy with one request at a time", async () => {
    const from = kernel.log.length;
    await Promise.all([kernel.execute("1"), kernel.execute("2")]);
    const states = kernel.log.slice(from).filter(({ type }) => type === "status");
    expect(states.map(({ content }) => content.execution_state)).toEqual(["busy", "idle", "busy", "idle"]);
  });

  it("sends all printed output, in few messages, also while the cell computes", async () => {
    const many = await kernel.execute('for (let i = 0; i < 20000; i++) console.log("line " + i);');
    expect(text(many).split("\n")).toHaveLength(20001);
    expect(many.outputs.length).toBeLessThan(100);
    const from = kernel.log.length;
    const working = kernel.execute(
      "function work() { for (let i = 0; i < 4; i++) { const t = Date.now(); while (Date.now() - t < " +
        "250); console.log(`part ${i}`); } }\nwork();",
    );
    await delay(800);
    const sofar = kernel.log.slice(from).filter(({ type }) => type === "stream");
    expect(sofar.length).toBeGreaterThan(0);
    expect(text(await working)).toBe("part 0\npart 1\npart 2\npart 3\n");
  });

  it("shows tables and charts in several formats, and updates in place", async () => {
    const shown = await kernel.execute(
      'import { show, withProgress } from "schedlab";\nimport { table } from "arquero";\nawait show(table({ a: [1, 2] }));',
    );
    const [, display] = shown.outputs;
    expect(Object.keys(display.content.data as object)).toEqual(["text/html", "text/plain"]);
    const last = await kernel.execute("table({ a: [1, 2] })");
    expect(kinds(last)).toEqual(["execute_input", "execute_result"]);
    const words = '{ en: "A", zh: "A" }';
    const figure =
      `{ name: "a", title: ${words}, caption: ${words}, data: [], layout: {}, aspect: 1, table: { name: ` +
      `"a", caption: ${words}, columns: [] } }`;
    const drawn = await kernel.execute(`const figure = ${figure};\nawait show(figure);\nawait show(figure);`);
    const charts = drawn.outputs.filter(({ type }) => type.endsWith("display_data"));
    const idOf = ({ content }: Output): unknown => (content.transient as { display_id: string }).display_id;
    // Each chart is shown at once, and again with its image, in place.
    for (const id of new Set(charts.map(idOf))) {
      const ofChart = charts.filter((chart) => idOf(chart) === id).map(({ type }) => type);
      expect(ofChart).toEqual(["display_data", "update_display_data"]);
    }
    expect(charts).toHaveLength(4);
    const bar = await kernel.execute(
      'await withProgress((tell) => { tell({ phase: "p", done: 1, total: 2, unit: "x" }); tell({ phase: "p", done: 2, total: 2, unit: "x" }); });',
    );
    expect(kinds(bar)).toEqual(["execute_input", "display_data", "update_display_data"]);
  });

  it("shortens a cell's last value where it is long", async () => {
    await kernel.execute(
      'import { generateWorkload, simulate } from "schedlab";\nconst workload = generateWorkload({ machines: 5, steps: 3 });\nconst runs = ["no-migration", "threshold"].map((policy) => simulate(workload, policy));',
    );
    const lineCounts: number[] = [];
    for (const code of ["runs", "runs[0]", "workload", "workload.executions"]) {
      lineCounts.push((value(await kernel.execute(code)) as string).split("\n").length);
    }
    // A header and one line per run; five lines; 40 lines and one that says how to see the others.
    expect(lineCounts).toEqual([3, 2, 5, 41]);
  });

  it("answers the requests of a front end", async () => {
    const info = await kernel.request("control", "kernel_info_request");
    expect(info.reply).toMatchObject({ status: "ok", language_info: { name: "typescript" } });
    expect((await kernel.request("shell", "comm_info_request")).reply).toEqual({ status: "ok", comms: {} });
    await kernel.execute("const utilization = 1;");
    const complete = await kernel.request("shell", "complete_request", { code: "utiliz", cursor_pos: 6 });
    expect(complete.reply.matches).toContain("utilization");
    const open = await kernel.request("shell", "is_complete_request", { code: "function f() {" });
    expect(open.reply.status).toBe("incomplete");
  });

  it.each([
    ["a loop", "const t = Date.now(); while (Date.now() - t < 20000);"],
    ["a wait", "await new Promise((go) => setTimeout(go, 20000));"],
    ["a loop after a wait", "async function spin() { await null; for (;;); }\nawait spin();"],
    ["waits without end", "async function spin() { for (;;) await null; }\nawait spin();"],
  ])("can be interrupted in %s and continues", async (_, code) => {
    const running = kernel.execute(code);
    await delay(300);
    await kernel.request("control", "interrupt_request");
    expect((await running).reply).toMatchObject({ status: "error", ename: "Interrupted" });
    expect(value(await kernel.execute("40 + 2"))).toBe("42");
  });
});

it("ends on request, even during an endless computation", async () => {
  const kernel = await startKernel(mkdtempSync(`${tmpdir()}/schedlab-`));
  const ended = new Promise((resolve) => kernel.process.once("exit", resolve));
  kernel.execute("async function spin() { await null; for (;;); }\nawait spin();").catch(() => undefined);
  await delay(300);
  const { reply } = await kernel.request("control", "shutdown_request", { restart: false });
  expect(reply).toEqual({ status: "ok", restart: false });
  await ended;
  await kernel.close();
});
