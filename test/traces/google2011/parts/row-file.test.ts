import { mkdtempSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  bytesOfRows,
  findRowFile,
  readRowFile,
  readValues,
  writeRowFile,
} from "../../../../src/traces/google2011/parts/row-file.js";

const folder = mkdtempSync(join(tmpdir(), "schedlab-row-file-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const COLUMNS = {
  kind: Uint8Array.of(1, 2, 3, 4, 5),
  job: { codes: Uint16Array.of(0, 1, 0, 1, 1), values: BigInt64Array.of(2n ** 40n, -1n) },
  cpu: Float64Array.of(0.1, NaN, 0.3, 0.4, 0.5),
  machine: { codes: Uint16Array.of(2, 2, 2, 0, 1), values: Int32Array.of(7, 8, 9) },
};

test("groups and values are read back where they are, and what was said along with them", async () => {
  const path = join(folder, "part");
  const written = await writeRowFile(path, { rows: 5 }, COLUMNS, [0, 2, 2, 5]);
  const found = await findRowFile<{ rows: number }>(path);
  expect(found).toEqual(written);
  expect(found?.facts).toEqual({ rows: 5 });
  expect(await readRowFile(path, written, 0, 1)).toEqual({
    kind: Uint8Array.of(1, 2),
    job: Uint16Array.of(0, 1),
    cpu: Float64Array.of(0.1, NaN),
    machine: Uint16Array.of(2, 2),
  });
  expect((await readRowFile(path, written, 2, 3)).machine).toEqual(Uint16Array.of(2, 0, 1));
  expect((await readRowFile(path, written, 1, 2)).job).toEqual(new Uint16Array(0));
  const values = await readValues(path, written);
  expect(values).toEqual({ job: COLUMNS.job.values, machine: COLUMNS.machine.values });
  expect(Object.values(values).every(({ buffer }) => buffer instanceof SharedArrayBuffer)).toBe(true);
  // 13 bytes a row, two values of 8 bytes and three of 4.
  expect(bytesOfRows(written)).toBe(5 * 13 + 28);
  expect(statSync(`${path}.rows`).size).toBe(5 * 13 + 28);
});

test("a file that is cut short is said to be", async () => {
  const path = join(folder, "short");
  const written = await writeRowFile(path, {}, COLUMNS, [0, 5]);
  truncateSync(`${path}.rows`, 80);
  await expect(readRowFile(path, written, 0, 1)).rejects.toThrow(
    /^truncated file: .*short\.rows; remove its folder$/,
  );
  await expect(readValues(path, written)).rejects.toThrow(/truncated file/);
});

test("nothing is found where nothing was written", async () => {
  expect(await findRowFile(join(folder, "absent"))).toBeUndefined();
});
