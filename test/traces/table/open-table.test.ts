import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { openWorkload } from "../../../src/traces/open.js";
import { traceInputs } from "../../../src/traces/trace-inputs.js";
import { workloadFrom } from "../../../src/workload/from-rows/workload-from.js";
import type { Workload } from "../../../src/workload/workload.js";
import { describeQuality } from "../../../src/workload/quality.js";
import { traceFolders } from "../trace-folders.js";

const write = traceFolders();

const JOBS = `job name;begin ms;finish ms;cores;tier;waits for
a;1000000;1600000;16;prod;
b;1300000;1900000;32;batch;a
`;
const SPEC = {
  machines: { count: 2 },
  tasks: {
    file: "jobs.csv",
    columns: {
      id: "job name",
      start: "begin ms",
      end: "finish ms",
      cpu: "cores",
      class: { column: "tier", values: { prod: "LC", batch: "BE" } },
      after: "waits for",
    },
  },
  time: "ms",
  origin: "first",
  cpuUnit: 64,
};

const open = async (spec: object, files: Readonly<Record<string, string | Uint8Array>>): Promise<Workload> =>
  openWorkload(`table:${join(await write({ "mine.json": JSON.stringify(spec), ...files }), "mine.json")}`);

/** By hand: times from the first start in seconds, cores of 64. */
const expected = workloadFrom(
  {
    machines: { count: 2 },
    tasks: [
      { id: "a", start: 0, end: 600, cpu: 0.25, class: "LC" },
      { id: "b", start: 300, end: 900, cpu: 0.5, after: "a" },
    ],
  },
  { source: "mine" },
);

