/** Every number of a small trace of each format, replaced by numbers that no trace has. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { openWorkload } from "../../src/traces/open.js";
import { findFault } from "../../src/workload/check.js";
import type { Workload } from "../../src/workload/workload.js";
import { SMALL_TRACES } from "../traces/small-traces.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-absurd-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const NUMBER = /(?<![\w.])-?\d+(\.\d+)?(e\d+)?(?![\w.])/g;
const ABSURD = ["1e15", "99999999999", "31536000000000", "9007199254740993", "1e40"];
/** A few rows justify no more than this, with room for ten years of steps. */
const MOST_SAMPLES = 2_200_000;

it.each(Object.keys(SMALL_TRACES))("%s: is opened with few samples, or refused", async (format) => {
  const { files, open } = SMALL_TRACES[format];
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  for (const [name, text] of Object.entries(files)) {
    for (const { index, 0: number } of text.matchAll(NUMBER)) {
      for (const absurd of ABSURD) {
        const changed = text.slice(0, index) + absurd + text.slice(index + number.length);
        await writeFile(join(folder, name), changed);
        const opened = await openWorkload(`${format}:${join(folder, open)}`).catch((error: unknown) => error);
        expectWholeOrRefused(opened, `${name}: ${absurd} in place of ${number} at ${index}`);
      }
    }
    await writeFile(join(folder, name), text);
  }
  for (const name of Object.keys(files)) await rm(join(folder, name));
});

function expectWholeOrRefused(opened: unknown, place: string): void {
  if (opened instanceof Error) {
    expect(opened, place).toBeInstanceOf(InputError);
    return;
  }
  const workload = opened as Workload;
  expect(findFault(workload), place).toBeUndefined();
  const { usage, machines, executions } = workload;
  expect(usage.cpu.length, place).toBeLessThan(MOST_SAMPLES);
  const isFinite = [usage.cpu, usage.memory, machines.cpu, machines.memory, executions.cpuRequest].every(
    (column) => column.every((value) => Number.isFinite(value)),
  );
  expect(isFinite, place).toBe(true);
}

it("names the row of a number that is too large", async () => {
  const { files } = SMALL_TRACES.swf;
  const path = join(folder, "log.swf");
  await writeFile(path, files["log.swf"].replace(" 600 3 300 ", " 600 31536000000000 300 "));
  await expect(openWorkload(`swf:${path}`)).rejects.toThrow(
    'log.swf, line 3, column "Number of Allocated Processors": value "31536000000000" is above 20000000',
  );
  await writeFile(path, files["log.swf"].replace("MaxNodes: 2", "MaxNodes: 99999999999"));
  await expect(openWorkload(`swf:${path}`)).rejects.toThrow("99999999999 machines, more than a million");
});
