/** Cells that break what the kernel stands on: it answers afterwards, or says why names are gone. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startKernel, type Execution, type KernelClient } from "../tools/kernel/kernel-client.js";

const folder = mkdtempSync(`${tmpdir()}/schedlab-hostile-cells-`);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const printed = (execution: Execution, name = "stdout"): string =>
  execution.outputs
    .filter(({ type, content }) => type === "stream" && content.name === name)
    .map(({ content }) => content.text as string)
    .join("");

const value = ({ reply, outputs }: Execution): unknown => {
  expect(reply).toMatchObject({ status: "ok" });
  const data = outputs.find(({ type }) => type === "execute_result")?.content.data;
  return (data as Record<string, unknown> | undefined)?.["text/plain"];
};

/** What code of Node and of the kernel uses, each with a statement that makes it useless. */
const BROKEN = [
  "JSON.stringify = () => { throw 1; }",
  "JSON.parse = () => 1",
  "Buffer = undefined",
  "Buffer.from = () => { throw 1; }",
  "Map.prototype.get = () => undefined",
  "Map.prototype.set = () => { throw 1; }",
  "Map.prototype[Symbol.iterator] = () => { throw 1; }",
  "Set.prototype.has = () => { throw 1; }",
  "WeakMap.prototype.get = () => { throw 1; }",
  "Promise.prototype.then = () => { throw 1; }",
  "Promise.resolve = () => { throw 1; }",
  "Promise.race = () => { throw 1; }",
  "Promise = undefined",
  "Array.prototype.push = () => { throw 1; }",
  "Array.prototype.map = () => { throw 1; }",
  "Array.prototype.find = () => { throw 1; }",
  "Array.prototype[Symbol.iterator] = () => { throw 1; }",
  "Array.from = () => { throw 1; }",
  "String.prototype.replaceAll = () => { throw 1; }",
  "RegExp.prototype.exec = () => { throw 1; }",
  "Function.prototype.apply = () => { throw 1; }",
  "Function.prototype.bind = () => { throw 1; }",
  "Reflect.apply = () => { throw 1; }",
  "Object.keys = () => { throw 1; }",
  "Object.assign = () => { throw 1; }",
  "Object.prototype.toJSON = () => 1",
  "Object.prototype.type = 'run'",
  "Object.prototype.toString = () => { throw 1; }",
  "Symbol.for = () => { throw 1; }",
  "Error = undefined",
  "Error.prepareStackTrace = () => { throw 1; }",
  "setTimeout = () => { throw 1; }",
  "setInterval = setImmediate = queueMicrotask = undefined",
  "TextDecoder.prototype.decode = () => { throw 1; }",
  "process.stdout.write = () => { throw 1; }",
  "process.emit = () => { throw 1; }",
  "process.kill = process.exit = undefined",
  "MessagePort.prototype.postMessage = () => { throw 1; }",
  "delete globalThis.__schedlab__",
  "globalThis.__schedlab__ = undefined",
  "process = undefined",
  "globalThis.globalThis = undefined",
  "Object.setPrototypeOf(Object.prototype, null)",
];

/** What the compiled code of a cell, or its value or output, cannot do without. */
const NEEDED = [
  "String.prototype.split = () => { throw 1; }",
  "Function.prototype.call = () => { throw 1; }",
  "Object.defineProperty = () => { throw 1; }",
];

/** A cell that runs a statement as code without types, whatever becomes of it. */
const breaking = (statement: string): string => `try { (0, eval)(${JSON.stringify(statement)}); } catch {}`;

/** Ends the process of the cells as no code in it can prevent. */
const KILL = (signal: string): string =>
  `import { execSync } from "node:child_process";\nexecSync(\`kill -${signal} \${process.pid}\`);`;

