import { open, readFile } from "node:fs/promises";
import { writeFileAtomic, writeJson } from "../../files.js";

const KINDS = { Int32Array, Uint8Array, Uint16Array, Float64Array, BigInt64Array } as const;
type Kind = keyof typeof KINDS;
export type Column = Int32Array | Uint8Array | Uint16Array | Float64Array | BigInt64Array;

/** Columns on disk, rows in groups: `PATH.json` says what is where in `PATH.rows`. */
export interface RowFile<F> extends RowPlaces {
  /** What was saved along with the rows, as JSON. */
  readonly facts: F;
}

export interface RowPlaces {
  /** Rows `offsets[g]` to `offsets[g + 1] - 1` are group g. */
  readonly offsets: readonly number[];
  readonly columns: readonly { readonly name: string; readonly kind: Kind; readonly at: number }[];
}

/**
 * Saves columns of one length. The JSON file comes last: where it is, all is there.
 * Throws InputError where a file cannot be written.
 */
export async function writeRowFile<F>(
  path: string,
  facts: F,
  columns: Readonly<Record<string, Column>>,
  offsets: readonly number[],
): Promise<RowFile<F>> {
  let at = 0;
  const described = Object.entries(columns).map(([name, values]) => {
    const column = { name, kind: values.constructor.name as Kind, at };
    at += values.byteLength;
    return column;
  });
  await writeFileAtomic(
    `${path}.rows`,
    Object.values(columns).map(
      (values) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    ),
  );
  const file = { facts, offsets, columns: described };
  await writeJson(`${path}.json`, file);
  return file;
}

/** Returns what `writeRowFile` returned for this path, undefined where it did not come to its end. */
export async function findRowFile<F>(path: string): Promise<RowFile<F> | undefined> {
  const text = await readFile(`${path}.json`, "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as RowFile<F>);
}

/** Returns the bytes that the columns take. */
export function bytesOfRows({ offsets, columns }: RowPlaces): number {
  const width = columns.reduce((sum, { kind }) => sum + KINDS[kind].BYTES_PER_ELEMENT, 0);
  return width * offsets[offsets.length - 1];
}

/** Reads groups `from` to `to - 1`. */
export async function readRowFile(
  path: string,
  { offsets, columns }: RowPlaces,
  from: number,
  to: number,
): Promise<Record<string, Column>> {
  const rows = offsets[to] - offsets[from];
  const read: Record<string, Column> = {};
  const file = await open(`${path}.rows`, "r");
  try {
    for (const { name, kind, at } of columns) {
      const values = new KINDS[kind](rows);
      const bytes = new Uint8Array(values.buffer);
      const start = at + offsets[from] * values.BYTES_PER_ELEMENT;
      if (bytes.length > 0) {
        const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
        if (bytesRead < bytes.length) throw new Error(`cut short: ${path}.rows; remove its folder`);
      }
      read[name] = values;
    }
  } finally {
    await file.close();
  }
  return read;
}
