import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { openAzure2019 } from "../../src/traces/azure2019.js";
import { findFault } from "../../src/workload/check.js";
import { openWorkload } from "../../src/traces/open.js";
import { replay } from "./replay.js";
import { traceFolders } from "./trace-folders.js";

const write = traceFolders();

/**
 * A deployment of two VMs, and one VM of another that is as large as it gets. 8 cores and 64 GB are an eighth
 * of a host.
 */
const VMS = [
  "vm+B/=,sub1,dep1,0,600,90,50,80,Interactive,8,64",
  "vmA,sub1,dep1,300,900,90,50,80,Delay-insensitive,8,64",
  "vmC,sub2,dep0,0,900,90,10,80,Unknown,>24,>64",
];
const READINGS = [
  "0,vm+B/=,1,99,50",
  "300,vm+B/=,1,99,25",
  "300,vmA,1,99,100",
  "600,vmA,1,99,50",
  "300,gone,1,99,50",
];
const TRACE = {
  "vmtable.csv": `${VMS.join("\n")}\n`,
  "vm_cpu_readings-file-1-of-195.csv": READINGS.slice(0, 2).join("\n"),
  "vm_cpu_readings-file-2-of-195.csv": READINGS.slice(2).join("\n"),
};

describe("openAzure2019", () => {
  it("makes an execution of each VM, a job of each deployment", async () => {
    const workload = await openWorkload(`azure2019:${await write(TRACE)}`);
    const { machines, executions, usage, provenance } = workload;
    expect(findFault(workload)).toBeUndefined();
    expect([workload.source, workload.steps, workload.originSeconds]).toEqual(["azure2019", 3, 0]);
    // dep0 is job 1; in dep1 "vm+B/=" comes before "vmA".
    expect([...executions.job, ...executions.index]).toEqual([1n, 2n, 2n, 0, 0, 1]);
    expect([...executions.start, ...executions.end]).toEqual([0, 0, 300, 900, 600, 900]);
    // Alive, finish, alive: two are deleted when the table ends.
    expect([...executions.outcome]).toEqual([255, 4, 255]);
    expect([...executions.taskClass, ...executions.priority]).toEqual([0, 1, 0, 2, 9, 2]);
    expect([...executions.cpuRequest]).toEqual([30 / 64, 0.125, 0.125]);
    expect([...executions.memoryRequest]).toEqual([70 / 512, 0.125, 0.125]);
    // vmC has no reading: a tenth of 30 / 64 of a host throughout.
    const cpu = [0.046875, 0.046875, 0.046875, 0.0625, 0.03125, 0.125, 0.0625].map(Math.fround);
    expect([...usage.cpu]).toEqual(cpu);
    expect([...usage.memory.subarray(3)]).toEqual([0.125, 0.125, 0.125, 0.125]);
    expect([...executions.measured]).toEqual([0, 1, 1]);
    expect(machines.id.length).toBe(1);
    expect(provenance.usage).toBe("mixed");
    expect(provenance.report).toMatchObject({
      "azure.openBuckets": 1,
      "azure.readingsOfNoVm": 1,
      "azure.withoutReadings": 1,
      "azure.aliveAtEnd": 2,
      "usage.assumedMemory": 3,
    });
  });

  it("executions under policies: CPU as measured on two hosts", async () => {
    const workload = await openAzure2019(await write(TRACE), { machines: 2 });
    for (const policy of ["no-migration", "first-fit"]) {
      const { utilization, machine } = replay(workload, policy);
      // (.046875 + .0625) / 2, (.046875 + .03125 + .125) / 2, (.046875 + .0625) / 2.
      expect(utilization).toEqual([0.054688, 0.101563, 0.054688]);
      // The first host with room; else the least loaded: the latency-critical VM takes host 0, vmC then host
      // 1, and vmA host 1 as well, where step 0 left .046875 in use against .0625.
      expect(machine).toEqual(policy === "first-fit" ? [0, 0, 0] : [1, 0, 1]);
    }
  });

  it("reads the same from packed files in folders, with rows in any order", async () => {
    const straight = await openAzure2019(await write(TRACE));
    const packed = await openAzure2019(
      await write({
        "trace_data/vmtable/vmtable.csv.gz": gzipSync(VMS.slice().reverse().join("\n")),
        "trace_data/vm_cpu_readings-file-9-of-195.csv.gz": gzipSync(READINGS.slice().reverse().join("\n")),
      }),
    );
    expect({ ...packed, provenance: packed.provenance.report }).toEqual({
      ...straight,
      provenance: straight.provenance.report,
    });
  });
});

describe("oddities of the published tables", () => {
  it("are counted: rows there twice, other spellings and names of categories, lives of no length", async () => {
    const { executions, provenance } = await openAzure2019(
      await write({
        "vmtable.csv": [
          VMS[0],
          VMS[0],
          VMS[1].replace("Delay-insensitive", "delay insensitive"),
          VMS[2].replace("Unknown", "Batch"),
          "vmD,sub2,dep0,300,300,90,10,80,Unknown,8,64",
        ].join("\n"),
      }),
    );
    // vmC, vmD, vm+B/= and vmA; vmD lives half of the table's 300 s.
    expect([...executions.schedulingClass].sort()).toEqual([0, 1, 1, 3]);
    const lives = Array.from(executions.end, (end, execution) => end - executions.start[execution]).sort(
      (a, b) => a - b,
    );
    expect(lives).toEqual([150, 600, 600, 900]);
    expect(provenance.report).toMatchObject({
      "azure.duplicateRows": 1,
      "azure.misspeltCategories": 1,
      "azure.otherCategories": 1,
      "azure.zeroLength": 1,
    });
  });
});

describe("openAzure2019 refuses", () => {
  it.each([
    [
      "another bucket",
      VMS[0].replace(",8,", ",lots,"),
      /column "vmcorecountbucket": value "lots" is not a bucket/,
    ],
    [
      "a life that ends before it begins",
      VMS[1].replace("900", "200"),
      /column "vmdeleted": value "200" is before/,
    ],
    [
      "a VM that is there twice with other values",
      VMS[2].replace("900", "600"),
      /column "vmid": value "vmC" is the id of an earlier row/,
    ],
    ["a column too few", VMS[1].replace(",64", ""), /the whole line/],
  ])("%s, unless bad rows are skipped", async (_, line, message) => {
    const folder = await write({ "vmtable.csv": [VMS[2], line].join("\n") });
    const error: unknown = await openAzure2019(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toMatch(/^vmtable\.csv, line 2, /);
    expect((error as InputError).message).toMatch(message);
    const { provenance } = await openAzure2019(folder, { onError: "skip" });
    expect(provenance.report["azure.skippedRows"]).toBe(1);
  });

  it("a bad reading, a folder without vmtable, a table that is there twice", async () => {
    const bad = await write({ "vmtable.csv": VMS[0], "vm_cpu_readings-1.csv": "0,vm+B/=,1,2,-3" });
    await expect(openAzure2019(bad)).rejects.toThrow(
      'vm_cpu_readings-1.csv, line 1, column "avgcpu": value "-3" is below 0',
    );
    await expect(openAzure2019(await write({ "vm_cpu_readings-1.csv": "" }))).rejects.toThrow(
      /^no vmtable in/,
    );
    await expect(
      openAzure2019(await write({ "vmtable.csv": VMS[0], "vmtable.csv.gz": "x" })),
    ).rejects.toThrow(/^duplicate file vmtable\.csv: it also exists as vmtable\.csv\.gz/);
  });
});
