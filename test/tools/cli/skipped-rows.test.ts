import { mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateWorkload } from "../../../src/traces/synthetic/generate.js";
import { writeGoogle2011 } from "../../../src/traces/google2011-writer/write.js";
import { schedlab } from "./capture.js";

const folder = mkdtempSync(join(tmpdir(), "schedlab-skipped-"));
const trace = join(folder, "trace");
const NAME = "task_usage/part-00000-of-00500.csv.gz";
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Damages lines of a part by replacing their CPU rate with a word. */
async function breakLines(...numbers: readonly number[]): Promise<void> {
  const lines = gunzipSync(await readFile(join(trace, NAME)))
    .toString()
    .split("\n");
  for (const number of numbers) {
    lines[number - 1] = lines[number - 1].replace(/^((?:[^,]*,){5})[^,]*/, "$1much");
  }
  await writeFile(join(trace, NAME), gzipSync(lines.join("\n")));
}
const fault = (line: number): string =>
  `  ${NAME}, line ${line}, column "CPU rate": value "much" is not a number\n`;
const convert = (): Promise<{ stderr: string }> =>
  schedlab("convert", `google2011:${trace}`, "--on-error", "skip", "--out", join(folder, "out.arrow"));

beforeAll(async () => {
  await writeGoogle2011(generateWorkload({ machines: 4, steps: 20, seed: 1 }), trace);
});

test("skipped rows are counted and located, when a trace is read and when its copy is opened", async () => {
  expect((await convert()).stderr).toBe("");
  await breakLines(2, 4);
  const said = `2 rows left out:\n${fault(2)}${fault(4)}`;
  expect((await convert()).stderr).toBe(said);
  expect((await schedlab("describe", `google2011:${trace}`, "--on-error", "skip")).stderr).toBe(said);
  expect((await schedlab("describe", join(folder, "out.arrow"))).stderr).toBe(said);
});

test("the first five of many skipped rows of a file are shown", async () => {
  await breakLines(1, 2, 3, 4, 5, 6, 7);
  const first = [1, 2, 3, 4, 5].map(fault).join("");
  expect((await convert()).stderr).toBe(`7 rows left out, among them:\n${first}`);
});
