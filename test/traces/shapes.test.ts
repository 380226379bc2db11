/**
 * Every way in which people keep the files of a trace, through every format that can be kept so: the workload
 * is that of the plain files.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { deflateRawSync, crc32, gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkload } from "../../src/traces/open.js";
import type { Workload } from "../../src/workload/workload.js";
import { EXAMPLE_TRACES, type ExampleTrace } from "./example-traces.js";

let scratch: string;
let folders = 0;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "schedlab-shapes-"));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
});

/** A file's rows as cells, and the names of its columns. */
interface Table {
  readonly rows: readonly (readonly string[])[];
  readonly columns: readonly string[];
}

type Bytes = string | Uint8Array;

/** What a shape makes of a file: its new name and content. */
type Shape = (name: string, table: Table, trace: ExampleTrace) => readonly [string, Bytes];

function tableOf({ columns, delimiter }: ExampleTrace, name: string, text: string): Table {
  const own = Object.entries(columns).find(([table]) => name.includes(table));
  const rows = text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(delimiter));
  return { rows, columns: own![1] };
}

const textOf = (rows: readonly (readonly string[])[], delimiter: string, end = "\n"): string =>
  rows.map((row) => row.join(delimiter) + end).join("");

/** The file as published. */
function published({ rows, columns }: Table, trace: ExampleTrace): string {
  return textOf(trace.hasHeader === true ? [columns, ...rows] : rows, trace.delimiter);
}

const snakeCase = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/_$/, "");
const numbered = ({ rows }: Table): string[][] => rows.map((row, i) => [`${i}`, ...row]);
const utf16 = (text: string, order: "le" | "be"): Buffer => {
  const bytes = Buffer.from(text, "utf16le");
  return order === "le" ? bytes : bytes.swap16();
};

/** As pandas writes a column of whole numbers with an empty cell in it. */
function withFloats({ rows }: Table): string[][] {
  const isWhole = (column: number): boolean => {
    const cells = rows.map((row) => row[column]);
    return cells.includes("") && cells.every((cell) => /^\d*$/.test(cell));
  };
  return rows.map((row) => row.map((cell, i) => (isWhole(i) && cell !== "" ? `${cell}.0` : cell)));
}

/** Columns of numbers where all cells are numbers, with nulls where they are empty; else of text. */
function parquetOf({ rows, columns }: Table, codec: "SNAPPY" | "GZIP" | "UNCOMPRESSED"): Uint8Array {
  const columnData = columns.map((name, i) => {
    const cells = rows.map((row) => row[i]);
    const isNumeric =
      cells.some((cell) => cell !== "") &&
      cells.every((cell) => cell === "" || Number.isFinite(Number(cell)));
    const isWhole = isNumeric && cells.every((cell) => /^-?\d+$/.test(cell));
    if (isWhole) return { name, data: cells.map((cell) => BigInt(cell)), type: "INT64" as const };
    if (isNumeric)
      return {
        name,
        data: cells.map((cell) => (cell === "" ? null : Number(cell))),
        type: "DOUBLE" as const,
      };
    return { name, data: cells.map((cell) => (cell === "" ? null : cell)), type: "STRING" as const };
  });
  const compressors = { GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)) };
  return new Uint8Array(parquetWriteBuffer({ columnData, codec, compressors }));
}

/**
 * A zip archive of one file, by PKWARE's APPNOTE.TXT: a local header, the data, the central directory and its
 * end.
 */
function zipOf(name: string, text: string): Buffer {
  const path = Buffer.from(name);
  const packed = deflateRawSync(text);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(text), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(Buffer.byteLength(text), 18);
  common.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, path, packed]);
  const directory = Buffer.concat([Buffer.from("PK\x01\x02\x14\0"), common, Buffer.alloc(14), path]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, directory, Buffer.from("PK\x05\x06"), end]);
}

const text =
  (make: (table: Table, trace: ExampleTrace) => Bytes): Shape =>
  (name, table, trace) => [name, make(table, trace)];
const packedAs =
  (ending: string, pack: (text: string, name: string) => Bytes): Shape =>
  (name, table, trace) => [`${name}${ending}`, pack(published(table, trace), basename(name))];
const headed = (header: (columns: readonly string[]) => readonly string[]): Shape =>
  text((table, { delimiter }) =>
    // An SWF file with names has been through a tool that writes commas.
    textOf([header(table.columns), ...table.rows], delimiter === " " ? "," : delimiter),
  );

