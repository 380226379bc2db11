/** Saved workloads of which bytes were changed, or that state lengths that they do not have. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC, tableToIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { randomStream } from "../../src/base/random.js";
import { simulate } from "../../src/simulate/simulate.js";
import { loadWorkload, saveWorkload } from "../../src/workload/arrow/arrow.js";
import { findFault } from "../../src/workload/check.js";
import type { Workload } from "../../src/workload/workload.js";
import { checkArrow, faultOf, smallWorkload } from "./check-arrow.mjs";
import { workloadOf } from "./scenarios.mjs";

let folder: string;
let saved: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "schedlab-arrow-"));
  saved = join(folder, "saved.arrow");
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function bytesOf(batchSamples: number): Promise<Buffer> {
  await saveWorkload(smallWorkload(workloadOf), saved, { batchSamples });
  return readFile(saved);
}

// Twenty thousand: node test/robustness/mutated-arrow.mjs
it.each([
  ["one batch", 1000],
  ["several batches", 8],
])("a file of %s with changed bytes opens whole, or is refused", async (_, batchSamples) => {
  const sum = await checkArrow({
    ...{ files: [await bytesOf(batchSamples)], count: 700, folder, random: randomStream(26, "noise") },
    modules: { loadWorkload, InputError, simulate },
  });
  expect(sum.refused).toBeGreaterThan(250);
  expect(sum.simulated).toBeGreaterThan(50);
});

describe("the second description of a sound workload", () => {
  it("agrees with findFault about every changed value", () => {
    const sound = smallWorkload(workloadOf);
    expect(faultOf(sound)).toBeUndefined();
    expect(findFault(sound)).toBeUndefined();
    let faults = 0;
    for (const table of ["machines", "machineEvents", "executions", "usage", "dependencies"] as const) {
      for (const [name, column] of Object.entries(sound[table]!) as [
        string,
        Float64Array | BigInt64Array,
      ][]) {
        if (column instanceof BigInt64Array) continue;
        for (const value of [NaN, Infinity, -1, 1, 2, 5, 1e6, 1e300, 1e-300]) {
          const changed = column.slice();
          changed[column.length - 1] = value;
          const workload: Workload = { ...sound, [table]: { ...sound[table], [name]: changed } };
          expect(findFault(workload) === undefined, `${table}.${name}: ${value}`).toBe(
            faultOf(workload) === undefined,
          );
          if (findFault(workload) !== undefined) faults++;
        }
      }
    }
    expect(faults).toBeGreaterThan(100);
  });
});

describe("a length that the file cannot have is refused before memory is taken for it:", () => {
  const refused = async (bytes: Uint8Array): Promise<unknown> => {
    const path = join(folder, "lying.arrow");
    await writeFile(path, bytes);
    return loadWorkload(path).catch((error: unknown) => error);
  };

  it("numbers of rows in the metadata", async () => {
    const table = tableFromIPC(await bytesOf(8));
    for (const rows of ['{"executions":1e9,"samples":24}', '{"executions":12,"samples":1e15}']) {
      table.schema.metadata.set("schedlab.rows", rows);
      expect(await refused(tableToIPC(table, "file"))).toMatchObject({
        message: expect.stringMatching(/samples, more than its \d+ bytes can hold/) as string,
      });
    }
  });

  /** Puts one of three lengths at each place of four bytes in turn, and counts the files that are refused. */
  async function refusedOf(from: number, to: number): Promise<number> {
    const whole = await bytesOf(1000);
    let count = 0;
    for (let at = from < 0 ? whole.length + from : from; at < (to <= 0 ? whole.length + to : to); at += 4) {
      const bytes = Buffer.from(whole);
      bytes.writeInt32LE([2 ** 31 - 1, 2 ** 28, -1][Math.floor(at / 4) % 3], at);
      const error = await refused(bytes);
      if (!(error instanceof Error)) continue;
      expect(error, `at ${at}`).toBeInstanceOf(InputError);
      count++;
    }
    return count;
  }

  it("at any place of the footer", async () => {
    expect(await refusedOf(-3000, 0)).toBeGreaterThan(50);
  });

  it("at any place of the heads of messages", async () => {
    expect(await refusedOf(8, 3000)).toBeGreaterThan(20);
  });

  it("a list of columns that is stated to be in each of its own columns", async () => {
    const bytes = await bytesOf(1000);
    const footer = bytes.length - 10 - bytes.readInt32LE(bytes.length - 10);
    const root = footer + bytes.readInt32LE(footer);
    const field = (table: number, number: number): number => {
      const list = table - bytes.readInt32LE(table);
      return table + bytes.readUInt16LE(list + 4 + 2 * number);
    };
    const follow = (at: number): number => at + bytes.readInt32LE(at);
    const schema = follow(field(root, 1));
    const columns = follow(field(schema, 1));
    // The last column, cpu or memory, has a list of children: it becomes the list of all columns.
    const last = follow(columns + 4 * bytes.readInt32LE(columns));
    const children = field(last, 5);
    bytes.writeInt32LE(columns - children, children);
    expect(await refused(bytes)).toMatchObject({
      message: expect.stringContaining("its head or footer leads out of itself") as string,
    });
  });
});

describe("metadata that another program changed is refused:", () => {
  it.each([
    ["machines", '"up":[1,1,0]', '"up":[257,1,0]', "has 257 in row 0 of column up"],
    ["machines", '"cpu":[1,', '"cpu":["",', "in row 0 of column cpu"],
    ["machines", '"id":["0"', '"id":["18446744073709551616"', "in row 0 of column id"],
    [
      "machine_events",
      '"machine":[2,',
      '"machine":[4294967298,',
      "has 4294967298 in row 0 of column machine",
    ],
    ["machine_events", '"time":[400,', '"time":[9999,', "machineEvents.time of row 1 is 900, before 9999"],
    ["dependencies", '"after":[0,0,1]', '"after":[0,0.5,1]', "has 0.5 in row 1 of column after"],
    ["dependencies", '"instances":[1,', '"instances":[-1,', "dependencies.instances of row 0 is -1"],
    ["provenance", '"inputs":[]', '"inputs":[null]', "schedlab.provenance is malformed"],
    ["provenance", '"report":{}', '"report":{"a":"b"}', "schedlab.provenance is malformed"],
    ["provenance", '"usage":"measured"', '"usage":"guessed"', "schedlab.provenance is malformed"],
    ["steps", "8", "100000000000", "steps is 100000000000, outside 0 to 10000000"],
    ["step_seconds", "300", "1e400", "stepSeconds is Infinity"],
    ["origin_seconds", "0", '"NaN"', "schedlab.origin_seconds is malformed"],
  ])("%s: %s becomes %s", async (key, from, to, reason) => {
    const table = tableFromIPC(await bytesOf(1000));
    const text = table.schema.metadata.get(`schedlab.${key}`)!;
    expect(text).toContain(from);
    table.schema.metadata.set(`schedlab.${key}`, text.replace(from, to));
    const path = join(folder, "changed.arrow");
    await writeFile(path, tableToIPC(table, "file"));
    const error: unknown = await loadWorkload(path).catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(reason);
  });
});
