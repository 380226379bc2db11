import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { findFault } from "../../../src/workload/check.js";
import { openGoogle2019 } from "../../../src/traces/google2019/open.js";
import { openWorkload } from "../../../src/traces/open.js";
import { replay } from "../replay.js";
import { traceFolders } from "../trace-folders.js";

const write = traceFolders();

/** A row as BigQuery exports it to JSON: 64-bit integers are text. */
interface Row {
  readonly [column: string]: string | number | { readonly cpus: number; readonly memory: number };
}

const JOB = "374101000001";
const event = (time: number, type: number, index: number, machine: number, more: Partial<Row> = {}): Row => ({
  time: `${time}000000`,
  type,
  collection_id: JOB,
  scheduling_class: 0,
  collection_type: 0,
  priority: 110,
  instance_index: index,
  machine_id: `${machine}`,
  resource_request: { cpus: 0.25, memory: 0.125 },
  ...more,
});
const used = (
  start: number,
  end: number,
  index: number,
  machine: number,
  cpus: number,
  more: Partial<Row> = {},
): Row => ({
  start_time: `${start}000000`,
  end_time: `${end}000000`,
  collection_id: JOB,
  instance_index: index,
  machine_id: `${machine}`,
  collection_type: 0,
  average_usage: { cpus, memory: 0.0625 },
  ...more,
});
const machine = (id: number, cpus: number): Row => ({
  time: "0",
  machine_id: `${id}`,
  type: 1,
  capacity: { cpus, memory: 0.5 },
});

/**
 * Instance 0 is there before the trace and finishes at 1,200 s; instance 1 is submitted, queued and enabled
 * in the batch scheduler, starts at 900 s, is evicted at 1,350 s; a production job (latency-critical) of one
 * instance executions throughout.
 */
const PRODUCTION = { collection_id: "374101000002", priority: 200, scheduling_class: 3 };
const TABLES = {
  machine_events: [machine(11, 1), machine(12, 0.5)],
  instance_events: [
    event(0, 0, 0, 0),
    event(0, 3, 0, 11),
    event(0, 0, 0, 0, PRODUCTION),
    event(0, 3, 0, 12, PRODUCTION),
    event(700, 0, 1, 0),
    event(700, 1, 1, 0),
    event(800, 2, 1, 0),
    event(900, 3, 1, 11),
    event(1200, 6, 0, 11),
    event(1350, 4, 1, 11),
    event(650, 3, 0, 12, { collection_id: "9", collection_type: 1 }),
  ],
  instance_usage: [
    used(600, 900, 0, 11, 0.25),
    used(900, 1200, 0, 11, 0.125),
    used(900, 1200, 1, 11, 0.25),
    used(1200, 1350, 1, 11, 0.25),
    used(600, 900, 0, 12, 0.125, PRODUCTION),
    used(900, 1200, 0, 12, 0.25, PRODUCTION),
    used(1200, 1500, 0, 12, 0.25, PRODUCTION),
    used(600, 900, 0, 12, 0.5, { collection_id: "9", collection_type: 1 }),
  ],
};
type Table = keyof typeof TABLES;
const NAMES = Object.keys(TABLES) as Table[];

const jsonLines = (rows: readonly Row[]): string => rows.map((row) => JSON.stringify(row)).join("\n");

function json(change: Partial<Record<Table, readonly Row[]>> = {}): Record<string, string> {
  return Object.fromEntries(
    NAMES.map((table) => [`${table}-000000000000.json`, jsonLines(change[table] ?? TABLES[table])]),
  );
}

/** As `bq extract` writes CSV: a header line, nested columns under a dotted name. */
function csv(rows: readonly Row[], divider = "."): string {
  const flat = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([name, value]) =>
        typeof value === "object"
          ? Object.entries(value).map(([inner, number]) => [`${name}${divider}${inner}`, number] as const)
          : [[name, value] as const],
      ),
    ),
  );
  const header = Object.keys(flat[0]);
  return [header.join(","), ...flat.map((row) => header.map((name) => String(row[name])).join(","))].join(
    "\r\n",
  );
}

