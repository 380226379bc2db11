/** The code of a thread that scans files. */
import { move, transferableSymbol, valueSymbol } from "piscina";
import type { Schema } from "../csv.js";
import type { OnError } from "../options.js";
import { scanFile, type ScannedFile } from "./scan-file.js";

export interface ScanTask {
  readonly path: string;
  readonly schema: Schema;
  readonly onError: OnError;
}

/** Returns to the asking thread what `scanFile` returns; the columns are handed over without being copied. */
export default async function scanOnThread({ path, schema, onError }: ScanTask): Promise<unknown> {
  const scanned: ScannedFile | undefined = await scanFile(path, schema, onError);
  if (scanned === undefined) return undefined;
  const buffers = scanned.blocks.flatMap(({ columns }) => columns.map(({ buffer }) => buffer));
  return move({ [transferableSymbol]: buffers, [valueSymbol]: scanned });
}
