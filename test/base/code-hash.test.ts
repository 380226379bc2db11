import { mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { codeStamp, hashCode } from "../../src/base/code-hash.js";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "schedlab-code-"));
});
afterAll(async () => {
  await rm(root, { recursive: true });
});

async function put(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, name)), { recursive: true });
  await writeFile(join(root, name), text);
}

it("changes with code that affects results, and with no other file", async () => {
  await put("base/random.js", "a");
  await put("policies/overload/target.js", "b");
  const first = await hashCode(root);
  expect(first).toMatch(/^[0-9a-f]{64}$/);
  for (const name of ["index.js", "charts/heat.js", "policies/target.d.ts", "policies/target.js.map"]) {
    await put(name, "x");
    expect(await hashCode(root), name).toBe(first);
  }
  const seen = [first];
  await put("base/random.js", "c");
  seen.push(await hashCode(root));
  await put("policies/overload/target.js", "bb");
  seen.push(await hashCode(root));
  await rename(join(root, "policies/overload/target.js"), join(root, "policies/overload/tarjet.js"));
  seen.push(await hashCode(root));
  await put("simulate/new.js", "");
  seen.push(await hashCode(root));
  await put("architectures/engine.js", "");
  seen.push(await hashCode(root));
  expect(new Set(seen).size).toBe(seen.length);
});

it("hashes this package's code by default", async () => {
  const hash = await hashCode();
  expect(hash).toBe(await hashCode());
  expect(hash).not.toBe(await hashCode(root));
});

it("stamps code that is older than this process, and changes where a module was written again", async () => {
  await put("base/random.js", "a");
  expect(await codeStamp(root)).toBeUndefined();
  const before = new Date(Date.now() - 86_400_000);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile()))
    await utimes(join(entry.parentPath, entry.name), before, before);
  const stamp = await codeStamp(root);
  expect(stamp).toMatch(/^[0-9a-f]{64}$/);
  expect(await codeStamp(root)).toBe(stamp);
  await utimes(join(root, "base/random.js"), before, new Date(before.getTime() - 1000));
  expect(await codeStamp(root)).not.toBe(stamp);
});
