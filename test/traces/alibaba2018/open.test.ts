import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { openAlibaba2018 } from "../../../src/traces/alibaba2018/open.js";
import { loadWorkload, saveWorkload } from "../../../src/workload/arrow/arrow.js";
import { findFault } from "../../../src/workload/check.js";
import { predecessorsOf } from "../../../src/workload/dependencies.js";
import { openWorkload } from "../../../src/traces/open.js";
import { replay } from "../replay.js";

let scratch: string;
let folders = 0;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "schedlab-alibaba-"));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

async function write(tables: Record<string, readonly string[]>, packed = false): Promise<string> {
  const folder = join(scratch, `trace${folders++}`);
  await mkdir(folder);
  for (const [name, rows] of Object.entries(tables)) {
    const text = `${rows.join("\n")}\n`;
    await writeFile(join(folder, `${name}.csv${packed ? ".gz" : ""}`), packed ? gzipSync(text) : text);
  }
  return folder;
}

/**
 * A machine and one of half its cores; a container that asks for 48 cores; a job of two tasks, the second
 * after the first.
 */
const TRACE = {
  machine_meta: ["m_1,0,5,d1,96,100,USING", "m_2,0,5,d2,48,100,USING"],
  container_meta: ["c_1,m_1,0,app_7,started,4800,4800,25"],
  container_usage: ["c_1,m_1,0,50,40,1,1,1,1,1,1", "c_1,m_1,300,25,40,,,,,,"],
  batch_task: ["M1,2,j_3,1,Terminated,300,600,1920,10", "R2_1,1,j_3,1,Terminated,600,900,960,5"],
  batch_instance: [
    "ins_1,M1,j_3,1,Terminated,300,600,m_2,1,1,960,990,2,3",
    "ins_2,M1,j_3,1,Terminated,300,600,m_1,1,1,960,990,2,3",
    "ins_3,R2_1,j_3,1,Failed,600,900,m_2,1,1,480,990,1,3",
    "ins_4,R2_1,j_3,1,Waiting,0,0,,1,1,,,,",
  ],
};

