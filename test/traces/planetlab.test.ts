import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import type { Progress } from "../../src/base/progress.js";
import { findFault } from "../../src/workload/check.js";
import { openPlanetLab } from "../../src/traces/planetlab.js";
import type { OpenOptions } from "../../src/workload/open-options.js";

let scratch: string;
let folder: string;
let day = 0;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "schedlab-planetlab-"));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});
beforeEach(async () => {
  folder = join(scratch, `day${day++}`);
  await mkdir(folder);
});

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

async function refusal(options: OpenOptions = {}, path = folder): Promise<string> {
  const error: unknown = await openPlanetLab(path, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  const { message } = error as InputError;
  expect(message).not.toContain("\n");
  return message;
}

describe("openPlanetLab", () => {
  it("makes one best-effort execution a file, in code-point order, typed in blocks of ceil(n / 4)", async () => {
    // Five files: blocks of two, so types 0, 0, 1, 1, 2. "B" comes before "a".
    await write({ c: "10\n20\n", a: "0\n100\n", B: "50\n1\n", d: "3\r\n4\r\n", e: "8\n9", ".DS_Store": "x" });
    const { machines, executions, usage, steps, stepSeconds, provenance, ...rest } = await openPlanetLab(
      folder,
      {
        machines: 3,
      },
    );
    expect([steps, stepSeconds, rest.originSeconds, rest.source]).toEqual([2, 300, 0, "planetlab"]);
    expect([...executions.job]).toEqual([1n, 2n, 3n, 4n, 5n]);
    expect([...executions.cpuRequest]).toEqual([2500, 2500, 2000, 2000, 1000].map((mips) => mips / 5320));
    expect([...executions.memoryRequest]).toEqual(
      [870, 870, 1740, 1740, 1740].map((megabytes) => megabytes / 4096),
    );
    expect([...executions.taskClass, ...executions.start]).toEqual(Array(10).fill(0));
    expect([...executions.initial]).toEqual(Array(5).fill(1));
    expect([...executions.end]).toEqual(Array(5).fill(600));
    expect([...executions.machine]).toEqual(Array(5).fill(-1));
    // B 50 % and 1 %, a 0 % and 100 %, c 10 % and 20 %, ...
    const demand = [1250, 25, 0, 2500, 200, 400, 60, 80, 80, 90].map((mips) => mips / 5320);
    [...usage.cpu].forEach((value, sample) => {
      expect(value).toBeCloseTo(demand[sample], 7);
    });
    expect([...usage.memory.subarray(0, 2)]).toEqual(Array(2).fill(Math.fround(870 / 4096)));
    expect([...usage.offsets]).toEqual([0, 2, 4, 6, 8, 10]);
    expect([...machines.cpu]).toEqual([3720 / 5320, 1, 3720 / 5320]);
    expect([...machines.memory]).toEqual([1, 1, 1]);
    expect([...machines.id]).toEqual([1n, 2n, 3n]);
    expect(provenance.inputs.map(({ path }) => path)).toEqual(["B", "a", "c", "d", "e"]);
    // printf '0\n100\n' | sha256sum
    expect(provenance.inputs[1].sha256).toBe(SHA256_OF_A);
    expect(provenance.report).toEqual({ assumedMemory: 5, skippedFiles: 0, "executions.kept": 5 });
  });

  it("cuts the day short with `steps`", async () => {
    await write({ a: "10\n20\n30\n", b: "1\n2\n3\n" });
    const workload = await openPlanetLab(folder, { steps: 2 });
    expect(workload.steps).toBe(2);
    expect([...workload.executions.end, ...workload.executions.outcome]).toEqual([600, 600, 255, 255]);
    expect([...workload.usage.offsets]).toEqual([0, 2, 4]);
    expect([...workload.usage.cpu].map((value) => Math.round(value * 5320))).toEqual([250, 500, 20, 40]);
    expect(findFault(workload)).toBeUndefined();
    expect((await openPlanetLab(folder, { steps: 9 })).steps).toBe(3);
  });

  it("skips and counts bad files on request, without moving the others to another type", async () => {
    await write({ a: "1\n", b: "x\n", c: "1\n", d: "1\n" });
    const { executions, provenance } = await openPlanetLab(folder, { onError: "skip" });
    expect([...executions.cpuRequest]).toEqual([2500, 1000, 500].map((mips) => mips / 5320));
    expect(provenance.report.skippedFiles).toBe(1);
  });

  it("reports its progress", async () => {
    await write({ a: "1\n", b: "2\n" });
    const seen: Progress[] = [];
    await openPlanetLab(folder, { onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ done, total }) => `${done} of ${total ?? "?"}`)).toEqual(["1 of 2", "2 of 2"]);
  });
});

