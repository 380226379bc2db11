import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import type { Progress } from "../../../src/base/progress.js";
import { openGoogle2011 } from "../../../src/traces/google2011/open.js";
import { writeGoogle2011 } from "../../../src/traces/google2011-writer/write.js";
import { generateWorkload } from "../../../src/traces/synthetic/generate.js";
import type { Workload } from "../../../src/workload/workload.js";

const GENERATED = generateWorkload({ machines: 8, steps: 40, seed: 4 });
let folder: string;
let files: string[];
let read: Workload;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-writer-"));
  files = await writeGoogle2011(GENERATED, join(folder, "a"));
  read = await openGoogle2011(join(folder, "a"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function lines(file: string): Promise<string[][]> {
  const text = gunzipSync(await readFile(join(folder, "a", file))).toString();
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
}

describe("writeGoogle2011", () => {
  it("names the parts as the official trace does", () => {
    // 40 steps are 12,000 s: parts 0, 1 and 2 of 5,011.2 s.
    expect(files).toEqual([
      "machine_events/part-00000-of-00001.csv.gz",
      ...["task_events", "job_events", "task_usage"].flatMap((table) =>
        [0, 1, 2].map((part) => `${table}/part-0000${part}-of-00500.csv.gz`),
      ),
    ]);
  });

  it.each([
    ["machine_events/part-00000-of-00001.csv.gz", 6],
    ["task_events/part-00001-of-00500.csv.gz", 13],
    ["job_events/part-00001-of-00500.csv.gz", 8],
    ["task_usage/part-00001-of-00500.csv.gz", 20],
  ])("%s has %d columns and is in order of time", async (file, columns) => {
    const rows = await lines(file);
    expect(rows.every((row) => row.length === columns)).toBe(true);
    const times = rows.map((row) => Number(row[0]));
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it("is read back: machines, executions and their order", () => {
    expect(read.machines).toEqual(GENERATED.machines);
    expect(read.steps).toBe(GENERATED.steps);
    const { measured, submit, ...executions } = GENERATED.executions;
    expect(read.executions).toMatchObject(executions);
    expect(submit).toHaveLength(read.executions.submit.length);
    expect(measured).toHaveLength(read.executions.measured.length);
    read.executions.submit.forEach((time, execution) => {
      if (read.executions.initial[execution] === 0) expect(time).toBeCloseTo(submit[execution], 5);
    });
  });

  it("is read back: usage, to six digits", () => {
    expect(read.provenance.usage).toBe("measured");
    expect(read.usage.offsets).toEqual(GENERATED.usage.offsets);
    for (const column of ["cpu", "memory"] as const) {
      read.usage[column].forEach((value, sample) => {
        expect(Math.abs(value - GENERATED.usage[column][sample])).toBeLessThan(2e-6);
      });
    }
  });

  it("gives the same bytes again", async () => {
    await writeGoogle2011(GENERATED, join(folder, "b"));
    for (const file of files) {
      expect(await readFile(join(folder, "b", file))).toEqual(await readFile(join(folder, "a", file)));
    }
    const header = (await readFile(join(folder, "a", files[0]))).subarray(4, 10);
    expect([...header]).toEqual([0, 0, 0, 0, 0, 255]);
  });

  it("gives the same bytes on threads, and says how far it is", async () => {
    // As large as is needed for threads to be started.
    const large = generateWorkload({ machines: 400, steps: 140, seed: 1 });
    expect(large.usage.cpu.length).toBeGreaterThan(500_000);
    const phases = new Map<string, number[]>();
    const onProgress = ({ phase, done }: Progress): void => {
      phases.set(phase, [...(phases.get(phase) ?? []), done]);
    };
    const names = await writeGoogle2011(large, join(folder, "one"), { threads: 1 });
    expect(await writeGoogle2011(large, join(folder, "two"), { threads: 2, onProgress })).toEqual(names);
    for (const name of names) {
      const [one, two] = await Promise.all(
        ["one", "two"].map((execution) => readFile(join(folder, execution, name))),
      );
      expect(two.equals(one), name).toBe(true);
    }
    const upTo = (parts: number): number[] => Array.from({ length: parts + 1 }, (_, done) => done);
    expect([...phases]).toEqual([
      ["writing machine_events", upTo(1)],
      // 42,000 s.
      ["writing task_events", upTo(9)],
      ["writing job_events", upTo(9)],
      ["writing task_usage", upTo(9)],
    ]);
  }, 60_000);

  it("explains a folder that cannot be written", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    await expect(writeGoogle2011(GENERATED, join(file, "below"))).rejects.toThrow(
      /cannot write .*: a part of the path is a file/,
    );
  });

  it("refuses a folder that holds a table", async () => {
    await expect(writeGoogle2011(GENERATED, join(folder, "a"))).rejects.toThrow(InputError);
    await expect(writeGoogle2011(GENERATED, join(folder, "a"))).rejects.toThrow(
      /holds machine_events; choose another folder or remove it/,
    );
  });
});

it("writes machines that fail and tasks that run again", async () => {
  const workload = generateWorkload({ machines: 40, steps: 200, seed: 5, failures: true });
  expect(workload.machineEvents.time.length).toBeGreaterThan(0);
  const target = join(folder, "failures");
  await writeGoogle2011(workload, target);
  const again = await openGoogle2011(target, { machines: "all" });
  expect(again.machineEvents.kind).toEqual(workload.machineEvents.kind);
  expect(again.executions.job.length).toBe(workload.executions.job.length);
  expect(again.executions.outcome).toEqual(workload.executions.outcome);
});
