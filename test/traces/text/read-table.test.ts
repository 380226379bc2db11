import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { readTable, type TableOptions } from "../../../src/traces/text/read-table.js";
import type { Schema } from "../../../src/traces/text/row.js";
import { InputError } from "../../../src/base/errors.js";
import { sha256OfFile, sortInputs } from "../../../src/workload/inputs.js";

const folder = mkdtempSync(join(tmpdir(), "schedlab-csv-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const SCHEMA: Schema = [
  { name: "time", type: "time", mandatory: true },
  { name: "job ID", type: "bigint", mandatory: true },
  { name: "count", type: "integer", min: 0, max: 8 },
  { name: "CPU request", type: "float", min: 0 },
  { name: "flag", type: "boolean" },
  { name: "user", type: "string" },
  { name: "ignored", type: "float", read: false },
];

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function read(
  name: string,
  content: string | Buffer,
  options: TableOptions = {},
): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  await readTable(
    write(name, content),
    SCHEMA,
    ({ numbers, ids, texts }) =>
      rows.push([numbers[0], ids[1], numbers[2], numbers[3], numbers[4], texts[5]]),
    options,
  );
  return rows;
}

describe("values", () => {
  test("are read by type, empty ones as NaN, -1 and the empty text", async () => {
    expect(await read("a.csv", "5,6251812952,8,0.5,1,ann,x\n6,7,,,,,\n")).toEqual([
      [5, 6251812952n, 8, 0.5, 1, "ann"],
      [6, 7n, NaN, NaN, NaN, ""],
    ]);
  });

  test("scientific notation is a number", async () => {
    expect(await read("a.csv", "6e+08,1,1e0,9.537e-07,0,,\n")).toEqual([
      [600_000_000, 1n, 1, 9.537e-7, 0, ""],
    ]);
  });

  test("2^63 - 1 is after the trace as a time and exact as an id", async () => {
    expect(await read("a.csv", "9223372036854775807,9223372036854775807,,,,,\n")).toEqual([
      [Infinity, 9223372036854775807n, NaN, NaN, NaN, ""],
    ]);
  });

  test("the largest exact time is read, one more is not", async () => {
    expect((await read("a.csv", "9007199254740991,1,,,,,\n"))[0][0]).toBe(9007199254740991);
    await expect(read("a.csv", "9007199254740993,1,,,,,\n")).rejects.toThrow(
      /a\.csv, line 1, column "time".*2\^53/,
    );
  });

  test.each([
    ["text in a number", "1,1,,abc,,,", 'a.csv, line 2, column "CPU request": value "abc" is not a number'],
    ["inf", "1,1,,inf,,,", 'column "CPU request": value "inf" is not a number'],
    ["NaN", "1,1,,NaN,,,", 'column "CPU request": value "NaN" is not a number'],
    ["Infinity", "1,1,,Infinity,,,", 'column "CPU request": value "Infinity" is not a number'],
    ["overflow", "1,1,,1e999,,,", 'column "CPU request": value "1e999" is not finite'],
    ["hexadecimal", "1,1,,0x1,,,", 'value "0x1" is not a number'],
    ["a space", "1,1,, 1,,,", 'value " 1" is not a number'],
    ["a fraction", "1,1,1.5,,,,", 'column "count": value "1.5" is not an integer'],
    ["below range", "1,1,,-0.1,,,", 'column "CPU request": value "-0.1" is below 0'],
    ["above range", "1,1,9,,,,", 'column "count": value "9" is above 8'],
    ["a negative time", "-1,1,,,,,", 'column "time": value "-1" is a time below 0'],
    [
      "2^63 as a time",
      "9223372036854775808,1,,,,,",
      'column "time": value "9223372036854775808" is beyond 2^53',
    ],
    ["a negative id", "1,-1,,,,,", 'column "job ID": value "-1" is not an id'],
    [
      "an id above 2^63 - 1",
      "1,9223372036854775808,,,,,",
      'column "job ID": value "9223372036854775808" is an id',
    ],
    ["no id in scientific notation", "1,6e9,,,,,", 'column "job ID": value "6e9" is not an id'],
    ["a boolean of 2", "1,1,,,2,,", 'column "flag": value "2" is neither 0 nor 1'],
    ["an empty mandatory value", ",1,,,,,", 'column "time": value "" is empty, but mandatory'],
    ["too few columns", "1,1", "a.csv, line 2, the whole line: has 2 columns"],
    ["too many columns", "1,1,,,,,,", "a.csv, line 2, the whole line: has 8 columns"],
  ])("%s is an error that names the place", async (_, line, message) => {
    const error: unknown = await read("a.csv", `0,1,,,,,\n${line}\n2,1,,,,,\n`).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain("\n");
  });

  test("a wrong number of columns in the first line is found there", async () => {
    await expect(read("a.csv", "1,1\n2,1\n")).rejects.toThrow(
      "a.csv, line 1, the whole line: has 2 columns instead of 7",
    );
  });

  test("a column that is not read is not checked", async () => {
    expect(await read("a.csv", "1,1,,,,,nonsense\n")).toHaveLength(1);
  });
});