const SIXTY_FOUR = new Set(["time", "start_time", "end_time", "collection_id", "machine_id"]);
function parquet(rows: readonly Row[]): Buffer {
  const columnData = Object.keys(rows[0]).map((name) =>
    SIXTY_FOUR.has(name)
      ? { name, data: BigInt64Array.from(rows, (row) => BigInt(row[name] as string)), type: "INT64" as const }
      : {
          name,
          data: rows.map((row) => row[name]),
          ...(typeof rows[0][name] === "object" ? { type: "JSON" as const } : {}),
        },
  );
  return Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize: 3 }));
}

describe("openGoogle2019", () => {
  it("turns events into executions and usage into samples", async () => {
    const workload = await openWorkload(`google2019:${await write(json())}`);
    const { machines, executions, usage, provenance } = workload;
    expect(findFault(workload)).toBeUndefined();
    expect([workload.source, workload.steps, workload.originSeconds]).toEqual(["google2019", 3, 600]);
    expect([...machines.id, ...machines.cpu, ...machines.memory]).toEqual([11n, 12n, 1, 0.5, 0.5, 0.5]);
    expect([...executions.job]).toEqual([374101000001n, 374101000002n, 374101000001n]);
    expect([...executions.index, ...executions.machine]).toEqual([0, 0, 1, 0, 1, 0]);
    expect([...executions.submit, ...executions.start, ...executions.end]).toEqual([
      0, 0, 100, 0, 0, 300, 600, 900, 750,
    ]);
    // Finish, alive, evict.
    expect([...executions.outcome, ...executions.initial]).toEqual([4, 255, 2, 1, 1, 0]);
    expect([...executions.taskClass, ...executions.schedulingClass]).toEqual([0, 1, 0, 0, 3, 0]);
    // 110 is best-effort batch, 200 production.
    expect([...executions.priority]).toEqual([6, 10, 6]);
    expect([...executions.cpuRequest, ...executions.memoryRequest]).toEqual([
      0.25, 0.25, 0.25, 0.125, 0.125, 0.125,
    ]);
    // The last execution is there for half of its last step.
    expect([...usage.cpu]).toEqual([0.25, 0.125, 0.125, 0.25, 0.25, 0.25, 0.125]);
    expect([...usage.memory]).toEqual(Array(7).fill(0.0625));
    expect([...executions.measured]).toEqual([1, 1, 1]);
    expect(provenance.report).toMatchObject({
      "instance_events.rows": 11,
      "instance_events.ofAllocSets": 1,
      "instance_events.queueing": 2,
      "instance_usage.ofAllocSets": 1,
      "lifecycle.aliveAtEnd": 1,
    });
  });

  it("executions under policies: placement of the trace, or another one with the same use", async () => {
    const workload = await openGoogle2019(await write(json()));
    for (const policy of ["no-migration", "first-fit"]) {
      const { utilization, machine: placed } = replay(workload, policy);
      // Of 1.5 machines: .25 + .125; .125 + .25 + .25; .25 + .125.
      expect(utilization).toEqual([0.25, 0.416667, 0.25]);
      // The executions under way stay where they are; the third goes where it was, or where it fits first:
      // the same here.
      expect(placed).toEqual([0, 1, 0]);
    }
  });

  it.each([
    ["CSV", (rows: readonly Row[]) => csv(rows), ".csv"],
    ["packed CSV with other names", (rows: readonly Row[]) => gzipSync(csv(rows, "_")), ".csv.gz"],
    ["packed JSON lines", (rows: readonly Row[]) => gzipSync(jsonLines(rows)), ".jsonl.gz"],
    ["Parquet", parquet, ".parquet"],
  ])("reads the same from %s, in any order of rows", async (_, encode, extension) => {
    const straight = await openGoogle2019(await write(json()));
    const other = await openGoogle2019(
      await write(
        Object.fromEntries(
          NAMES.map((table) => [`cell_a/${table}${extension}`, encode(TABLES[table].slice().reverse())]),
        ),
      ),
    );
    expect({ ...other, provenance: other.provenance.report }).toEqual({
      ...straight,
      provenance: straight.provenance.report,
    });
  });

  it("reads numbers for text and names for codes", async () => {
    const straight = await openGoogle2019(await write(json()));
    const named = TABLES.instance_events.map((row) => ({
      ...row,
      time: Number(row.time),
      type: ["SUBMIT", "QUEUE", "ENABLE", "SCHEDULE", "EVICT", "FAIL", "FINISH"][Number(row.type)],
      collection_type: row.collection_type === 1 ? "ALLOC_SET" : "JOB",
    }));
    const other = await openGoogle2019(await write(json({ instance_events: named })));
    expect(other.executions).toEqual(straight.executions);
  });

  it("infers executions from usage alone, on machines that it assumes", async () => {
    const { executions, machines, provenance } = await openGoogle2019(
      await write({ "instance_usage.json": jsonLines(TABLES.instance_usage) }),
    );
    expect([...machines.cpu]).toEqual([0.5, 0.5]);
    expect([...executions.start, ...executions.end]).toEqual([0, 0, 300, 600, 900, 750]);
    expect(provenance.report["inferred.executions"]).toBe(3);
    expect(provenance.report["requests.imputedCpuFromUse"]).toBe(3);
  });
});

