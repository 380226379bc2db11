import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { openBitbrains } from "../../src/traces/bitbrains.js";
import { findFault } from "../../src/workload/check.js";
import { openWorkload } from "../../src/traces/open.js";
import { replay } from "./replay.js";
import { traceFolders } from "./trace-folders.js";

const write = traceFolders();

const HEADER =
  "Timestamp [ms];\tCPU cores;\tCPU capacity provisioned [MHZ];\tCPU usage [MHZ];\tCPU usage " +
  "[%];\tMemory capacity provisioned [KB];\tMemory usage [KB];\tDisk read throughput [KB/s];\tDisk write throughput [KB/s];\tNetwork received throughput [KB/s];\tNetwork transmitted throughput [KB/s]";
/**
 * 1,376,314,800 is a multiple of 300. Half a host is 16 cores: 46,816 MHz; a quarter of its memory is
 * 134,217,728 KB.
 */
const BEGIN = 1_376_314_800;
const HALF = 46_816;
const QUARTER = 134_217_728;
const row = (seconds: number, megahertz: number, kilobytes: number, given: number = HALF): string =>
  [BEGIN + seconds, 16, given, megahertz, 0, QUARTER, kilobytes, 0, 1.5, 0, "2.0E-1"].join(";\t");

const TWO = {
  "2.csv": [HEADER, row(0, HALF, QUARTER), row(300, HALF / 2, QUARTER / 2)].join("\n"),
  // Begins in the middle of step 0.
  "10.csv": [HEADER, row(150, HALF / 4, QUARTER), row(450, HALF / 2, QUARTER)].join("\r\n"),
};

describe("openBitbrains", () => {
  it("makes a best-effort execution of each VM, with measured CPU and memory", async () => {
    const workload = await openWorkload(`bitbrains:${await write(TWO)}`);
    const { machines, executions, usage, provenance } = workload;
    expect(findFault(workload)).toBeUndefined();
    expect([workload.source, workload.steps, workload.originSeconds]).toEqual(["bitbrains", 3, BEGIN]);
    expect([...executions.job]).toEqual([2n, 10n]);
    expect([...executions.start, ...executions.end]).toEqual([0, 0, 600, 750]);
    expect([...executions.initial]).toEqual([1, 1]);
    expect([...executions.cpuRequest, ...executions.memoryRequest]).toEqual([0.5, 0.5, 0.25, 0.25]);
    // VM 10 was there before its first row: step 0 at .125; half of step 1 at .125, half at .25; half of step
    // 2 at .25.
    expect([...usage.cpu]).toEqual([0.5, 0.25, 0.125, 0.1875, 0.125]);
    expect([...usage.memory]).toEqual([0.25, 0.125, 0.25, 0.25, 0.25]);
    expect([...executions.measured, ...executions.taskClass]).toEqual([1, 1, 0, 0]);
    // Two halves of a host and a quarter more.
    expect(machines.id.length).toBe(2);
    expect(provenance.usage).toBe("measured");
    expect(provenance.inputs.map(({ path }) => path)).toEqual(["10.csv", "2.csv"]);
    expect(provenance.report["bitbrains.skippedRows"]).toBe(0);
  });

  it("executions under policies: each VM on a host of its own, CPU as measured", async () => {
    const workload = await openBitbrains(await write(TWO));
    for (const policy of ["no-migration", "gini-greedy"]) {
      const { utilization, machine, ended } = replay(workload, policy);
      // (.5 + .125) / 2, (.25 + .1875) / 2, .125 / 2.
      expect(utilization).toEqual([0.3125, 0.21875, 0.0625]);
      expect([...machine].sort()).toEqual([0, 1]);
      expect(ended).toEqual([600, 750]);
    }
  });

  it("reads the same whatever the order of rows, packed or not, in seconds or milliseconds", async () => {
    const straight = await openBitbrains(await write(TWO));
    const [header, first, second] = TWO["2.csv"].split("\n");
    const inMilliseconds = TWO["10.csv"].replaceAll(/^(\d{10});/gm, "$1000;");
    const other = await openBitbrains(
      await write({
        "2.csv.gz": gzipSync([header, second, first].join("\n")),
        "10.csv": inMilliseconds,
      }),
    );
    expect({ ...other, provenance: other.provenance.report }).toEqual({
      ...straight,
      provenance: straight.provenance.report,
    });
  });

  it("leaves out VMs without capacity, carries usage over gaps, and says so", async () => {
    const workload = await openBitbrains(
      await write({
        "1.csv": [HEADER, row(0, 0, 0, 0)].join("\n"),
        "2.csv": [HEADER, row(0, HALF, QUARTER), row(0, 0, 0), row(900, HALF / 2, QUARTER)].join("\n"),
      }),
    );
    expect([...workload.executions.job]).toEqual([2n]);
    expect([...workload.usage.cpu]).toEqual([0.5, 0.5, 0.5, 0.25]);
    expect(workload.provenance.report).toMatchObject({
      "bitbrains.withoutCapacity": 1,
      "bitbrains.repeatedTimes": 1,
      "bitbrains.longGaps": 1,
      "usage.stepsCarried": 2,
    });
  });

  it("does not call a series with a gap of more than an hour measured", async () => {
    const rows = (gap: number): string =>
      [...Array(24).keys()].map((i) => row(300 * i + (i < 12 ? 0 : gap), HALF, QUARTER)).join("\n");
    const measuredOf = async (gap: number): Promise<number[]> => {
      const { executions } = await openBitbrains(await write({ "1.csv": rows(gap) }));
      return [...executions.measured];
    };
    // Twelve steps without a row are an hour.
    expect(await measuredOf(3600)).toEqual([1]);
    expect(await measuredOf(3900)).toEqual([0]);
  });

  it("takes several months for one VM", async () => {
    const { executions } = await openBitbrains(
      await write({ "2013-7/1.csv": row(0, HALF, QUARTER), "2013-8/1.csv": row(300, HALF, QUARTER) }),
    );
    expect([...executions.job, ...executions.end]).toEqual([1n, 600]);
  });

  it("has hosts as large as the largest VM", async () => {
    const { executions } = await openBitbrains(
      await write({ "1.csv": row(0, HALF, QUARTER, 4 * HALF), "2.csv": row(0, HALF, QUARTER) }),
    );
    expect([...executions.cpuRequest]).toEqual([1, 0.25]);
  });
});

