import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { explainFileError, writeFileAtomic, writeJson } from "../../src/base/files.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-files-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("writeFileAtomic", () => {
  it("writes text, bytes and pieces, makes folders and replaces a file", async () => {
    const path = join(folder, "a/b/c.txt");
    await writeFileAtomic(path, "long text");
    expect(await readFile(path, "utf8")).toBe("long text");
    await writeFileAtomic(path, Uint8Array.of(104, 105));
    expect(await readFile(path, "utf8")).toBe("hi");
    await writeFileAtomic(path, [Uint8Array.of(1, 2), new Uint8Array(0), Uint8Array.of(3)]);
    expect([...(await readFile(path))]).toEqual([1, 2, 3]);
    expect(await readdir(join(folder, "a/b"))).toEqual(["c.txt"]);
  });

  it("leaves the old file and no temporary one where writing fails halfway", async () => {
    const path = join(folder, "kept.txt");
    await writeFile(path, "old");
    const pieces = [Uint8Array.of(1), { not: "bytes" } as unknown as Uint8Array];
    await expect(writeFileAtomic(path, pieces)).rejects.toThrow(TypeError);
    expect(await readFile(path, "utf8")).toBe("old");
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("survives many writes to one file at a time", async () => {
    const path = join(folder, "raced.txt");
    await Promise.all(
      Array.from({ length: 5 }, (_, index) => writeFileAtomic(path, String(index).repeat(1000))),
    );
    expect(await readFile(path, "utf8")).toMatch(/^(\d)\1{999}$/);
    expect(process.listenerCount("SIGINT")).toBe(0);
  });

  it("says what is wrong with the path", async () => {
    await mkdir(join(folder, "taken"), { recursive: true });
    await writeFile(join(folder, "file"), "");
    await expect(writeFileAtomic(join(folder, "taken"), "")).rejects.toThrow(
      /taken: it is a folder; give the name/,
    );
    await expect(writeFileAtomic(join(folder, "file/x"), "")).rejects.toThrow(InputError);
    await expect(writeFileAtomic(join(folder, "file/x/y"), "")).rejects.toThrow(
      /a part of the path is a file/,
    );
    await expect(writeFileAtomic(join(folder, "n".repeat(300)), "")).rejects.toThrow(/the name is too long/);
    expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it.skipIf(!existsSync("/proc/self"))("does not wait for a folder that procfs never makes", async () => {
    await expect(writeFileAtomic("/proc/schedlab-none/below/x", "")).rejects.toThrow(
      new InputError("cannot write /proc/schedlab-none/below/x: no such folder; check the path"),
    );
  });

  it.skipIf(process.getuid?.() === 0)("says that permission is denied (skipped for root)", async () => {
    await mkdir(join(folder, "locked"));
    await chmod(join(folder, "locked"), 0o500);
    await expect(writeFileAtomic(join(folder, "locked/x"), "")).rejects.toThrow(/permission denied/);
  });
});

describe("explainFileError", () => {
  it("keeps an error that is not the user's", () => {
    const error = new RangeError("ours");
    expect(explainFileError(error, "x", "write")).toBe(error);
  });

  it("names the remedy for a full disk", () => {
    const error = Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
    expect(explainFileError(error, "/out.csv", "write")).toEqual(
      new InputError(
        "cannot write /out.csv: no space left on the device; free some space or choose another path",
      ),
    );
  });

  it("says where a relative path starts, if the path that was tried is relative", () => {
    const error = Object.assign(new Error("ENOENT"), { code: "ENOENT", path: "traces/a.swf" });
    expect(explainFileError(error, "a.swf", "read")).toEqual(
      new InputError(
        `cannot read a.swf: no such file or folder; check the path; the path starts from ${process.cwd()}`,
      ),
    );
  });
});

describe("writeJson", () => {
  it("ends with a line feed", async () => {
    await writeJson(join(folder, "x.json"), { a: [1] });
    expect(await readFile(join(folder, "x.json"), "utf8")).toBe('{\n  "a": [\n    1\n  ]\n}\n');
  });
});

describe("a signal while a file is written", () => {
  it("removes the temporary file and ends the process", async () => {
    const target = join(folder, "signal");
    await mkdir(target);
    // Writes until it is killed. It runs from TypeScript's source, whose types the compiler strips.
    const { default: typescript } = await import("typescript");
    const compiled = async (name: string): Promise<void> => {
      const source = await readFile(new URL(`../../src/base/${name}.ts`, import.meta.url), "utf8");
      const options = { module: typescript.ModuleKind.ESNext, target: typescript.ScriptTarget.ES2022 };
      await writeFile(join(target, `${name}.js`), typescript.transpile(source, options));
    };
    await compiled("files");
    await compiled("errors");
    await writeFile(join(target, "package.json"), '{"type":"module"}');
    await writeFile(
      join(target, "main.js"),
      `import { writeFileAtomic } from "./files.js";
       const piece = new Uint8Array(1e5);
       await writeFileAtomic("out.bin", { *[Symbol.iterator]() { console.log("writing"); for (;;) yield piece; } });`,
    );
    const child = spawn(process.execPath, ["main.js"], { cwd: target, stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    expect((await readdir(target)).filter((name) => /^out\.bin\.[0-9a-f]+\.tmp$/.test(name))).toHaveLength(1);
    child.kill("SIGINT");
    const signal = await new Promise((resolve) =>
      child.once("exit", (_, name) => {
        resolve(name);
      }),
    );
    expect(signal).toBe("SIGINT");
    expect((await readdir(target)).filter((name) => name.startsWith("out.bin"))).toEqual([]);
  });
});
