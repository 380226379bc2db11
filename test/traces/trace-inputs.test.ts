import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createInputsMemory, traceInputs } from "../../src/traces/trace-inputs.js";

/** SHA-256 of the text "abc", from FIPS 180-2, appendix B.1. */
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-inputs-"));
  await mkdir(join(folder, "task_events"));
  await writeFile(join(folder, "task_events", "part-1"), "abc");
  await writeFile(join(folder, "a"), "");
  await writeFile(join(folder, ".hidden"), "x");
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe("traceInputs", () => {
  it("lists every file below the folder with its hash, sorted by name", async () => {
    expect(await traceInputs(`google2011:${folder}`)).toEqual([
      { path: "a", sha256: EMPTY },
      { path: "task_events/part-1", sha256: ABC },
    ]);
  });

  it("has no files for a generated trace, and only the contents of an Arrow file", async () => {
    expect(await traceInputs("synthetic:machines=3")).toEqual([]);
    await writeFile(join(folder, "b.arrow"), "abc");
    expect(await traceInputs(join(folder, "b.arrow"))).toEqual([{ path: "", sha256: ABC }]);
  });

  it("lists the other tables, too, where the trace is named by the folder of one", async () => {
    expect(await traceInputs(`google2011:${join(folder, "task_events")}`)).toEqual(
      await traceInputs(`google2011:${folder}`),
    );
    expect(await traceInputs(`planetlab:${join(folder, "task_events")}`)).toEqual([
      { path: "part-1", sha256: ABC },
    ]);
  });

  it.skipIf(process.platform === "win32")("passes over pipes, which would never end", async () => {
    const before = await traceInputs(`google2011:${folder}`);
    execFileSync("mkfifo", [join(folder, "pipe")]);
    expect(await traceInputs(`google2011:${folder}`)).toEqual(before);
    await rm(join(folder, "pipe"));
  });

  it("reports files that cannot be read", async () => {
    await expect(traceInputs("planetlab:nosuch")).rejects.toThrow(/cannot read nosuch: no such file/);
    await expect(traceInputs("nosuch.arrow")).rejects.toThrow(/cannot read nosuch\.arrow: no such file/);
  });
});

describe("createInputsMemory", () => {
  it("hashes again after changes of files, and retries files that could not be read", async () => {
    const inputsOf = createInputsMemory();
    const path = join(folder, "memory");
    const spec = `planetlab:${path}`;
    await expect(inputsOf(spec)).rejects.toThrow(/cannot read .*memory: no such file/);
    await mkdir(path);
    await writeFile(join(path, "a"), "");
    const first = await inputsOf(spec);
    expect(first).toEqual([{ path: "a", sha256: EMPTY }]);
    expect(await inputsOf(spec)).toBe(first);
    await writeFile(join(path, "a"), "abc");
    await writeFile(join(path, "b"), "");
    expect(await inputsOf(spec)).toEqual([
      { path: "a", sha256: ABC },
      { path: "b", sha256: EMPTY },
    ]);
    await rm(join(path, "a"));
    expect(await inputsOf(spec)).toEqual([{ path: "b", sha256: EMPTY }]);
    expect(await inputsOf("synthetic")).toEqual([]);
  });
});