describe("a kernel", () => {
  let kernel: KernelClient;
  beforeAll(async () => {
    kernel = await startKernel(folder);
  });
  afterAll(() => kernel.close());

  it("keeps the names of cells that would end the process", async () => {
    await kernel.execute("const kept = 21;");
    for (const call of [
      "process.exit()",
      "process.exit(3)",
      "process.reallyExit(1)",
      "process.abort()",
      "process.kill(process.pid)",
      'process.kill(process.ppid, "SIGKILL")',
      "process.kill(0, 9)",
    ]) {
      const { reply } = await kernel.execute(
        `(globalThis as any).${call.replace(/\(process/, "((globalThis as any).process")};`,
      );
      expect(reply).toMatchObject({ ename: "ProcessEnd" });
      expect(reply.evalue).toMatch(/^process\.\w+\(\) ends the cell, not the kernel/);
    }
    expect(value(await kernel.execute("process.kill(process.pid, 0)"))).toBe("true");
    const late = await kernel.execute(
      "setTimeout(() => process.exit(), 1);\nawait new Promise((go) => setTimeout(go, 100));",
    );
    expect(printed(late, "stderr")).toContain("process.exit() ends the cell, not the kernel");
    expect(value(await kernel.execute("kept * 2"))).toBe("42");
  });

  it("prints what is thrown later, readable or not", async () => {
    const unreadable = [
      "{ get name() { throw 1; }, get message() { throw 1; }, get stack() { throw 1; } }",
      'Object.assign(new Error("shown"), { name: { toString() { throw 1; } } })',
      "new Proxy({}, { get() { throw 1; }, has() { throw 1; }, getPrototypeOf() { throw 1; } })",
      '{ [Symbol.for("nodejs.util.inspect.custom")]() { throw 1; } }',
      "null",
      "Symbol()",
      'Object.defineProperty(new Error("cause"), "cause", { get() { throw 1; } })',
    ];
    for (const thrown of unreadable) {
      const { reply, outputs } = await kernel.execute(
        `setTimeout(() => { throw ${thrown}; }, 1);\nawait new Promise((go) => setTimeout(go, 50));`,
      );
      expect([thrown, reply.status, outputs.some(({ type }) => type === "stream")]).toEqual([
        thrown,
        "ok",
        true,
      ]);
      expect((await kernel.execute(`throw ${thrown};`)).reply).toMatchObject({ status: "error" });
    }
  });

  it("answers after an interrupt, where a callback never ends", async () => {
    for (const code of [
      "setTimeout(() => { for (;;); }, 1);",
      "const round = () => queueMicrotask(round);\nround();",
    ]) {
      await kernel.execute(code);
      const waiting = kernel.execute("1");
      await delay(300);
      await kernel.request("control", "interrupt_request");
      const { reply } = await waiting;
      // Where the process could not go on, it says why.
      if (reply.ename === "CellsEnded") expect(reply.evalue).toContain("the interrupt met a callback");
      expect(value(await kernel.execute("40 + 2"))).toBe("42");
    }
  });

  it.each([
    [
      "SEGV",
      /^the process in which cells run has ended: it ended with SIGSEGV, as by a fault in a native module\./,
    ],
    ["KILL", /^the process in which cells run has ended: killed from outside \(SIGKILL\)/],
  ])("says that the process of the cells ended by SIG%s, and starts another", async (signal, message) => {
    await kernel.execute("const gone = 1;");
    const { reply, outputs } = await kernel.execute(KILL(signal));
    expect(reply).toMatchObject({ status: "error", ename: "CellsEnded" });
    expect(reply.evalue).toMatch(message);
    expect(reply.evalue).toMatch(/names of earlier cells: run them again$/);
    expect(outputs.at(-1)?.type).toBe("error");
    expect((await kernel.execute("gone")).reply).toMatchObject({ ename: "TypeScriptError" });
    expect(value(await kernel.execute("40 + 2"))).toBe("42");
  });

  it("runs no cell on names that are gone without saying so", async () => {
    await kernel.execute(
      `const name = 1;\nsetTimeout(() => { require("node:child_process").execSync("kill -9 " + process.pid); }, 50);`,
    );
    await delay(500);
    expect((await kernel.execute("console.log(1);")).reply).toMatchObject({ ename: "CellsEnded" });
    expect(printed(await kernel.execute("console.log(1);"))).toBe("1\n");
  });

  it("answers while timers go round", async () => {
    const again =
      "const again = () => { for (const t = Date.now(); Date.now() - t < 20;); setImmediate(again); };";
    await kernel.execute(
      `${again}\nfor (let i = 0; i < 5; i++) again();\nsetInterval(() => console.log(1), 0);`,
    );
    expect(value(await kernel.execute("40 + 2"))).toBe("42");
  });
});

it("answers cells whatever built-ins they replace", async () => {
  const kernel = await startKernel(folder);
  try {
    await kernel.execute("const kept = 21;");
    for (const statement of BROKEN) {
      await kernel.execute(breaking(statement));
      const asked = await kernel.execute("const more = await (async () => kept + 21)();\nmore");
      expect([statement, value(asked)]).toEqual([statement, "42"]);
    }
    const { reply } = await kernel.execute("throw new RangeError(String(kept));");
    expect(reply).toMatchObject({ ename: "RangeError", evalue: "21" });
    for (const statement of NEEDED) {
      await kernel.execute(breaking(statement));
      expect((await kernel.execute("kept")).reply.status).toMatch(/^(ok|error)$/);
    }
  } finally {
    await kernel.close();
  }
});

it("says that cells ran out of memory, and goes on", async () => {
  const kernel = await startKernel(folder, {}, ["--max-old-space-size=300"]);
  try {
    const { reply } = await kernel.execute(
      "const kept: number[][] = [];\nfor (;;) kept.push(new Array<number>(1e6).fill(0.5));",
    );
    expect(reply).toMatchObject({ status: "error", ename: "CellsEnded" });
    expect(reply.evalue).toMatch(/has ended: out of memory \(its limit is 0\.\d GB\): use fewer machines/);
    expect(value(await kernel.execute("40 + 2"))).toBe("42");
  } finally {
    await kernel.close();
  }
});
