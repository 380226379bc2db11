import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { findFault } from "../../../src/workload/check.js";
import { predecessorsOf } from "../../../src/workload/dependencies.js";
import { openWorkload } from "../../../src/traces/open.js";
import { openSwf } from "../../../src/traces/swf/open-swf.js";
import { replay } from "../replay.js";

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-swf-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/**
 * Two nodes of two processors. Job 1 takes three of them for 600 s and computes half the time; job 2 waits
 * for it.
 */
const HEADER = ["; Version: 2.2", "; Computer: made up", "; MaxNodes: 2", "; MaxProcs: 4", ";"];
const JOBS = [
  "  1   0   0 600 3 300 1000 3 900 -1 1 1 1 -1 1 -1 -1 -1",
  "  2 300 300 300 1  -1   -1 1 900 -1 5 1 1 -1 1 -1  1 60",
  "  3 300 -1   -1 1  -1   -1 1 900 -1 0 1 1 -1 1 -1 -1 -1",
];

async function write(lines: readonly string[], name = `log${files++}.swf`): Promise<string> {
  const file = join(folder, name);
  const text = `${lines.join("\n")}\n`;
  await writeFile(file, name.endsWith(".gz") ? gzipSync(text) : text);
  return file;
}

describe("openSwf", () => {
  it("makes a best-effort execution of every node's worth of a job", async () => {
    const workload = await openWorkload(`swf:${await write([...HEADER, ...JOBS])}`);
    const { machines, executions, usage, steps, provenance } = workload;
    expect(findFault(workload)).toBeUndefined();
    expect([workload.source, steps, workload.originSeconds]).toEqual(["swf", 3, 0]);
    expect([...machines.id, ...machines.cpu, ...machines.memory]).toEqual([1n, 2n, 1, 1, 1, 1]);
    expect([...executions.job]).toEqual([1n, 1n, 2n]);
    expect([...executions.index]).toEqual([0, 1, 0]);
    expect([...executions.taskClass, ...executions.machine]).toEqual([0, 0, 0, -1, -1, -1]);
    expect([...executions.submit]).toEqual([0, 0, 300]);
    expect([...executions.start]).toEqual([0, 0, 600]);
    expect([...executions.end]).toEqual([600, 600, 900]);
    // 4 finish, 5 kill.
    expect([...executions.outcome]).toEqual([4, 4, 5]);
    expect([...executions.cpuRequest]).toEqual([1, 0.5, 0.5]);
    // A node's memory is the largest an execution has there, 2 x 1,000 KB; job 2 says nothing, its memory
    // follows its processor.
    expect([...executions.memoryRequest]).toEqual([1, 0.5, 0.5]);
    // Half of three processors, then one that is assumed busy.
    expect([...usage.cpu]).toEqual([0.5, 0.5, 0.25, 0.25, 0.5]);
    expect([...usage.memory]).toEqual([1, 1, 0.5, 0.5, 0.5]);
    expect([...executions.measured]).toEqual([1, 1, 0]);
    expect(provenance.usage).toBe("mixed");
    expect(provenance.report).toMatchObject({
      "swf.rows": 3,
      "swf.skippedRows": 0,
      "swf.withoutExecutionTime": 1,
      "swf.assumedBusy": 1,
      "usage.assumedMemory": 1,
    });
  });

  it("keeps which job waits for which", async () => {
    const { dependencies } = await openSwf(await write([...HEADER, ...JOBS]));
    const before = predecessorsOf(dependencies);
    expect(before(2n, 0)).toEqual([{ job: 1n, firstIndex: 0, instances: 2 }]);
    expect(before(1n, 1)).toEqual([]);
    expect((await openSwf(await write([...HEADER, JOBS[0]]))).dependencies).toBeUndefined();
  });

  it("executions under policies: who computes, where and until when", async () => {
    const workload = await openSwf(await write([...HEADER, ...JOBS]));
    // Steps of .5 + .25, the same, then .5, on two nodes.
    for (const policy of ["no-migration", "gini-greedy"]) {
      const { utilization, machine, ended } = replay(workload, policy);
      expect(utilization).toEqual([0.375, 0.375, 0.25]);
      expect(ended).toEqual([600, 600, 900]);
      // The two halves of job 1 ask for more than one node together.
      expect(new Set(machine.slice(0, 2))).toEqual(new Set([0, 1]));
    }
  });

  it("reads the same from packed files and from lines in any order", async () => {
    const straight = await openSwf(await write([...HEADER, ...JOBS], "a.swf"));
    const packed = await openSwf(await write([...JOBS.slice().reverse(), ...HEADER], "b.swf.gz"));
    expect({ ...packed, provenance: 0 }).toEqual({ ...straight, provenance: 0 });
    expect(packed.provenance.report).toEqual(straight.provenance.report);
  });

  it("generates as many nodes as the peak needs where the header does not say, or as the options say", async () => {
    // At most 3 processors at a time: 3 nodes of one, and a quarter more.
    expect((await openSwf(await write(JOBS))).machines.id.length).toBe(4);
    expect((await openSwf(await write(JOBS), { machines: 7, steps: 1 })).machines.id.length).toBe(7);
  });

  it("leaves out the parts of a job that has a line for the whole", async () => {
    const part = JOBS[0].replace(" -1 1 1 1 ", " -1 3 1 1 ").replace("  1 ", "  9 ");
    const { executions, provenance } = await openSwf(await write([...HEADER, JOBS[0], part]));
    expect([...executions.job]).toEqual([1n, 1n]);
    expect(provenance.report["swf.partialExecutions"]).toBe(1);
  });
});

