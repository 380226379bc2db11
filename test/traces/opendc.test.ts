import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { findFault } from "../../src/workload/check.js";
import { openWorkload } from "../../src/traces/open.js";
import type { Workload } from "../../src/workload/workload.js";
import { replay } from "./replay.js";
import { traceFolders } from "./trace-folders.js";

const write = traceFolders();

/** 12 August 2013, 13:40:00 UTC: a step begins there. */
const BEGIN = 1376314800000;
/** Half and a quarter of a host of 32 cores at 2,926 MHz; an eighth of its 512 GiB, in MB. */
const HALF = 16 * 2926;
const MEMORY = 64 * 1024;

interface Column {
  readonly name: string;
  readonly data: readonly unknown[];
  readonly type: "STRING" | "INT32" | "INT64" | "DOUBLE" | "TIMESTAMP";
}
const parquet = (columnData: readonly Column[]): Uint8Array =>
  new Uint8Array(parquetWriteBuffer({ columnData: columnData as never }));
const at = (seconds: number): Date => new Date(BEGIN + 1000 * seconds);

/** VM a from the beginning for 900 s, VM b from 600 s for 600 s. */
const TASKS: readonly Column[] = [
  { name: "id", data: ["a", "b"], type: "STRING" },
  { name: "submission_time", data: [at(0), at(600)], type: "TIMESTAMP" },
  { name: "duration", data: [900_000n, 600_000n], type: "INT64" },
  { name: "cpu_count", data: [16, 8], type: "INT32" },
  { name: "cpu_capacity", data: [HALF, HALF / 2], type: "DOUBLE" },
  { name: "mem_capacity", data: [BigInt(MEMORY), BigInt(MEMORY)], type: "INT64" },
];
const FRAGMENTS: readonly Column[] = [
  { name: "id", data: ["a", "b", "a", "a", "b"], type: "STRING" },
  { name: "duration", data: [300_000n, 300_000n, 300_000n, 300_000n, 300_000n], type: "INT64" },
  { name: "cpu_usage", data: [HALF, HALF / 2, HALF / 2, 0, HALF / 4], type: "DOUBLE" },
];

const open = async (files: Readonly<Record<string, Uint8Array>>): Promise<Workload> =>
  openWorkload(`opendc:${await write(files)}`);

function check(workload: Workload): void {
  const { executions, usage, originSeconds, steps } = workload;
  expect(findFault(workload)).toBeUndefined();
  expect([originSeconds * 1000, steps]).toEqual([BEGIN, 4]);
  expect([...executions.start, ...executions.end]).toEqual([0, 600, 900, 1200]);
  expect([...executions.initial, ...executions.measured]).toEqual([1, 0, 1, 1]);
  expect([...executions.cpuRequest, ...executions.memoryRequest]).toEqual([0.5, 0.25, 0.125, 0.125]);
  expect([...usage.cpu]).toEqual([0.5, 0.25, 0, 0.25, 0.125]);
}

describe("openOpenDc", () => {
  it("reads tasks and fragments that follow each other, the present layout", async () => {
    const workload = await open({ "tasks.parquet": parquet(TASKS), "fragments.parquet": parquet(FRAGMENTS) });
    check(workload);
    // Two hosts: .5, .25, (0 + .25), .125 over two.
    expect(replay(workload, "no-migration").utilization.length).toBe(4);
  });

  it("reads meta and trace, the older layout, whose time stamps are the ends of what they describe", async () => {
    const meta: readonly Column[] = [
      TASKS[0],
      { name: "start_time", data: [at(0), at(600)], type: "TIMESTAMP" },
      { name: "stop_time", data: [at(900), at(1200)], type: "TIMESTAMP" },
      ...TASKS.slice(3),
    ];
    const trace: readonly Column[] = [
      FRAGMENTS[0],
      { name: "timestamp", data: [300, 900, 600, 900, 1200].map(at), type: "TIMESTAMP" },
      ...FRAGMENTS.slice(1),
    ];
    check(await open({ "meta.parquet": parquet(meta), "trace.parquet": parquet(trace) }));
  });

  it("takes memory of more than any machine has for KB", async () => {
    const memory: Column = { ...TASKS[5], data: [BigInt(MEMORY) * 1000n, BigInt(MEMORY) * 1000n] };
    const kilobytes = [...TASKS.slice(0, 5), memory];
    check(await open({ "tasks.parquet": parquet(kilobytes), "fragments.parquet": parquet(FRAGMENTS) }));
  });

  it("refuses one table alone, and tables that do not belong together", async () => {
    await expect(open({ "tasks.parquet": parquet(TASKS) })).rejects.toThrow(/^no fragments in/);
    const others = [{ ...FRAGMENTS[0], data: ["x", "x", "y", "y", "y"] }, ...FRAGMENTS.slice(1)];
    await expect(
      open({ "tasks.parquet": parquet(TASKS), "fragments.parquet": parquet(others) }),
    ).rejects.toThrow("none of 5 fragments belongs to a row of tasks");
  });
});
