import { describe, expect, it } from "vitest";
import { readThrown } from "../../../src/tools/kernel/cells/thrown.js";
import { describeThrown, type Failure } from "../../../src/tools/kernel/failure.js";

const context = { project: "/project", folder: "/notes", cells: new Map() };

const describeError = (error: Error): Failure => describeThrown(readThrown(error), context);

function errorWith(stack: string): Error {
  const error = new Error("m");
  error.stack = stack;
  return error;
}

describe("describeThrown", () => {
  it("shows the project's frames relative to it, others to the notebook, and neither Node's nor tslab's", () => {
    const { traceback } = describeError(
      errorWith(
        [
          "Error: m",
          "    at place (/project/src/a.ts:3:7)",
          "    at node:internal/modules/cjs/loader:1:2",
          "    at run (/project/node_modules/tslab/dist/executor.js:1:2)",
          "    at execute (/project/src/tools/kernel/kernel-server.ts:8:3)",
          "    at own (/notes/lab/tools/kernel/own.ts:2:1)",
          "    at file:///project/src/b.ts:9:1",
          "    at help (/notes/help.ts:2:1)",
        ].join("\n"),
      ),
    );
    expect(traceback.slice(1)).toEqual([
      "  at src/a.ts:3 in place",
      "  at lab/tools/kernel/own.ts:2 in own",
      "  at src/b.ts:9",
      "  at help.ts:2 in help",
    ]);
  });

  it("stays short, whatever a package puts into message and stack", () => {
    const error = new Error("x".repeat(50_000));
    error.stack = `${"y".repeat(50_000)}\n${"    at f (/project/node_modules/p/p.js:1:1)\n".repeat(500)}`;
    const failure = describeError(error);
    expect(JSON.stringify(failure).length).toBeLessThan(6000);
    expect(failure.evalue).toMatch(/^x{2000} … \(50000 characters\)$/);
  });

  it("follows a limited number of causes", () => {
    const error = new Error("round");
    error.cause = error;
    expect(describeError(error).traceback.length).toBeLessThan(60);
  });
});