describe("openPlanetLab refuses", () => {
  it.each([
    ["a fraction", "1\n2.5\n", 2, '"2.5"'],
    ["a value over 100", "1\n101\n", 2, '"101"'],
    ["a negative value", "-1\n", 1, '"-1"'],
    ["text", "1\n2\nabc\n", 3, '"abc"'],
    ["not a number", "NaN\n", 1, '"NaN"'],
  ])("%s", async (_, text, line, shown) => {
    await write({ vm1: text });
    const message = await refusal();
    expect(message).toContain(`${join(folder, "vm1")}, line ${line}, column "CPU [%]": value ${shown} is `);
  });

  it("an empty folder, a missing one and an empty file", async () => {
    expect(await refusal()).toMatch(/^empty folder: .*give a folder with a file for each/);
    expect(await refusal({}, join(folder, "none"))).toMatch(/^cannot read .*none: no such file or folder/);
    await write({ vm1: "" });
    expect(await refusal()).toMatch(/^empty file .*vm1/);
  });

  it("a file that is there twice, but not what an editor leaves", async () => {
    await write({ vm1: "1\n", "vm1~": "2\n", "vm1.bak": "2\n" });
    expect((await openPlanetLab(folder)).executions.job).toHaveLength(1);
    await write({ "vm1.txt": "1\n" });
    expect(await refusal()).toMatch(/^duplicate file vm1: it also exists as vm1\.txt;/);
  });

  it("files of different length", async () => {
    await write({ vm1: "1\n2\n", vm2: "1\n" });
    expect(await refusal()).toMatch(/^unequal files: vm2 in .* has 1 samples, vm1 has 2;/);
  });

  it("folders inside", async () => {
    await write({ "20110303/vm1": "1\n", vm2: "1\n" });
    expect(await refusal()).toContain(`give one day's folder, such as ${join(folder, "20110303")}`);
  });

  it.each([{ machines: 0 }, { machines: 1.5 }, { steps: 0 }, { shape: { cpu: 0.5, memory: 0.5 } }])(
    "options that do not fit: %o",
    async (options) => {
      await write({ vm1: "1\n" });
      expect(await refusal(options)).toMatch(/^invalid (machines|steps|shape)/);
    },
  );
});

const data = "../shared/data";
describe.skipIf(!existsSync(data))("openPlanetLab on 3 March 2011 (skipped without ../shared/data)", () => {
  it("gives the machines, requests and demands of the same day in the 2011 layout", async () => {
    execFileSync("tar", ["xzf", join(data, "planetlab/planetlab-20110303.tar.gz"), "-C", scratch]);
    const { machines, executions, usage } = await openPlanetLab(join(scratch, "20110303"));
    const derived = (table: string): string[][] =>
      gunzipSync(readFileSync(join(data, "planetlab-20110303-as-2011", table, "part-00000-of-00001.csv.gz")))
        .toString()
        .trimEnd()
        .split("\n")
        .map((row) => row.split(","));

    const machineRows = derived("machine_events");
    expect(machines.id.length).toBe(800);
    expect([...machines.cpu].map(six)).toEqual(machineRows.map((row) => Number(row[4])));
    expect([...machines.memory].map(six)).toEqual(machineRows.map((row) => Number(row[5])));

    // Both number the VMs in order of file name; the derived set begins at 1000.
    const submits = derived("task_events").filter((row) => row[5] === "0");
    expect(executions.job.length).toBe(1052);
    expect([...executions.job].map((job) => job + 999n)).toEqual(submits.map((row) => BigInt(row[2])));
    expect([...executions.cpuRequest].map(six)).toEqual(submits.map((row) => Number(row[9])));
    expect([...executions.memoryRequest].map(six)).toEqual(submits.map((row) => Number(row[10])));

    const usageRows = derived("task_usage");
    expect(usageRows.length).toBe(usage.cpu.length);
    let largest = 0;
    for (const row of usageRows) {
      const step = Number(row[0]) / 300e6 - 2;
      const execution = Number(row[2]) - 1000;
      const ours = usage.cpu[usage.offsets[execution] + step];
      largest = Math.max(largest, Math.abs(ours - Number(row[5])));
    }
    expect(largest).toBeLessThan(6e-7);
  });
});

/** As the derived set rounds. */
function six(value: number): number {
  return Number(value.toFixed(6));
}

const SHA256_OF_A = "2ec744975d9af86883d52482408684dd9207209e8271032b07a9b092a9090ea4";