describe("openAlibaba2018", () => {
  it("makes latency-critical executions of containers and best-effort executions of instances", async () => {
    const workload = await openWorkload(`alibaba2018:${await write(TRACE)}`);
    const { machines, executions, usage, provenance } = workload;
    expect(findFault(workload)).toBeUndefined();
    expect([workload.source, workload.steps, workload.originSeconds]).toEqual(["alibaba2018", 3, 0]);
    expect([...machines.id, ...machines.cpu, ...machines.memory]).toEqual([1n, 2n, 1, 0.5, 1, 1]);
    expect([...executions.job]).toEqual([10n ** 15n + 7n, 3n, 3n, 3n]);
    expect([...executions.index]).toEqual([1, 0, 1, 2]);
    expect([...executions.taskClass]).toEqual([1, 0, 0, 0]);
    expect([...executions.machine]).toEqual([0, 1, 0, 1]);
    expect([...executions.start, ...executions.end]).toEqual([0, 300, 300, 600, 900, 600, 600, 900]);
    // Alive; finish, finish, fail.
    expect([...executions.outcome]).toEqual([255, 4, 4, 3]);
    // 48, 19.2, 19.2 and 9.6 of 96 cores.
    expect([...executions.cpuRequest]).toEqual([0.5, 0.2, 0.2, 0.1]);
    expect([...executions.memoryRequest]).toEqual([0.25, 0.1, 0.1, 0.05]);
    // The container uses 50 %, then 25 % of what it asked for, for 600 s at most.
    expect([...usage.cpu]).toEqual([0.25, 0.125, 0.125, 0.1, 0.1, 0.05].map(Math.fround));
    expect([...usage.memory]).toEqual([0.1, 0.1, 0.1, 0.02, 0.02, 0.01].map(Math.fround));
    expect(provenance.usage).toBe("measured");
    expect(provenance.report).toMatchObject({
      "batch_instance.rows": 4,
      "batch.neverRan": 1,
      "batch.withoutPlan": 0,
      "containers.usageWithoutMeta": 0,
    });
  });

  it("keeps the order that task names tell, in a saved workload, too", async () => {
    const workload = await openAlibaba2018(await write(TRACE));
    const before = predecessorsOf(workload.dependencies);
    expect(before(3n, 2)).toEqual([{ job: 3n, firstIndex: 0, instances: 2 }]);
    expect([...before(3n, 0), ...before(10n ** 15n + 7n, 1)]).toEqual([]);
    const file = join(scratch, "saved.arrow");
    await saveWorkload(workload, file);
    expect(await loadWorkload(file)).toEqual(workload);
  });

  it("executions under policies: placement of the trace, or another one with the same use", async () => {
    const workload = await openAlibaba2018(await write(TRACE));
    for (const policy of ["no-migration", "first-fit"]) {
      const { utilization, machine, ended } = replay(workload, policy);
      // Of 1.5 machines: .25; .125 + .1 + .1; .125 + .05.
      expect(utilization).toEqual([0.166667, 0.216667, 0.116667]);
      expect(machine).toEqual(policy === "first-fit" ? [0, 0, 0, 0] : [0, 1, 0, 1]);
      expect(ended.slice(1)).toEqual([600, 600, 900]);
    }
  });

  it("reads the same from packed files with rows in any order", async () => {
    const straight = await openAlibaba2018(await write(TRACE));
    const turned = Object.entries(TRACE).map(([table, rows]) => [table, rows.slice().reverse()] as const);
    const other = await openAlibaba2018(await write(Object.fromEntries(turned), true));
    expect({ ...other, provenance: other.provenance.report }).toEqual({
      ...straight,
      provenance: straight.provenance.report,
    });
  });

  it("makes an execution of each stay of a container that moves", async () => {
    const { executions } = await openAlibaba2018(
      await write({
        container_meta: [
          "c_1,m_1,0,app_7,started,400,400,2",
          "c_1,m_1,600,app_7,started,800,800,1",
          "c_1,m_2,900,app_7,started,400,400,2",
        ],
        container_usage: ["c_1,m_2,1200,10,10,,,,,,"],
      }),
    );
    expect([...executions.machine]).toEqual([0, 1]);
    expect([...executions.start, ...executions.end]).toEqual([0, 900, 900, 1200]);
    // The largest request: 8 of 96 cores.
    expect(executions.cpuRequest[0]).toBeCloseTo(8 / 96, 12);
  });

  it("does without the tables that are not there: batch alone", async () => {
    const { machines, executions, provenance } = await openAlibaba2018(
      await write({ batch_instance: ["ins_1,task_x,j_3,1,Running,90,5000,m_4,1,1,960,990,2,3"] }),
    );
    expect([...machines.id, ...machines.cpu]).toEqual([4n, 1]);
    // One mean over 81 minutes is no series.
    expect([...executions.measured, ...executions.outcome]).toEqual([0, 6]);
    expect(provenance.report).toMatchObject({
      "batch.withoutPlan": 1,
      "batch.unnamedOrder": 1,
      "machines.assumedSize": 1,
      "usage.executionsOfFewWindows": 1,
    });
  });
});

describe("machine_usage", () => {
  const machine_meta = ["m_1,0,5,d1,96,100,USING", "m_2,0,5,d2,96,100,USING"];

  it("is one load per machine, less the executions that are known to be there", async () => {
    const { executions, usage, provenance } = await openAlibaba2018(
      await write({
        machine_meta,
        // 48 cores at half of them: a quarter of the machine throughout.
        container_meta: ["c_1,m_1,0,app_7,started,4800,4800,25"],
        container_usage: ["c_1,m_1,0,50,40,,,,,,", "c_1,m_1,300,50,40,,,,,,"],
        machine_usage: [
          "m_1,10,60,30,,,,,",
          "m_1,200,40,30,,,,,",
          "m_1,310,20,5,,,,,",
          "m_2,10,10,20,,,,,",
          "m_2,310,-1,101,,,,,",
        ],
      }),
    );
    expect([...executions.job]).toEqual([10n ** 15n + 7n, 2n * 10n ** 15n + 1n, 2n * 10n ** 15n + 2n]);
    expect([...executions.machine, ...executions.initial, ...executions.taskClass]).toEqual([
      0, 0, 1, 1, 1, 1, 1, 1, 1,
    ]);
    // m_1: .5 less .25; .2 less .25 is nothing. m_2: .1, then carried, as the reading failed.
    const of = (execution: number): number[] => [
      ...usage.cpu.subarray(usage.offsets[execution], usage.offsets[execution] + 2),
    ];
    expect(of(1)).toEqual([0.25, 0]);
    expect(of(2)).toEqual([0.1, 0.1].map(Math.fround));
    // Memory: .3 less .4 of 25 %.
    expect(usage.memory[usage.offsets[1]]).toBeCloseTo(0.2, 6);
    expect(provenance.report["background.withoutValue"]).toBe(1);
  });

  it("has the use of executions on unknown machines taken off all loads in proportion", async () => {
    const { usage, executions } = await openAlibaba2018(
      await write({
        machine_meta,
        // 19.2 cores: a fifth of a machine, of .6 + .2 in all.
        batch_task: ["M1,1,j_3,1,Terminated,300,600,1920,0"],
        machine_usage: ["m_1,310,60,0,,,,,", "m_2,310,20,0,,,,,"],
      }),
    );
    const cpu = new Map(
      Array.from(executions.job, (job, execution) => [job, usage.cpu[usage.offsets[execution]]]),
    );
    expect(cpu.get(2n * 10n ** 15n + 1n)).toBeCloseTo(0.45, 6);
    expect(cpu.get(2n * 10n ** 15n + 2n)).toBeCloseTo(0.15, 6);
    expect(cpu.get(3n)).toBeCloseTo(0.2, 6);
  });
});