const SHAPES: Readonly<Record<string, Shape>> = {
  "lines that end in CRLF": text((table, trace) => published(table, trace).replaceAll("\n", "\r\n")),
  "no end of the last line": text((table, trace) => published(table, trace).trimEnd()),
  "blank lines anywhere": text(
    (table, trace) => `\n${published(table, trace).replaceAll("\n", "\n\n  \n")}\n`,
  ),
  "a byte order mark": text((table, trace) => `\ufeff${published(table, trace)}`),
  "UTF-16, little end first": text((table, trace) => utf16(`\ufeff${published(table, trace)}`, "le")),
  "UTF-16, big end first": text((table, trace) => utf16(`\ufeff${published(table, trace)}`, "be")),
  "UTF-16 without a mark": text((table, trace) => utf16(published(table, trace), "le")),
  gzip: packedAs(".gz", (content) => gzipSync(content)),
  "gzip of UTF-16": packedAs(".gz", (content) => gzipSync(utf16(`\ufeff${content}`, "le"))),
  "gzip without its ending": packedAs("", (content) => gzipSync(content)),
  "an ending of gzip on plain text": packedAs(".gz", (content) => content),
  zip: packedAs(".zip", (content, name) => zipOf(name, content)),
  "endings in upper case": (name, table, trace) => [
    name.replace(/\.\w+$/, (ending) => ending.toUpperCase()) + ".GZ",
    gzipSync(published(table, trace)),
  ],
  "a header line of official names": headed((columns) => columns),
  "a header line in snake case": headed((columns) => columns.map(snakeCase)),
  "columns in another order, with a header line": text(({ rows, columns }, { delimiter }) =>
    textOf(
      [columns, ...rows].map((row) => [...row].reverse()),
      delimiter === " " ? "," : delimiter,
    ),
  ),
  "a column that no reader knows": text(({ rows, columns }, { delimiter }) =>
    textOf([[...columns, "note"], ...rows.map((row) => [...row, "x"])], delimiter === " " ? "," : delimiter),
  ),
  "numbers for names, as pandas writes them": text((table, { delimiter }) =>
    textOf(
      [["", ...table.columns.map((_, i) => `${i}`)], ...numbered(table)],
      delimiter === " " ? "," : delimiter,
    ),
  ),
  "numbers for names alone": text((table, { delimiter }) =>
    textOf([table.columns.map((_, i) => `${i}`), ...table.rows], delimiter === " " ? "," : delimiter),
  ),
  "NA for empty cells, as R writes it": text(({ rows, columns }, { delimiter }) =>
    textOf(
      [columns, ...rows.map((row) => row.map((cell) => (cell === "" ? "NA" : cell)))],
      delimiter === " " ? "," : delimiter,
    ),
  ),
  "an index column of pandas, with a header line": text((table, { delimiter }) =>
    textOf([["", ...table.columns], ...numbered(table)], delimiter === " " ? "," : delimiter),
  ),
  "row numbers that the header does not name, as R writes them": text((table, { delimiter }) =>
    textOf([table.columns, ...numbered(table)], delimiter === " " ? "," : delimiter),
  ),
  "a column that counts up, without a header line": text((table, { delimiter }) =>
    textOf(numbered(table), delimiter),
  ),
  "whole numbers as floating-point ones": text((table, trace) =>
    published({ ...table, rows: withFloats(table) }, trace),
  ),
  commas: text((table, trace) => published(table, { ...trace, delimiter: "," })),
  semicolons: text((table, trace) => published(table, { ...trace, delimiter: ";" })),
  tabs: text((table, trace) => published(table, { ...trace, delimiter: "\t" })),
  "quotes around every value": text((table, trace) => {
    const rows = trace.hasHeader === true ? [table.columns, ...table.rows] : table.rows;
    const quoted = rows.map((row) => row.map((cell) => `"${cell}"`));
    return textOf(quoted, trace.delimiter === " " ? "," : trace.delimiter);
  }),
  Parquet: (name, table) => [`${name.replace(/\.\w+$/, "")}.parquet`, parquetOf(table, "SNAPPY")],
  "Parquet, packed by gzip": (name, table) => [
    `${name.replace(/\.\w+$/, "")}.parquet`,
    parquetOf(table, "GZIP"),
  ],
  "Parquet by another name": (name, table) => [`${name}.gz`, parquetOf(table, "UNCOMPRESSED")],
};

/** Why a shape is none of a format; all others must open. */
function cannotBe(shape: string, { needsNames, columns }: ExampleTrace): boolean {
  const isOneColumn = Object.values(columns).every(({ length }) => length === 1);
  if (needsNames === true && /without a header|numbers for names/.test(shape)) return true;
  // A column of numbers whose name is a number has one number more.
  return isOneColumn && /another order|no reader knows|numbers for names alone/.test(shape);
}

