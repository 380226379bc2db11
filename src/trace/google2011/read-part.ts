import type { ScannedFile } from "../bulk/scan-file.js";
import { createRow, isRejection, readCsv, type Row, type Schema } from "../csv.js";
import type { OnError } from "../options.js";
import type { Collected, Collector, Columns, PartFacts } from "./parts.js";
import { SCHEMAS, type Part, type Table } from "./tables.js";
import { wordsOf } from "./tasks.js";

export type PartRows<C extends Columns> = PartFacts & Pick<Collected<C>, "columns">;

/** Reads a file fast, or returns undefined: then `readCsv` is to read it. */
export type Scan = (path: string, schema: Schema, onError: OnError) => Promise<ScannedFile | undefined>;

/**
 * Reads one part: by `scan`, and where that finds anything out of the ordinary, or a row that is to be an error, from
 * the beginning by `readCsv`, which says where it is. Both give the same.
 */
export async function readPart<C extends Columns>(
  table: Table,
  part: Part,
  createCollector: () => Collector<C>,
  onError: OnError,
  scan: Scan,
): Promise<PartRows<C>> {
  const schema = SCHEMAS[table];
  const scanned = await scan(part.path, schema, onError);
  const collected = scanned && collectScanned(scanned, schema, createCollector(), onError);
  if (collected !== undefined) return collected;
  const collector = createCollector();
  const summary = await readCsv(part.path, schema, collector.visit, { name: part.name, onError });
  return { ...collector.finish(), ...summary };
}

/** Undefined where the collector rejects a row and that is to be an error. */
function collectScanned<C extends Columns>(
  { blocks, sha256, rows, skippedRows }: ScannedFile,
  schema: Schema,
  collector: Collector<C>,
  onError: OnError,
): PartRows<C> | undefined {
  const row = createRow(schema);
  let rejected = 0;
  for (const block of blocks) {
    const copyRow = rowCopier(schema, block.columns, row);
    for (let r = 0; r < block.rows; r++) {
      copyRow(r);
      try {
        collector.visit(row);
      } catch (error) {
        if (!isRejection(error)) throw error;
        if (onError === "fail") return undefined;
        rejected++;
      }
    }
  }
  return { ...collector.finish(), sha256, rows: rows - rejected, skippedRows: skippedRows + rejected };
}

/** Copies a row of a block. Ids go as pairs of 32-bit words: as 64-bit integers, each would become an object. */
function rowCopier(
  schema: Schema,
  columns: readonly (Float64Array | BigInt64Array)[],
  { numbers, ids }: Row,
): (r: number) => void {
  const places = schema.flatMap(({ read }, i) => (read === false ? [] : [i]));
  const words = wordsOf(ids);
  const floats: Float64Array[] = [];
  const floatPlaces: number[] = [];
  const pairs: Int32Array[] = [];
  const pairPlaces: number[] = [];
  columns.forEach((values, i) => {
    if (values instanceof Float64Array) {
      floats.push(values);
      floatPlaces.push(places[i]);
    } else {
      pairs.push(wordsOf(values));
      pairPlaces.push(2 * places[i]);
    }
  });
  return (r) => {
    for (let i = 0; i < floats.length; i++) numbers[floatPlaces[i]] = floats[i][r];
    for (let i = 0; i < pairs.length; i++) {
      words[pairPlaces[i]] = pairs[i][2 * r];
      words[pairPlaces[i] + 1] = pairs[i][2 * r + 1];
    }
  };
}
