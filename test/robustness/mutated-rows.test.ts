import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { randomStream } from "../../src/base/random.js";
import { SCHEMAS } from "../../src/traces/google2011/tables.js";
import { checkRows, type RowCheck } from "./check-rows.mjs";
import { googleLines } from "./google-lines.mjs";
import { googleReaders } from "./google-readers.mjs";
import { COLUMNS } from "./judge-row.mjs";

const folder = mkdtempSync(join(tmpdir(), "schedlab-rows-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const source = (path: string): string =>
  new URL(`../../src/${path.replace(".js", ".ts")}`, import.meta.url).href;
const readers = await googleReaders((path) => import(/* @vite-ignore */ source(path)));

function check(table: string, other: object = {}, rows = 1500): Promise<RowCheck> {
  const { lines } = googleLines(table);
  const random = randomStream(7, "noise", table);
  return checkRows({ table, lines, rows, random, folder, readers: { ...readers, ...other } });
}

// A million rows of each: node test/robustness/mutated-rows.mjs 1000000
describe("mutated rows of the Google trace", () => {
  test.each(["machine_events", "task_events", "task_usage"] as const)(
    "%s: the strict and the fast reader keep what is a row, and locate what is none",
    async (table) => {
      const sum = await check(table);
      expect(sum.fastFiles).toBe(1);
      expect(sum.refused).toBeGreaterThan(100);
      expect(sum.located).toBe(sum.refused);
    },
  );

  test.each(["machine_events", "task_events", "task_usage"] as const)(
    "%s: the second description names the columns that the first does",
    (table) => {
      const described = COLUMNS[table].map(([name, kind]) => [name, kind !== "-"]);
      expect(described).toEqual(SCHEMAS[table].map(({ name, read }) => [name, read !== false]));
    },
  );

  type Read = (parts: unknown, options: { onError: string }) => Promise<Record<string, { length: number }>>;
  const strictly = readers["machine_events"] as Read;

  test("a reader that changes a value, loses a row or names another line is found out", async () => {
    const changed: Read = async (parts, options) => {
      const columns = await strictly(parts, options);
      return { ...columns, cpu: (columns.cpu as Float64Array).map((value) => value * (1 + 1e-15)) };
    };
    await expect(check("machine_events", { machine_events: changed })).rejects.toThrow(/^cpu of row/);
    const losing: Read = async (parts, options) => {
      const { id, ...columns } = await strictly(parts, options);
      return { ...columns, id: (id as BigInt64Array).slice(1) };
    };
    await expect(check("machine_events", { machine_events: losing })).rejects.toThrow(/^length of id/);
    const elsewhere: Read = (parts, options) =>
      strictly(parts, options).catch((error: unknown) => {
        throw new InputError((error as Error).message.replace(/line \d+/, "line 1"));
      });
    await expect(check("machine_events", { machine_events: elsewhere })).rejects.toThrow(
      /^expected .*, line/,
    );
  });
});