describe("lines", () => {
  test("CRLF, a last line without its end, a byte order mark and quotes are understood", async () => {
    const plain = await read("a.csv", "1,2,3,.5,0,ann,\n4,5,6,.5,1,bob,\n");
    expect(await read("b.csv", '\ufeff1,2,3,.5,0,ann,\r\n"4",5,6,.5,1,"bob",')).toEqual(plain);
    expect(await read("c.csv", '1,2,3,.5,0,"a,""b""",\n')).toEqual([[1, 2n, 3, 0.5, 0, 'a,"b"']]);
  });

  test.each([
    ["never closed", '2,2,3,.5,0,"ann,', "a quote is opened and not closed"],
    ["closed on another line", '2,2,3,.5,0,"an\nn",', "a quote is opened and not closed"],
    ["in the middle of a value", '2,2,3,.5,0,a"nn,', "a quote is neither at the beginning nor at the end"],
    [
      "before the end of a value",
      '2,2,"3",.5,0,"an"n,',
      "a quote is neither at the beginning nor at the end",
    ],
  ])(
    "a quote %s is an error of its own line and column, the lines after it are read",
    async (_, line, reason) => {
      const text = `1,2,,,,,\n${line}\n${"3,2,,,,,\n".repeat(10_000)}`;
      await expect(read("a.csv", text)).rejects.toThrow(`a.csv, line 2, column "user": ${reason}`);
      expect(await read("a.csv", text, { onError: "skip" })).toHaveLength(10_001);
    },
  );

  test("a line too long for a row is an error of the whole file", async () => {
    const text = `1,2,,,,,\n2,2,,,,${"x".repeat(1_100_000)},\n${"3,2,,,,,\n".repeat(10)}`;
    for (const onError of ["fail", "skip"] as const) {
      await expect(read("a.csv", text, { onError })).rejects.toThrow(
        "a.csv, line 2, the whole line: is longer than 1048576 characters",
      );
    }
  });

  test("a long value is not shown as a whole", async () => {
    await expect(read("a.csv", `${"x".repeat(9000)},2,,,,,\n`)).rejects.toThrow(
      `value "${"x".repeat(80)}..." is not an integer`,
    );
  });

  test("a first line that is too short is the one that is named", async () => {
    await expect(read("a.csv", "1,2\n2,2,,,,,\n")).rejects.toThrow(
      "a.csv, line 1, the whole line: has 2 columns",
    );
  });

  test("a header line of other names is an error that says which are known", async () => {
    await expect(read("a.csv", "when,which,how,much,flagged,who,what\n1,2,,,,,\n")).rejects.toThrow(
      "a.csv, line 1, the whole line: is a header line with other names; name its columns time, job ID",
    );
  });
});