async function write(files: Readonly<Record<string, Bytes>>): Promise<string> {
  const folder = join(scratch, `trace${folders++}`);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** Of a folder, or of its only file where the format wants one. */
function specOf(
  { format, isFile }: ExampleTrace,
  folder: string,
  files: Readonly<Record<string, Bytes>>,
): string {
  return `${format}:${isFile === true ? join(folder, Object.keys(files)[0]) : folder}`;
}

function shaped(trace: ExampleTrace, shape: Shape): Record<string, Bytes> {
  return Object.fromEntries(
    Object.entries(trace.files).map(([name, content]) => shape(name, tableOf(trace, name, content), trace)),
  );
}

const asPublished: Shape = (name, table, trace) => [name, published(table, trace)];

/** All of a workload but which files it was read from. */
function contentOf(workload: Workload): object {
  return { ...workload, provenance: { ...workload.provenance, inputs: [] } };
}

async function openShaped(trace: ExampleTrace, shape: Shape): Promise<object> {
  const files = shaped(trace, shape);
  return contentOf(await openWorkload(specOf(trace, await write(files), files)));
}

const opened = new Map<ExampleTrace, Promise<object>>();

/** The trace as published; each is opened once. */
function openPlain(trace: ExampleTrace): Promise<object> {
  const known = opened.get(trace) ?? openShaped(trace, asPublished);
  opened.set(trace, known);
  return known;
}

describe.each(EXAMPLE_TRACES.map((trace) => [trace.format, trace] as const))("%s", (_, trace) => {
  const shapes = Object.entries(SHAPES).filter(([name]) => !cannotBe(name, trace));
  it.each(shapes)("%s", async (_name, shape) => {
    expect(await openShaped(trace, shape)).toEqual(await openPlain(trace));
  });
});

describe.each(EXAMPLE_TRACES.map((trace) => [trace.format, trace] as const))(
  "%s, a column renamed",
  (_, trace) => {
    const columns = Object.entries(trace.columns).flatMap(([table, names]) =>
      names.map((name) => [name, table] as const),
    );
    it.skipIf(columns.length === 1).each(columns)("%s of %s is missed, or not read", async (name, table) => {
      const renamed: Shape = (file, own, { delimiter }) => {
        const isTable = file.includes(table);
        const header = own.columns.map((column) => (isTable && column === name ? "renamed" : column));
        return [file, textOf([header, ...own.rows], delimiter === " " ? "," : delimiter)];
      };
      const outcome = await openShaped(trace, renamed).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome.message).toContain(`no column "${name}" in`);
      else expect(outcome).toEqual(await openPlain(trace));
    });
  },
);

describe("dates in Parquet", () => {
  it.each(["google2011", "alibaba2018", "azure2019"])(
    "are an error in %s, whose times count otherwise",
    async (format) => {
      const trace = EXAMPLE_TRACES.find((one) => one.format === format)!;
      const dated: Shape = (name, { rows, columns }) => {
        const isTime = (column: string): boolean =>
          /time|vmcreated|vmdeleted/.test(column) && column !== "disk I/O time";
        const columnData = columns.map((column, i) => {
          const cells = rows.map((row) => row[i]);
          return isTime(column)
            ? {
                name: column,
                data: cells.map((cell) => new Date(Number(cell) || 0)),
                type: "TIMESTAMP" as const,
              }
            : { name: column, data: cells, type: "STRING" as const };
        });
        return [`${name.replace(/\.\w+$/, "")}.parquet`, new Uint8Array(parquetWriteBuffer({ columnData }))];
      };
      await expect(openShaped(trace, dated)).rejects.toThrow(
        /column ".*time.*|vmcreated": is a date; write it as the number/,
      );
    },
  );
});