describe("batch work", () => {
  it("that runs without an end is alive, and rows that are there twice count once", async () => {
    const { executions, provenance } = await openAlibaba2018(
      await write({
        machine_meta: ["m_1,0,5,d1,96,100,USING"],
        batch_instance: [
          "ins_1,M1,j_3,1,Running,300,0,m_1,1,1,960,990,2,3",
          "ins_2,M1,j_3,1,Terminated,300,900,m_1,1,1,960,990,2,3",
          "ins_2,M1,j_3,1,Terminated,300,900,m_1,1,1,960,990,2,3",
          "ins_3,M1,j_3,1,Ready,0,0,nowhere,1,1,,,,",
        ],
      }),
    );
    expect([...executions.end, ...executions.outcome]).toEqual([600, 600, 255, 4]);
    expect(provenance.report).toMatchObject({
      "batch.stillRunning": 1,
      "batch.duplicateRows": 1,
      "batch.neverRan": 1,
    });
  });
});

describe("openAlibaba2018 refuses", () => {
  it.each([
    [
      "an id without a number",
      "batch_instance",
      "ins_1,M1,job,1,Failed,1,2,m_1,1,1,1,1,1,1",
      /column "job_name": value "job" is not an id/,
    ],
    [
      "a text as a time",
      "batch_instance",
      "ins_1,M1,j_1,1,Failed,soon,2,m_1,1,1,1,1,1,1",
      /column "start_time"/,
    ],
    ["too few columns", "batch_task", "M1,2,j_3", /the whole line: has 3 columns/],
    [
      "another application of a container",
      "container_meta",
      "c_1,m_1,0,app_8,started,1,1,1",
      /column "app_du": value "app_8"/,
    ],
    [
      "a machine without cores",
      "machine_meta",
      "m_9,0,5,d1,0,100,USING",
      /column "cpu_num": value "0" is not above 0/,
    ],
  ] as const)("%s, unless bad rows are skipped", async (_, table, row, message) => {
    const rows = [...TRACE[table], row];
    const folder = await write({ ...TRACE, [table]: rows });
    const error: unknown = await openAlibaba2018(folder).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toContain(`${table}.csv, line ${rows.length}, `);
    expect((error as InputError).message).toMatch(message);
    const { provenance } = await openAlibaba2018(folder, { onError: "skip" });
    expect(provenance.report[`${table}.skippedRows`]).toBe(1);
  });

  it("batch tables of which no row belongs to the other", async () => {
    const other = ["ins_1,M1,j_9,1,Terminated,300,600,m_2,1,1,960,990,2,3"];
    const folder = await write({ ...TRACE, batch_instance: other });
    await expect(openAlibaba2018(folder)).rejects.toThrow(
      "no row of batch_instance belongs to a task in batch_task (2 tasks)",
    );
  });

  it("a folder that does not say what was executed", async () => {
    const folder = await write({ machine_meta: TRACE.machine_meta });
    await expect(openAlibaba2018(folder)).rejects.toThrow(
      /^none of batch_instance, batch_task, container_meta, machine_usage in/,
    );
  });
});