describe("openBitbrains refuses", () => {
  it.each([
    [
      "a text",
      row(0, 1, 2).replace("16;", "many;"),
      /^1\.csv, line 2, column "CPU cores": value "many" is not/,
    ],
    ["a negative value", row(0, -1, 2), /^1\.csv, line 2, column "CPU usage \[MHZ\]": value "-1" is below 0/],
    [
      "commas among semicolons",
      row(0, 1, 2).replaceAll(";", ","),
      /^1\.csv, line 2, the whole line: has 1 columns instead of 11/,
    ],
  ])("%s, unless bad rows are skipped", async (_, line, message) => {
    const folder = await write({ "1.csv": [HEADER, line, row(300, 1, 2)].join("\n") });
    const error: unknown = await openBitbrains(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toMatch(message);
    const { provenance } = await openBitbrains(folder, { onError: "skip" });
    expect(provenance.report["bitbrains.skippedRows"]).toBe(1);
  });

  it("two traces, an empty folder, a file of another name", async () => {
    const both = await write({ "rnd/2013-7/1.csv": row(0, 1, 2), "fastStorage/2013-8/1.csv": row(0, 1, 2) });
    await expect(openBitbrains(both)).rejects.toThrow(
      `VM files in ${join(both, "fastStorage")} and ${join(both, "rnd")}; give one of them`,
    );
    const other = await write({ "readme.txt": "" });
    await expect(openBitbrains(other)).rejects.toThrow(/^no trace in .*; it must hold a file NUMBER\.csv/);
    await expect(openBitbrains(join(other, "readme.txt"))).rejects.toThrow(/^no trace in .*readme\.txt/);
    await expect(openBitbrains(await write({ "1.csv": HEADER }))).rejects.toThrow(/^empty file 1\.csv/);
  });
});
