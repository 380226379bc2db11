/** What the central scheduler knows about the workers: their long work, as a table and a bitmap. */

export interface WorkTable {
  /** Estimated long work of each worker, queued or running, and the number of such tasks. */
  readonly work: Float64Array;
  readonly tasks: Int32Array;
  /** 1 where a worker has long work. */
  readonly bitmap: Uint8Array;
  /** Raised at each change of the bitmap; while it is unchanged, the last copy is used again. */
  version: number;
  copy: Uint8Array;
  copyVersion: number;
}

export function createTable(workers: number): WorkTable {
  return {
    work: new Float64Array(workers),
    tasks: new Int32Array(workers),
    bitmap: new Uint8Array(workers),
    version: 0,
    copy: new Uint8Array(workers),
    copyVersion: 0,
  };
}

/** Notes a long task that was sent to a worker. */
export function addWork(table: WorkTable, worker: number, estimate: number): void {
  table.work[worker] += estimate;
  table.tasks[worker]++;
  table.bitmap[worker] = 1;
  table.version++;
}

/**
 * Notes the end of a long task. The program inverts the worker's bit where no work is left; this may happen
 * more than once where an estimate is 0.
 */
export function removeWork(table: WorkTable, worker: number, estimate: number, faults: boolean): void {
  table.work[worker] -= estimate;
  const none = --table.tasks[worker] === 0;
  if (none && !faults) table.work[worker] = 0;
  if (faults ? table.work[worker] !== 0 : !none) return;
  table.bitmap[worker] = faults ? 1 - table.bitmap[worker] : 0;
  table.version++;
}

/** Returns a copy of the present bitmap; the copy must not be changed. */
export function copyBitmap(table: WorkTable): Uint8Array {
  if (table.copyVersion !== table.version) {
    table.copy = table.bitmap.slice();
    table.copyVersion = table.version;
  }
  return table.copy;
}
