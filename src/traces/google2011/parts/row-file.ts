import { open, readFile } from "node:fs/promises";
import { writeFileAtomic, writeJson } from "../../../base/files.js";
import { KINDS, type Column, type Kind } from "../../../base/columns/column.js";
import { sharedColumn } from "../../../base/columns/shared-column.js";
import { isCoded, type CodedColumn } from "./coded-column.js";

/**
 * Columns on disk, with the rows in groups. The data are in `PATH.rows`; `PATH.json` describes their places.
 */
export interface RowFile<F> extends RowPlaces {
  /** Data that were saved together with the rows, as JSON. */
  readonly facts: F;
}

export interface RowPlaces {
  /** Group g has the rows `offsets[g]` to `offsets[g + 1] - 1`. */
  readonly offsets: readonly number[];
  readonly columns: readonly (ColumnPlace & { readonly name: string; readonly values?: ValuesPlace })[];
}

/** Where a column begins in the file, in bytes. For a coded column, `kind` is the type of its codes. */
interface ColumnPlace {
  readonly kind: Kind;
  readonly at: number;
}

/** Where the values of a coded column are, for all groups together. */
interface ValuesPlace extends ColumnPlace {
  readonly count: number;
}

/**
 * Saves columns of one length. The JSON file is written last: if it exists, the data are complete. Throws
 * InputError if a file cannot be written.
 */
export async function writeRowFile<F>(
  path: string,
  facts: F,
  columns: Readonly<Record<string, Column | CodedColumn>>,
  offsets: readonly number[],
): Promise<RowFile<F>> {
  let at = 0;
  const bytes: Uint8Array[] = [];
  const place = (values: Column): ColumnPlace => {
    const placed = { kind: values.constructor.name as Kind, at };
    bytes.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    at += values.byteLength;
    return placed;
  };
  const described = Object.entries(columns).map(([name, column]) => {
    if (!isCoded(column)) return { name, ...place(column) };
    const { codes, values } = column;
    return { name, ...place(codes), values: { ...place(values), count: values.length } };
  });
  await writeFileAtomic(`${path}.rows`, bytes);
  const file = { facts, offsets, columns: described };
  await writeJson(`${path}.json`, file);
  return file;
}

/** Returns the result of `writeRowFile` for this path; undefined if writing was not completed. */
export async function findRowFile<F>(path: string): Promise<RowFile<F> | undefined> {
  const text = await readFile(`${path}.json`, "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as RowFile<F>);
}

/** Returns the size of the columns, in bytes. */
export function bytesOfRows({ offsets, columns }: RowPlaces): number {
  let bytes = 0;
  for (const { kind, values } of columns) {
    bytes += offsets[offsets.length - 1] * KINDS[kind].BYTES_PER_ELEMENT;
    if (values !== undefined) bytes += values.count * KINDS[values.kind].BYTES_PER_ELEMENT;
  }
  return bytes;
}

/** Reads groups `from` to `to - 1`; of coded columns, it reads the codes. */
export async function readRowFile(
  path: string,
  { offsets, columns }: RowPlaces,
  from: number,
  to: number,
): Promise<Record<string, Column>> {
  const rows = offsets[to] - offsets[from];
  return withRows(path, async (fill) => {
    const read: Record<string, Column> = {};
    for (const { name, kind, at } of columns) {
      const values = new KINDS[kind](rows);
      await fill(values, at + offsets[from] * values.BYTES_PER_ELEMENT);
      read[name] = values;
    }
    return read;
  });
}

/** Reads the values of the coded columns into memory that threads share. */
export async function readValues(path: string, { columns }: RowPlaces): Promise<Record<string, Column>> {
  return withRows(path, async (fill) => {
    const read: Record<string, Column> = {};
    for (const { name, values } of columns) {
      if (values === undefined) continue;
      const { kind, at, count } = values;
      const shared = sharedColumn<Column>(KINDS[kind], count);
      await fill(shared, at);
      read[name] = shared;
    }
    return read;
  });
}

/** Calls `read` with a function that fills a column with the data at a place in `PATH.rows`. */
async function withRows<R>(
  path: string,
  read: (fill: (column: Column, at: number) => Promise<void>) => Promise<R>,
): Promise<R> {
  const file = await open(`${path}.rows`, "r");
  try {
    return await read(async ({ buffer, byteLength }, at) => {
      if (byteLength === 0) return;
      const { bytesRead } = await file.read(new Uint8Array(buffer), 0, byteLength, at);
      if (bytesRead < byteLength) throw new Error(`truncated file: ${path}.rows; remove its folder`);
    });
  } finally {
    await file.close();
  }
}