describe("oddities of published logs", () => {
  it("are counted: a run time of 0, a row there twice, jobs that never ran with whatever else is in them", async () => {
    const short = "7 100 0 0 1 0 -1 1 60 -1 1 1 1 1 1 1 -1 -1";
    const { executions, provenance } = await openSwf(
      await write([
        short,
        short,
        "8 -1 -1 -1 -1 -1 -1 -1 -1 -1 5 1 1 1 1 1 -1 -1",
        "9 5 9 0 0 -1 -1 1 9 -1 5 1 1 1 1 1 -1 -1",
      ]),
    );
    expect([...executions.job, ...executions.start, ...executions.end]).toEqual([7n, 100, 100.5]);
    expect(provenance.report).toMatchObject({
      "swf.zeroLength": 1,
      "swf.duplicateRows": 1,
      "swf.withoutExecutionTime": 2,
    });
  });
});

describe("openSwf refuses", () => {
  it.each([
    ["a text", JOBS[0].replace("600", "6oo"), /line 6, column "Run Time": value "6oo" is not a number;/],
    ["too few columns", "1 0 0 600", /line 6, the whole line: has 4 columns instead of 18;/],
    [
      "a negative time",
      JOBS[0].replace("   0 ", "  -7 "),
      /line 6, column "Submit Time": value "-7" is below -1;/,
    ],
    [
      "a job that is there twice",
      `${JOBS[0]}\n${JOBS[0].replace("600", "601")}`,
      /line 7, column "Job Number": value "1" is the number/,
    ],
  ])("%s, unless bad rows are skipped", async (_, line, message) => {
    const file = await write([...HEADER, line, JOBS[1]]);
    const error: unknown = await openSwf(file).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toMatch(message);
    expect((error as InputError).message).not.toContain("\n");
    const { provenance } = await openSwf(file, { onError: "skip" });
    expect(provenance.report["swf.skippedRows"]).toBe(1);
  });

  it("times that cannot be, unless the trace is cut", async () => {
    const file = await write([JOBS[0], JOBS[1].replace(" 300 300 300", " 300 300 3e12")]);
    await expect(openSwf(file)).rejects.toThrow(
      /^times from 0 to 3000000000600 s in this swf trace: more than ten/,
    );
    expect((await openSwf(file, { steps: 3 })).steps).toBe(3);
  });

  it("a file without jobs, a missing one, a truncated one", async () => {
    await expect(openSwf(await write(HEADER))).rejects.toThrow(/^empty file log\d+\.swf: /);
    await expect(openSwf(join(folder, "none.swf"))).rejects.toThrow(/^cannot read .*none\.swf: no such file/);
    const cut = join(folder, "cut.swf.gz");
    await writeFile(cut, gzipSync(JOBS.join("\n")).subarray(0, 60));
    await expect(openSwf(cut)).rejects.toThrow(/^truncated gzip file cut\.swf\.gz/);
    await expect(openSwf(await write(JOBS), { machines: 0 })).rejects.toThrow(/^invalid machines: 0/);
  });
});

const real = "../shared/data/swf/NASA-iPSC-1993-3.1-cln.swf.gz";
describe.skipIf(!existsSync(real))("openSwf on NASA's log (skipped without ../shared/data)", () => {
  it("has as many executions as its jobs' processors", async () => {
    const { executions, machines } = await openSwf(real, { steps: 500 });
    expect(machines.id.length).toBe(128);
    // The five jobs of 128 processors of the log's first 28 hours are among them.
    expect([...executions.job].filter((job) => job <= 5n).length).toBe(5 * 128);
  });
});

const kth = "../shared/data/swf/KTH-SP2-1996-2.1-cln.swf.gz";
describe.skipIf(!existsSync(kth))("openSwf on KTH's log (skipped without ../shared/data)", () => {
  it("uses the processor-seconds that awk adds up over its lines", async () => {
    const { usage, stepSeconds } = await openSwf(kth);
    // zcat KTH-SP2-1996-2.1-cln.swf.gz | grep -v '^;' | awk '{s += $4 * $5} END {printf "%.0f", s}'
    const total = usage.cpu.reduce((sum, cpu) => sum + cpu, 0) * stepSeconds;
    expect(Math.round(total)).toBe(1_972_976_954);
  });
});