describe.each(EXAMPLE_TRACES.map((trace) => [trace.format, trace] as const))("%s is found", (_, trace) => {
  const plain = (): Record<string, Bytes> => shaped(trace, asPublished);
  const placed = (place: (name: string) => string): Record<string, Bytes> =>
    Object.fromEntries(Object.entries(plain()).map(([name, content]) => [place(name), content]));

  it("from one folder too high", async () => {
    const folder = await write(placed((name) => `deep/${name}`));
    expect(contentOf(await openWorkload(`${trace.format}:${folder}`))).toEqual(await openPlain(trace));
  });

  it("from one of its files", async () => {
    const files = plain();
    const folder = await write(files);
    for (const name of Object.keys(files)) {
      const opened = contentOf(await openWorkload(`${trace.format}:${join(folder, name)}`));
      expect(opened).toEqual(await openPlain(trace));
    }
  });

  it.skipIf(Object.keys(trace.columns).length === 1)("from the folder of one of its tables", async () => {
    const tables = Object.keys(trace.columns);
    const folder = await write(
      placed((name) => `${tables.find((table) => name.includes(table)) ?? ""}/${basename(name)}`),
    );
    for (const table of tables)
      expect(contentOf(await openWorkload(`${trace.format}:${join(folder, table)}`))).toEqual(
        await openPlain(trace),
      );
  });

  it("beside what a file manager, an editor, a download and a stopped conversion leave", async () => {
    const files = plain();
    const name = Object.keys(files).at(-1)!;
    const leftovers = [".bak", "~", ".part", ".tmp", ".md5", ".sha256"].map((ending) => `${name}${ending}`);
    const folder = await write({
      ...files,
      ...Object.fromEntries(leftovers.map((leftover) => [leftover, "x"] as const)),
      ".DS_Store": "x",
      [`${dirname(name)}/._${basename(name)}`]: "x",
      [`__MACOSX/${name}`]: "x",
      [`x.arrow.work/${name}`]: "x",
    });
    expect(contentOf(await openWorkload(`${trace.format}:${folder}`))).toEqual(await openPlain(trace));
  });
});

describe("google2011 in flat files", () => {
  const trace = EXAMPLE_TRACES[0];
  it.each([
    ["named after table and part", (name: string) => name.replace("/", "_")],
    ["named after the table", (name: string) => `${dirname(name)}.csv`],
    ["in one folder per file, as some tools unpack", (name: string) => `${name}/${basename(name)}`],
  ])("%s", async (_, place) => {
    const files = Object.entries(shaped(trace, asPublished)).map(
      ([name, content]) => [place(name), content] as const,
    );
    const folder = await write(Object.fromEntries(files));
    expect(contentOf(await openWorkload(`google2011:${folder}`))).toEqual(await openPlain(trace));
  });
});

describe("google2019 with nested columns", () => {
  const trace = EXAMPLE_TRACES[1];
  const nest = (write: (cells: Readonly<Record<string, string>>) => string): Shape =>
    text(({ rows, columns }) => {
      const outer = [...new Set(columns.map((name) => name.split(".")[0]))];
      const cell = (row: readonly string[], name: string): string => {
        const inner = columns.flatMap((column, i) =>
          column.startsWith(`${name}.`) ? [[column.split(".")[1], row[i]]] : [],
        );
        return inner.length === 0
          ? row[columns.indexOf(name)]
          : `"${write(Object.fromEntries(inner) as Record<string, string>).replaceAll('"', '""')}"`;
      };
      return textOf([outer, ...rows.map((row) => outer.map((name) => cell(row, name)))], ",");
    });
  it.each([
    [
      "dicts of Python",
      nest(({ cpus, memory }) => `{'cpus': ${cpus || "None"}, 'memory': ${memory || "None"}}`),
    ],
    ["JSON", nest(({ cpus, memory }) => `{"cpus": ${cpus || "null"}, "memory": ${memory || "null"}}`)],
    [
      "JSON over several lines",
      nest(({ cpus, memory }) => `{"cpus": ${cpus || "null"},\n "memory": ${memory || "null"}}`),
    ],
  ])("%s", async (_, shape) => {
    expect(await openShaped(trace, shape)).toEqual(await openPlain(trace));
  });
});

describe("what no reader opens is named", () => {
  const tar = Buffer.alloc(1024);
  tar.write("a.csv", 0);
  tar.write("ustar", 257);
  it.each([
    ["a tar archive", tar, /it is a tar archive; unpack it with tar/],
    ["a gzipped one", gzipSync(tar), /it is a tar archive/],
    ["zstd", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0]), /compressed with zstd; unpack it with zstd -d/],
    ["a web page", "<!DOCTYPE html><html>", /a web page, not the data; download/],
    ["a pointer of Git LFS", "version https://git-lfs.github.com/spec/v1\n", /Git LFS pointer/],
    ["gzip of gzip", gzipSync(gzipSync("1,2\n")), /it is gzip, compressed twice/],
    ["a damaged zip archive", Buffer.from("PK\x03\x04abc"), /damaged zip archive/],
    ["bytes", Buffer.from([0, 1, 2, 3, 4, 5, 0, 0]), /it is not text/],
    ["nothing", "", /empty file/],
    [
      "a JSON array",
      '[{"task_name": "M1"}]',
      /a JSON array in batch_task\.csv; write one object in each line/,
    ],
  ])("%s", async (_, bytes, message) => {
    const folder = await write({ "batch_task.csv": bytes });
    await expect(openWorkload(`alibaba2018:${folder}`)).rejects.toThrow(message);
  });
});
