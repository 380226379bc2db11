import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { labArguments, makeOwnNotebooks, openLab } from "../../../src/tools/jupyter/lab.js";
import { notebookFaults, type Notebook } from "../../../src/tools/jupyter/notebook-faults.js";

const opened = (notebooks: readonly string[], given: readonly string[] = []): string[] =>
  labArguments(given, { notebooks, isRoot: false });

it("opens explore first; where it is missing, the first notebook", () => {
  const names = ["01-b.ipynb", "00-a.ipynb"];
  expect(opened([...names, "explore.ipynb"])).toContain(
    "--LabApp.default_url=/start/notebooks/explore.ipynb",
  );
  expect(opened(names)).toContain("--LabApp.default_url=/start/notebooks/00-a.ipynb");
  expect(opened([])).toContain("--LabApp.default_url=/start/notebooks");
});

it("puts the user's arguments last, and offers no other kernel", () => {
  const given = opened([], ["--port", "8889"]);
  expect(given.slice(-2)).toEqual(["--port", "8889"]);
  expect(given).toContain("--KernelSpecManager.allowed_kernelspecs=schedlab");
  expect(given).not.toContain("--allow-root");
  expect(labArguments([], { notebooks: [], isRoot: true })).toContain("--allow-root");
});

it.each([[tmpdir()], [`--ServerApp.root_dir=${tmpdir()}`]])("opens another folder instead: %s", (folder) => {
  const given = opened(["00-a.ipynb"], [folder]);
  expect(given.filter((argument) => /_dir|default_url/.test(argument))).toEqual(
    folder.startsWith("--") ? [folder] : [],
  );
  expect(given.at(-1)).toBe(folder);
});

it("makes the folder of own notebooks once, and changes nothing in it later", async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "schedlab-mine-")), "mine");
  await makeOwnNotebooks(folder);
  const first = join(folder, "first.ipynb");
  const notebook = JSON.parse(readFileSync(first, "utf8")) as Notebook;
  // It needs no parameters: no command gives it any.
  expect(notebookFaults(notebook)).toEqual([expect.stringContaining("does not hold the parameters")]);
  writeFileSync(first, "mine");
  await makeOwnNotebooks(folder);
  expect(readFileSync(first, "utf8")).toBe("mine");
  rmSync(first);
  await makeOwnNotebooks(folder);
  expect(readdirSync(folder)).toEqual([]);
  expect(existsSync(folder)).toBe(true);
});

it("explains its own options and opens nothing", async () => {
  const write = process.stdout.write.bind(process.stdout);
  let text = "";
  process.stdout.write = (chunk: string | Uint8Array) => {
    text += String(chunk);
    return true;
  };
  try {
    expect(await openLab(["--help"])).toBe(0);
  } finally {
    process.stdout.write = write;
  }
  expect(text).toContain("--install-kernel");
  expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(88);
});
