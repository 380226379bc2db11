/** Reads the rows of a Parquet file. */
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, type FileMetaData } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { InputError } from "../../base/errors.js";

export type Fields = Readonly<Record<string, unknown>>;

/**
 * Calls `open` with the names of the file's columns, in order, then `visit` with each row. Reads every
 * compression that Parquet allows, except LZO.
 * @throws InputError for a file that is damaged or has another compression.
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

/** Returns the top-level columns of the schema; its first element is the root. */
function columnsOf({ schema }: FileMetaData): string[] {
  const names: string[] = [];
  for (let at = 1; at < schema.length; at = after(schema, at)) names.push(schema[at].name);
  return names;
}

/** Returns the place of the element after the one at `at` and everything nested in it. */
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
        `unreadable Parquet file ${name}: compressed with ${codec}; export it with zstd, snappy or gzip`,
      );
}