describe("openGoogle2019 refuses", () => {
  it.each([
    [
      "a type out of range",
      event(700, 17, 1, 0),
      /column "type": value "17" is neither a number from 0 to 10 nor one of SUBMIT/,
    ],
    [
      "a missing id",
      event(700, 0, 1, 0, { collection_id: "" }),
      /column "collection_id": value "" is empty, but mandatory/,
    ],
    [
      "a negative request",
      event(700, 0, 1, 0, { resource_request: { cpus: -1, memory: 1 } }),
      /"resource_request.cpus": value "-1" is below 0/,
    ],
    [
      "an id that has lost digits",
      event(700, 0, 1, 0, { collection_id: 2 ** 60 }),
      /has lost digits; export ids/,
    ],
  ])("%s, unless bad rows are skipped", async (_, row, message) => {
    for (const [extension, place, encode] of [
      [".json", "line 12", jsonLines],
      [".parquet", "row 12", parquet],
    ] as const) {
      if (extension === ".parquet" && row.collection_id !== JOB) continue;
      const folder = await write({
        [`instance_events${extension}`]: encode([...TABLES.instance_events, row]),
      });
      const error: unknown = await openGoogle2019(folder).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).message).toMatch(message);
      expect((error as InputError).message).toContain(`instance_events${extension}, ${place}, `);
      const { provenance } = await openGoogle2019(folder, { onError: "skip" });
      expect(provenance.report["instance_events.skippedRows"]).toBe(1);
    }
  });

  it("lines that are no objects, damaged Parquet, CSV rows of another length, an empty folder", async () => {
    const refusal = async (name: string, content: string): Promise<string> => {
      const error: unknown = await openGoogle2019(await write({ [name]: content })).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(InputError);
      return (error as InputError).message;
    };
    expect(await refusal("instance_events.json", "[1]")).toMatch(
      /^a JSON array in instance_events\.json; write/,
    );
    expect(await refusal("instance_events.json", "{}\n[1]")).toContain(
      'line 1, column "time": value "" is empty, but mandatory',
    );
    expect(await refusal("instance_usage.parquet", "PAR1")).toMatch(
      /^unreadable Parquet file instance_usage/,
    );
    const header =
      "time,type,collection_id,instance_index,machine_id,scheduling_class,priority,resource_request.cpus,resource_request.memory";
    expect(await refusal("instance_events.csv", `${header}\n1`)).toContain(
      "line 2, the whole line: has 1 columns instead of 9, as the header has",
    );
    expect(await refusal("instance_events.csv", header)).toMatch(/^empty file instance_events\.csv/);
    expect(await refusal("instance_events.csv", "time,type\n1,2")).toMatch(
      /^no column "collection_id" in instance_events\.csv; its header has time, type: rename/,
    );
    expect(await refusal("instance_events.csv", "1,2,3")).toMatch(/^no header line in instance_events\.csv/);
    expect(await refusal("other.json", "{}")).toMatch(/^no trace in/);
    expect(await refusal("machine_events.json", jsonLines(TABLES.machine_events))).toMatch(
      /^neither instance_e/,
    );
  });
});