describe("table:FILE.json", () => {
  it("maps columns of a table, in its units, to tasks", async () => {
    const workload = await open(SPEC, { "jobs.csv": JOBS });
    expect({ ...workload, originSeconds: 0, provenance: 0 }).toEqual({ ...expected, provenance: 0 });
    expect(workload.originSeconds).toBe(1000);
    expect(workload.provenance.inputs.map(({ path }) => path)).toEqual(["jobs.csv", "mine.json"]);
  });

  it("maps machines and measurements, too, of whatever files of tables there are", async () => {
    const usage = parquetWriteBuffer({
      columnData: [
        { name: "who", data: ["a", "a", "b"], type: "STRING" },
        { name: "at", data: [0, 5, 5], type: "DOUBLE" },
        { name: "load", data: [0.5, 0.25, 1], type: "DOUBLE" },
      ],
    });
    const spec = {
      machines: { file: "nodes.tsv", columns: { id: "node", cpu: "size" } },
      tasks: { file: "jobs.csv", columns: { id: "name", start: "from", end: "to", machine: "node" } },
      usage: { file: "usage.parquet", columns: { task: "who", time: "at", cpu: "load" } },
      time: "min",
    };
    const {
      machines,
      executions,
      usage: use,
    } = await open(spec, {
      "nodes.tsv": "node\tsize\nn1\t2\nn2\t1\n",
      "jobs.csv": "name,from,to,node\na,0,10,n2\nb,5,10,n1\n",
      "usage.parquet": new Uint8Array(usage),
    });
    expect([...machines.cpu, ...executions.machine, ...executions.start, ...executions.end]).toEqual([
      2, 1, 1, 0, 0, 300, 600, 600,
    ]);
    expect([...use.cpu]).toEqual([0.5, 0.25, 1]);
  });

  it("takes tasks from what usage names, and dates as times", async () => {
    const spec = {
      machines: { count: 1 },
      tasks: { class: "LC" },
      usage: { file: "loads.csv", columns: { task: "site", time: "hour", cpu: "bytes" } },
      ...{ time: "date", cpuUnit: 100, stepSeconds: 3600 },
    };
    // A workload of dates begins with its first task.
    const { executions, usage, originSeconds } = await open(spec, {
      "loads.csv":
        "site,hour,bytes\na,2012-08-19 01:00:00+08:00,50\na,2012-08-19 02:00:00+08:00,100\n" +
        "b,2012-08-18T18:00Z,25\n",
    });
    expect(originSeconds).toBe(Date.UTC(2012, 7, 18, 17) / 1000);
    expect([...executions.taskClass, ...executions.start, ...executions.end]).toEqual([
      1, 1, 0, 3600, 7200, 7200,
    ]);
    expect([...usage.cpu]).toEqual([0.5, 1, 0.25]);
  });

  it("takes a file of usage without a column of tasks for one task", async () => {
    const spec = {
      machines: { count: 1 },
      tasks: { class: "BE" },
      usage: { file: ["./north.csv", "./south.csv"], columns: { time: "t", cpu: "down" } },
    };
    const { executions, usage, provenance } = await open(spec, {
      "north.csv": "t,down\n0,0.5\n300,0.25\n",
      "south.csv": "t,down\n300,1\n",
    });
    expect([...executions.start, ...executions.end]).toEqual([0, 300, 600, 600]);
    expect([...usage.cpu]).toEqual([0.5, 0.25, 1]);
    expect(provenance.inputs.map(({ path }) => path)).toEqual(["./north.csv", "./south.csv", "mine.json"]);
  });

  it("takes each period of measurements for a task of its own, from the origin on", async () => {
    const rows =
      "when,down\n2018-03-28 23:00:00,1\n2018-03-29 00:00:00,2\n2018-03-29 01:00:00,3\n2019-01-07 23:00:00,4\n";
    const spec = (changes: object) => ({
      machines: { count: 1 },
      tasks: { class: "LC", memory: 8, cpuRequest: 20 },
      usage: { file: "north.csv", columns: { time: "when", cpu: "down" } },
      ...{ time: "date", period: 86_400, cpuUnit: 10, memoryUnit: 64, stepSeconds: 3600, ...changes },
    });
    const seen = async (changes: object) => {
      const { executions, usage, steps } = await open(spec(changes), { "north.csv": rows });
      return [
        steps,
        [...executions.start].map((start) => start / 3600),
        [...usage.cpu].map((cpu) => Math.round(10 * cpu)),
      ];
    };
    // Days of 24 hours: 28 March from 23, 29 March from 0 to 2, 7 January from 23.
    expect(await seen({})).toEqual([24, [0, 23, 23], [2, 3, 1, 4]]);
    // Days that begin at 23:00, an hour before the first of UTC.
    expect(await seen({ origin: -3600 })).toEqual([3, [0, 0], [1, 2, 3, 4]]);
    expect(await seen({ origin: "first" })).toEqual([3, [0, 0], [1, 2, 3, 4]]);
    const { executions, usage } = await open(spec({}), { "north.csv": rows });
    expect([executions.cpuRequest[0], executions.memoryRequest[0], usage.memory[0]]).toEqual([
      2, 0.125, 0.125,
    ]);
  });

  it("names periods of numbers by their number, and leaves tasks alone that have a row of their own", async () => {
    const spec = {
      machines: { count: 1 },
      tasks: [{ file: "jobs.csv", columns: { id: "name", start: "from", end: "to" } }, { class: "LC" }],
      usage: { file: "loads.csv", columns: { task: "name", time: "at", cpu: "load" } },
      ...{ period: 600 },
    };
    const { executions, usage, steps } = await open(spec, {
      "jobs.csv": "name,from,to\nbatch,0,1200\n",
      "loads.csv": "name,at,load\nbatch,900,0.75\ncell,0,0.25\ncell,600,0.5\ncell,1500,1\n",
    });
    // The batch task keeps its hours; the cell has a task in each of three periods, the last from 300 on.
    expect([steps, ...executions.start, ...executions.taskClass]).toEqual([4, 0, 0, 0, 300, 0, 1, 1, 1]);
    expect([...usage.cpu]).toEqual([0.75, 0.75, 0.75, 0.75, 0.25, 0.5, 1]);
  });

  it("says that tasks without memory move for nothing", async () => {
    const files = { "loads.csv": "task,at,load\na,0,1\nb,0,1\n" };
    const usage = { file: "loads.csv", columns: { task: "task", time: "at", cpu: "load" } };
    const described = async (tasks: object) =>
      describeQuality(await open({ machines: { count: 1 }, tasks, usage }, files)).join("\n");
    expect(await described({ class: "LC" })).toContain(
      "The memory of all executions is not given: it counts as 0, so that migrations of these copy nothing",
    );
    expect(await described({ class: "LC", memory: 0.001 })).not.toContain("memory");
  });

  it("takes more tasks than a function takes arguments", async () => {
    const spec = {
      machines: { count: 1 },
      tasks: { file: "many.csv", columns: { start: "s", end: "e", cpu: "c" } },
    };
    const rows = Array.from({ length: 150_000 }, (_, i) => `${i % 600},${600 + (i % 7)},0.1`);
    const { executions } = await open(spec, { "many.csv": `s,e,c\n${rows.join("\n")}\n` });
    expect(executions.job).toHaveLength(150_000);
  });

  it("is cut to steps, and its files are those that a sweep notes", async () => {
    const folder = await write({ "mine.json": JSON.stringify(SPEC), "jobs.csv": JOBS });
    const spec = `table:${join(folder, "mine.json")}`;
    expect((await openWorkload(spec, { steps: 1 })).steps).toBe(1);
    const before = await traceInputs(spec);
    await writeFile(join(folder, "jobs.csv"), JOBS.replace("16", "8"));
    expect(await traceInputs(spec)).not.toEqual(before);
  });

  it.each<[string, object, string]>([
    ["an unknown key", { ...SPEC, tiem: "s" }, "mine.json: unknown key: tiem (did you mean time?)"],
    [
      "another unit",
      { ...SPEC, time: "weeks" },
      'mine.json: "time" is "weeks"; give one of us, ms, s, min, h, d',
    ],
    ["no tasks", { machines: { count: 1 } }, 'mine.json: "tasks" is missing; give an object in braces'],
    [
      "an unknown column",
      { ...SPEC, tasks: { file: "jobs.csv", columns: { begin: "begin ms" } } },
      'unknown column of "tasks": begin',
    ],
    [
      "a name that is no column of the file",
      { ...SPEC, tasks: { file: "jobs.csv", columns: { start: "begins", end: "finish ms", cpu: "cores" } } },
      'no column "begins" in jobs.csv; its header has job name, begin ms',
    ],
    [
      "a class without a meaning",
      { ...SPEC, tasks: { ...SPEC.tasks, columns: { ...SPEC.tasks.columns, class: "tier" } } },
      'tasks, row 1, column "class": "prod" is none of LC, BE',
    ],
    [
      "tasks without a file and without usage",
      { ...SPEC, tasks: { class: "LC" } },
      'mine.json: unknown key of "tasks": class',
    ],
    ["a period that is none", { ...SPEC, period: 0 }, '"period" is 0; give a number above 0'],
    [
      "two objects for the tasks of usage",
      {
        ...SPEC,
        usage: { file: "jobs.csv", columns: { task: "job name", time: "begin ms", cpu: "cores" } },
        tasks: [{ class: "LC" }, { class: "BE" }],
      },
      '"tasks" has two objects without a file',
    ],
    [
      "no list of files",
      { ...SPEC, tasks: { ...SPEC.tasks, file: [] } },
      '"file" of "tasks" is not the name of a file, or a list of names',
    ],
    ["what is no date", { ...SPEC, time: "date" }, 'value "1000000" is no date; write 2018-03-28 15:56:00'],
    [
      "no file",
      { ...SPEC, tasks: { ...SPEC.tasks, file: "none.csv" } },
      "cannot read none.csv: no such file",
    ],
  ])("refuses %s", async (_, spec, message) => {
    const error: unknown = await open(spec, { "jobs.csv": JOBS }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(message);
  });
});