describe("onError skip", () => {
  test("counts and leaves out bad rows, whatever is wrong with them", async () => {
    const path = write(
      "a.csv",
      'when,job,c,r,f,u,i\n1,2,,,,,\nx,2,,,,,\n3,2\n4,2,,b"ad,,,\n5,2,,,,,\n6,2,9,,,,\n',
    );
    const times: number[] = [];
    const summary = await readTable(path, SCHEMA, ({ numbers }) => times.push(numbers[0]), {
      onError: "skip",
    });
    expect(times).toEqual([1, 5]);
    expect(summary).toMatchObject({
      rows: 2,
      skippedRows: 5,
      firstSkipped: [
        "line 1, the whole line: is a header line with other names; name its columns time, job ID",
        'line 3, column "time": value "x" is not an integer',
        "line 4, the whole line: has 2 columns instead of 7",
        'line 5, column "CPU request": a quote is neither at the beginning nor at the end of the value',
        'line 7, column "count": value "9" is above 8',
      ],
    });
  });

  test("a row that the visitor rejects is left out, or an error that names its column", async () => {
    const path = write("a.csv", "1,2,,,,,\n2,2,,,,,\n");
    const visit = (row: {
      numbers: Float64Array;
      reject: (column: number, reason: string) => never;
    }): void => {
      if (row.numbers[0] === 2) row.reject(0, "is odd");
    };
    expect(await readTable(path, SCHEMA, visit, { onError: "skip" })).toMatchObject({
      rows: 1,
      skippedRows: 1,
    });
    await expect(readTable(path, SCHEMA, visit)).rejects.toThrow(
      'a.csv, line 2, column "time": value "2" is odd',
    );
  });

  test("does not hide a damaged file", async () => {
    const half = gzipSync("1,2,,,,,\n".repeat(1000)).subarray(0, 30);
    await expect(read("a.csv.gz", half, { onError: "skip" })).rejects.toThrow(/truncated/);
  });
});

describe("files", () => {
  const text = "1,2,,,,,\n".repeat(50_000);

  test("gzip is unpacked; the hash is that of the bytes on disk", async () => {
    const bytes = gzipSync(text);
    const path = write("a.csv.gz", bytes);
    let rows = 0;
    const summary = await readTable(path, SCHEMA, () => rows++);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(rows).toBe(50_000);
    expect(summary).toEqual({ sha256, rows: 50_000, skippedRows: 0, firstSkipped: [] });
    expect(await sha256OfFile(path)).toBe(sha256);
  });

  test("a truncated gzip file is named, with the remedy", async () => {
    const bytes = gzipSync(text);
    const error: unknown = await read("t.csv.gz", bytes.subarray(0, bytes.length - 20)).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toBe(
      "truncated gzip file t.csv.gz: its end is missing; download it again",
    );
  });

  test("a bad row in a gzip file with a damaged end is located nevertheless", async () => {
    const bytes = gzipSync("1,2\n".repeat(30));
    const end = bytes.length - 9;
    for (const damaged of [
      Buffer.concat([bytes.subarray(0, end), bytes.subarray(end + 1)]),
      bytes.subarray(0, end),
    ]) {
      await expect(read("t.csv.gz", damaged)).rejects.toThrow(InputError);
    }
  });

  test("what is damaged, empty or absent is named", async () => {
    const bytes = gzipSync(text);
    // The last eight bytes are the checksum and the length.
    bytes[bytes.length - 6] ^= 1;
    await expect(read("t.csv.gz", bytes)).rejects.toThrow(/damaged gzip file t\.csv\.gz/);
    await expect(read("e.csv", "")).rejects.toThrow("empty file e.csv");
    await expect(read("e.csv.gz", gzipSync(""))).rejects.toThrow("empty file e.csv.gz");
    await expect(readTable(join(folder, "none.csv"), SCHEMA, () => undefined)).rejects.toThrow(
      "cannot read none.csv: no such file",
    );
  });

  test("inputs are listed in order of path", () => {
    expect(
      sortInputs([
        { path: "b", sha256: "1" },
        { path: "a", sha256: "2" },
      ]).map((file) => file.path),
    ).toEqual(["a", "b"]);
  });
});
