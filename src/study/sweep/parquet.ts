/** Writes columns to Parquet bytes and reads them back. */
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { oneNaN } from "../../base/columns/one-nan.js";
import type { ResultColumn } from "../result-table.js";

/** A row of a Parquet file; whole numbers are bigint. */
export type ParquetRow = Readonly<Record<string, unknown>>;

const TYPES = { text: "STRING", whole: "INT64", number: "DOUBLE" } as const;

/** Returns the bytes of a Parquet file (Snappy); equal columns and metadata give equal bytes. */
export function encodeParquet(
  columns: readonly ResultColumn[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData: columns.map(({ name, kind, values }) => ({
      name,
      type: TYPES[kind],
      nullable: true,
      data: dataOf(kind, values),
    })),
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    createdBy: "schedlab",
  });
  return new Uint8Array(buffer);
}

function dataOf(kind: ResultColumn["kind"], values: ResultColumn["values"]): unknown[] {
  if (kind === "whole") return Array.from(values, (value) => BigInt(value ?? 0));
  return Array.from(values, (value) => (typeof value === "number" ? oneNaN(value) : value));
}

/** Returns the rows and the metadata of a Parquet file. Throws where the file is truncated or damaged. */
export async function decodeParquet(
  bytes: Uint8Array,
): Promise<{ rows: readonly ParquetRow[]; metadata: ReadonlyMap<string, string | undefined> }> {
  const file = new Uint8Array(bytes).buffer;
  const { key_value_metadata: pairs = [] } = parquetMetadata(file);
  const rows = await parquetReadObjects({ file });
  return { rows, metadata: new Map(pairs.map(({ key, value }) => [key, value])) };
}
