import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { scanFile } from "../../../../src/traces/text/scan/scan-file.js";
import { readTable } from "../../../../src/traces/text/read-table.js";
import type { Row } from "../../../../src/traces/text/row.js";
import { SCHEMAS, type Table } from "../../../../src/traces/google2011/tables.js";
import type { OnError } from "../../../../src/workload/open-options.js";
import { mutate } from "./mutate.js";

const folder = mkdtempSync(join(tmpdir(), "schedlab-scan-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Rows = (number | bigint)[][];

/** The rows that a reader gives and its summary, or its error; undefined where it gives none. */
async function readWith(
  reader: typeof scanFile,
  path: string,
  table: Table,
  onError: OnError,
): Promise<object | undefined> {
  const schema = SCHEMAS[table];
  const read = schema.flatMap((column, i) => (column.read === false ? [] : [i]));
  const values: Rows = [];
  const visit = (row: Row): void => {
    const { numbers, ids } = row;
    // As the collectors do: a row may be rejected although all its values are good.
    if (table === "task_usage" && numbers[1] <= numbers[0]) row.reject(1, "is not after the start");
    values.push(read.map((i) => (schema[i].type === "bigint" ? ids[i] : numbers[i])));
  };
  try {
    const summary = await reader(path, schema, visit, { onError });
    return summary && { ...summary, values };
  } catch (error) {
    return { error };
  }
}

/** Scans and reads; expects the same where the scan gives anything. Returns whether it did. */
async function compare(text: Buffer, table: Table, onError: OnError, name = "part.csv"): Promise<boolean> {
  const path = join(folder, name);
  writeFileSync(path, text);
  const scanned = await readWith(scanFile, path, table, onError);
  if (scanned === undefined) return false;
  expect(scanned).toEqual(await readWith(readTable, path, table, onError));
  return true;
}

const usage = (start: number, job: number): string =>
  `${start},${start + 300e6},${6e9 + job},${job},4155527081,0.0${job},9.537e-07,0.1,,,0.2,0,0,0.5,0,2.1,0.01,0.5,1,0.1`;
const USAGE = Array.from({ length: 40 }, (_, job) => usage(600e6, job));
const plain = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(""));

describe("a file is scanned", () => {
  test("with every row as the strict reader reads it, gzipped or not, in several members or without a last line break", async () => {
    expect(await compare(plain(USAGE), "task_usage", "fail")).toBe(true);
    expect(await compare(gzipSync(plain(USAGE)), "task_usage", "fail", "part.csv.gz")).toBe(true);
    const members = Buffer.concat([gzipSync(plain(USAGE.slice(0, 7))), gzipSync(plain(USAGE.slice(7)))]);
    expect(await compare(members, "task_usage", "fail", "part.csv.gz")).toBe(true);
    expect(await compare(plain(USAGE).subarray(0, -1), "task_usage", "fail")).toBe(true);
  });

  test("over the edges of chunks", async () => {
    const lines = Array.from({ length: 40_000 }, (_, job) => usage(600e6, job));
    expect(await compare(plain(lines), "task_usage", "fail")).toBe(true);
  });

  test.each([
    ["a column too few", USAGE[0].slice(0, -4)],
    ["a column too many", `${USAGE[0]},`],
    ["a text for a number", USAGE[0].replace("9.537e-07", "much")],
    ["an empty job", USAGE[0].replace("6000000000", "")],
    ["a window that ends before it starts", USAGE[0].replace("900000000", "5")],
    ["an index out of range", USAGE[1].replace("6000000001,1", "6000000001,2147483648")],
  ])("%s is left to the strict reader, or counted and left out", async (_, line) => {
    const lines = plain([...USAGE, line, ...USAGE]);
    expect(await compare(lines, "task_usage", "fail")).toBe(false);
    expect(await compare(lines, "task_usage", "skip")).toBe(true);
  });

  test("blank lines are no rows", async () => {
    const lines = plain(["", ...USAGE, "", "  ", ...USAGE, ""]);
    for (const onError of ["fail", "skip"] as const)
      expect(await compare(lines, "task_usage", onError)).toBe(true);
  });

  test("a header line behind rows is an error of the whole file, also where bad rows are skipped", async () => {
    const header = SCHEMAS.task_usage.map(({ name }) => name.replaceAll("/", " ")).join(",");
    const path = join(folder, "part.csv");
    writeFileSync(path, plain([...USAGE, header, ...USAGE]));
    expect(await scanFile(path, SCHEMAS.task_usage, () => undefined, { onError: "skip" })).toBeUndefined();
    await expect(readTable(path, SCHEMAS.task_usage, () => undefined, { onError: "skip" })).rejects.toThrow(
      `part.csv, line ${USAGE.length + 1}: is a header line after other lines`,
    );
  });

  test("a bad first row is left to the strict reader, always: it may be a header", async () => {
    const header = SCHEMAS.task_usage.map(({ name }) => name).join(",");
    expect(await compare(plain([header, ...USAGE]), "task_usage", "skip")).toBe(false);
    expect(await compare(plain(["much", ...USAGE]), "task_usage", "skip")).toBe(false);
  });

  test("an error in the visitor's own code is no fault of the file", async () => {
    const path = join(folder, "part.csv");
    writeFileSync(path, plain(USAGE));
    const visit = (): void => {
      throw new Error("mine");
    };
    await expect(scanFile(path, SCHEMAS.task_usage, visit)).rejects.toThrow("mine");
  });

  test.each([
    ["quotes", plain([`"${USAGE[0].replace(",", '",')}`])],
    ["a quote where no text is read", plain([USAGE[0].replace("2.1", '"2.1"')])],
    ["carriage returns", Buffer.from(`${USAGE[0]}\r\n${USAGE[1]}\r\n`)],
    ["a byte order mark", Buffer.from(`\ufeff${USAGE[0]}\n`)],
    ["a huge row", plain([USAGE[0].replace("2.1", "2".repeat(70_000))])],
    ["nothing", Buffer.alloc(0)],
  ])("%s: left to the strict reader, always", async (_, text) => {
    expect(await compare(text, "task_usage", "skip")).toBe(false);
  });

  test("a gzip file that is cut short or damaged is left to the strict reader", async () => {
    const packed = gzipSync(plain(USAGE));
    for (const cut of [1, 8, 9, 40]) {
      expect(await compare(packed.subarray(0, -cut), "task_usage", "skip", "part.csv.gz")).toBe(false);
    }
    const damaged = Buffer.from(packed);
    damaged[damaged.length - 6] ^= 1;
    expect(await compare(damaged, "task_usage", "skip", "part.csv.gz")).toBe(false);
    const absent = join(folder, "absent.csv");
    expect(await scanFile(absent, SCHEMAS.task_usage, () => undefined)).toBeUndefined();
  });

  test("mutated at random, as the strict reader reads it or not at all", async () => {
    let scanned = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.constantFrom<OnError>("fail", "skip"), async (seed, onError) => {
        if (await compare(mutate(plain(USAGE), seed), "task_usage", onError)) scanned++;
      }),
      { numRuns: 400 },
    );
    expect(scanned).toBeGreaterThan(100);
  });
});

