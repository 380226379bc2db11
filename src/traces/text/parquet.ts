/** Rows of a Parquet file. */
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, type FileMetaData } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { InputError } from "../../base/errors.js";

export type Fields = Readonly<Record<string, unknown>>;

/**
 * Calls `open` with the names of the file's columns, in order, then `visit` with each row. Packed by whatever
 * Parquet allows but LZO.
 * @throws InputError for a file that is damaged or packed otherwise.
 */
export async function readParquet(
  path: string,
  name: string,
  open: (columns: readonly string[]) => void,
  visit: (record: Fields, row: number) => void,
): Promise<void> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  open(columnsOf(metadata));
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const records = await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors }).catch(
      (error: unknown) => {
        throw unreadable(name, error);
      },
    );
    records.forEach((record, i) => {
      visit(record, rowStart + i + 1);
    });
    rowStart = rowEnd;
  }
}

/** The columns at the top of the schema, whose first element is its root. */
function columnsOf({ schema }: FileMetaData): string[] {
  const names: string[] = [];
  for (let at = 1; at < schema.length; at = after(schema, at)) names.push(schema[at].name);
  return names;
}

/** The element that follows one and all that is nested in it. */
function after(schema: FileMetaData["schema"], at: number): number {
  let next = at + 1;
  for (let child = 0; child < (schema[at].num_children ?? 0); child++) next = after(schema, next);
  return next;
}

function unreadable(name: string, error: unknown): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  const codec = /unsupported compression codec: (\w+)/.exec(reason)?.[1];
  return codec === undefined
    ? new InputError(`unreadable Parquet file ${name}: ${reason}; export it again`)
    : new InputError(
        `unreadable Parquet file ${name}: packed by ${codec}; export it with zstd, snappy or gzip`,
      );
}
