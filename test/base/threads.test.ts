import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { answering, compiledFile, startThreads } from "../../src/base/threads.js";

const FROM = new URL("../../src/index.ts", import.meta.url).href;
const WORKER = "./traces/google2011-writer/part-worker.js";

describe("compiledFile", () => {
  it("is a file below dist for a module that runs from its source", () => {
    const path = compiledFile(WORKER, FROM);
    expect(path).toMatch(/\/dist\/traces\/google2011-writer\/part-worker\.js$/);
    expect(existsSync(path)).toBe(true);
  });

  it("is the file in the same folder for a compiled module", () => {
    expect(compiledFile(WORKER, FROM.replace("/src/index.ts", "/dist/index.js"))).toBe(
      compiledFile(WORKER, FROM),
    );
  });
});

describe("answering", () => {
  it("answers with the result, or with the error in the input", async () => {
    expect(await answering(() => 5)).toBe(5);
    expect(await answering(() => Promise.reject(new InputError("no such file")))).toEqual({
      inputError: "no such file",
    });
  });

  it("throws errors that are not in the input", async () => {
    const fault = new TypeError("a bug");
    await expect(answering(() => Promise.reject(fault))).rejects.toBe(fault);
  });
});

describe("startThreads", () => {
  it("calls a module's functions by name; an error in the input is an InputError again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "schedlab-threads-"));
    const threads = startThreads<typeof import("../../src/traces/google2011-writer/part-worker.js")>(
      WORKER,
      FROM,
      2,
    );
    try {
      const paths = [1, 2, 3].map((n) => join(folder, `${n}.gz`));
      await Promise.all(paths.map((path) => threads.run("writeText", { path, text: Buffer.from(path) })));
      for (const path of paths) expect(gunzipSync(await readFile(path)).toString()).toBe(path);
      const below = threads.run("writeText", { path: join(paths[0], "below"), text: new Uint8Array(0) });
      await expect(below).rejects.toThrow(InputError);
      await expect(below).rejects.toThrow(/cannot write .*: a part of the path is a file/);
    } finally {
      await threads.close();
      await rm(folder, { recursive: true });
    }
  });

  it("imports the module, with the flags of the process (a require can end the process on Node 20)", async () => {
    type Module = { default: (message: undefined) => { by: string; flags: string[] } };
    const threads = startThreads<Module>("../test/loaded-by.mjs", FROM, 1);
    try {
      expect(await threads.run("default", undefined)).toEqual({ by: "import", flags: process.execArgv });
    } finally {
      await threads.close();
    }
  });
});