// Real traces, on the machines of the project's authors only: the tests are skipped where the folder is
// absent.
const DATA = resolve(import.meta.dirname, "../../../../../shared/data");

describe.skipIf(!existsSync(DATA))("real parts (skipped where they are absent)", () => {
  const part = (trace: string, table: Table, name = "part-00000-of-00001"): [string, Table, Buffer] => {
    const bytes = readFileSync(join(DATA, trace, table, `${name}.csv.gz`));
    const lines = gunzipSync(bytes).toString("latin1").split("\n");
    return [trace, table, Buffer.from(lines.slice(0, 4000).join("\n"), "latin1")];
  };

  test.each(
    existsSync(DATA)
      ? [
          part("clusterdata-2011-2", "machine_events"),
          part("clusterdata-2011-2", "task_events", "part-00001-of-00500"),
          part("clusterdata-2011-2", "job_events", "part-00002-of-00500"),
          part("google2011-replay-small", "task_usage"),
          part("google2019-as-2011", "task_usage"),
          part("planetlab-20110303-as-2011", "task_usage"),
        ]
      : [],
  )("%s, %s: whole and mutated", async (_, table, text) => {
    expect(await compare(text, table, "fail")).toBe(true);
    for (let seed = 0; seed < 6; seed++) {
      for (const onError of ["fail", "skip"] as const) await compare(mutate(text, seed), table, onError);
    }
  });
});
