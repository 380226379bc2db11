/** Opens a workload that was saved as an Arrow file. */
import { stat } from "node:fs/promises";
import type { Batch, Column, Table, TypedArray } from "@uwdata/flechette";
import { InputError, messageOf } from "../../base/errors.js";
import { arrowTables } from "./file.js";
import { FORMAT_VERSION, decodeFrame, formatVersion, type RowCounts, type StoredFrame } from "./metadata.js";
import { ownColumn, sharedColumn, type MakeColumn } from "../../base/columns/shared-column.js";
import { findFault } from "../check.js";
import { shareWorkload } from "../share-workload.js";
import type { ExecutionColumns, UsageColumns, Workload } from "../workload.js";

/**
 * Opens a workload that `saveWorkload` wrote; it is bit-identical to the saved one. Columns of a file with
 * one record batch are views of its bytes. Columns of several batches are joined, with one batch in memory at
 * a time. `shared` puts all columns into memory that threads share (base/columns/shared-column.ts says when
 * this is useful). The workload is sound (`findFault`): it is checked whole, in one pass, before it is
 * returned.
 * @throws InputError for a file that is missing, truncated, damaged, not Arrow, without schedlab's metadata,
 * or of a newer format.
 */
export async function loadWorkload(
  file: string,
  { shared = false }: { readonly shared?: boolean } = {},
): Promise<Workload> {
  try {
    return await readWorkload(file, shared);
  } catch (error) {
    if (error instanceof InputError) throw error;
    // Texts of the file may be in it.
    const reason = messageOf(error)
      .replace(/\p{Cc}+/gu, " ")
      .slice(0, LONGEST_REASON);
    throw new InputError(`damaged: ${file}: ${reason}; convert the trace again`, { cause: error });
  }
}

const LONGEST_REASON = 300;

async function readWorkload(file: string, isShared: boolean): Promise<Workload> {
  let frame: StoredFrame | undefined;
  let rows: Rows | undefined;
  let joined: ReturnType<typeof joinRows> | undefined;
  for await (const table of arrowTables(file)) {
    if (frame === undefined) {
      frame = readFrame(table, file);
      checkCounts(frame.rows, (await stat(file)).size);
    } else if (rows === undefined) {
      rows = batchRows(table);
    } else {
      joined ??= joinRows(frame.rows, rows, isShared ? sharedColumn : ownColumn);
      joined.add(batchRows(table));
    }
  }
  if (frame === undefined || rows === undefined) throw new Error("it has no rows");
  const { rows: counts, ...rest } = frame;
  const { executions, usage } = joined?.whole() ?? rows;
  if (counts !== undefined && counts.executions !== executions.job.length) {
    throw new Error(`it has ${executions.job.length} executions, its metadata states ${counts.executions}`);
  }
  const own: Workload = { ...rest, executions, usage };
  const workload = isShared ? shareWorkload(own) : own;
  const fault = findFault(workload);
  if (fault !== undefined) throw new Error(fault);
  return workload;
}

/** Bytes of all columns of an execution, and of a sample. Columns are not compressed. */
const EXECUTION_BYTES = 74;
const SAMPLE_BYTES = 8;

/** Throws Error for numbers of rows that a file of this size cannot have; memory is taken for them. */
function checkCounts(counts: RowCounts | undefined, size: number): void {
  if (counts === undefined) return;
  const { executions, samples } = counts;
  if (executions * EXECUTION_BYTES + samples * SAMPLE_BYTES <= size) return;
  throw new Error(
    `its metadata states ${executions} executions and ${samples} samples, more than its ${size} bytes ` +
      "can hold",
  );
}

function readFrame({ schema: { metadata } }: Table, file: string): StoredFrame {
  const version = formatVersion(metadata);
  if (version === undefined || !Number.isInteger(version)) {
    throw new InputError(
      `not a workload: ${file} is Arrow but its schema metadata lacks schedlab.version; make ` +
        "it with schedlab convert TRACE --out FILE.arrow",
    );
  }
  if (version > FORMAT_VERSION) {
    throw new InputError(
      `too new: ${file} has workload format ${version}, this schedlab reads ${FORMAT_VERSION}; ` +
        "update schedlab",
    );
  }
  if (version < FORMAT_VERSION) {
    throw new InputError(
      `too old: ${file} has workload format ${version}, this schedlab reads ${FORMAT_VERSION}; ` +
        "convert the trace again",
    );
  }
  return decodeFrame(metadata ?? new Map());
}

/** The executions and samples of one record batch, or of all batches. */
interface Rows {
  readonly executions: ExecutionColumns;
  readonly usage: UsageColumns;
}

/** Returns empty columns for this many rows, with functions to fill and to finish them. */
function joinRows(
  counts: RowCounts | undefined,
  first: Rows,
  make: MakeColumn,
): { add(batch: Rows): void; whole(): Rows } {
  if (counts === undefined) throw new Error("schema metadata lacks schedlab.rows");
  const { executions, samples } = counts;
  const all: Rows = {
    executions: {
      job: make(BigInt64Array, executions),
      index: make(Int32Array, executions),
      taskClass: make(Uint8Array, executions),
      priority: make(Uint8Array, executions),
      schedulingClass: make(Uint8Array, executions),
      submit: make(Float64Array, executions),
      start: make(Float64Array, executions),
      end: make(Float64Array, executions),
      outcome: make(Uint8Array, executions),
      cpuRequest: make(Float64Array, executions),
      memoryRequest: make(Float64Array, executions),
      machine: make(Int32Array, executions),
      initial: make(Uint8Array, executions),
      measured: make(Uint8Array, executions),
    },
    usage: {
      offsets: make(Int32Array, executions + 1),
      firstStep: make(Int32Array, executions),
      cpu: make(Float32Array, samples),
      memory: make(Float32Array, samples),
    },
  };
  let [execution, sample] = [0, 0];
  function add(batch: Rows): void {
    const count = batch.executions.job.length;
    if (execution + count > executions || sample + batch.usage.cpu.length > samples) {
      throw new Error(
        `it has more than the ${executions} executions and ${samples} samples that its metadata states`,
      );
    }
    for (const name of Object.keys(all.executions) as (keyof ExecutionColumns)[]) {
      // A column and its part have the same type, which the union type cannot express.
      (all.executions[name] as Float64Array).set(batch.executions[name] as Float64Array, execution);
    }
    all.usage.firstStep.set(batch.usage.firstStep, execution);
    for (let row = 1; row <= count; row++)
      all.usage.offsets[execution + row] = sample + batch.usage.offsets[row];
    all.usage.cpu.set(batch.usage.cpu, sample);
    all.usage.memory.set(batch.usage.memory, sample);
    execution += count;
    sample += batch.usage.cpu.length;
  }
  function whole(): Rows {
    if (execution !== executions || sample !== samples) {
      throw new Error(
        `it has ${execution} executions and ${sample} samples, its metadata states ${executions} and ` +
          `${samples}`,
      );
    }
    return all;
  }
  add(first);
  return { add, whole };
}

function batchRows(table: Table): Rows {
  const cpu = readList(table, "cpu");
  const memory = readList(table, "memory");
  const different = cpu.offsets.findIndex((offset, row) => offset !== memory.offsets[row]);
  if (different >= 0) throw new Error(`columns cpu and memory differ in length at execution ${different}`);
  return {
    executions: {
      job: readColumn(table, "job_id", BigInt64Array),
      index: readColumn(table, "task_index", Int32Array),
      taskClass: readColumn(table, "task_class", Uint8Array),
      priority: readColumn(table, "priority", Uint8Array),
      schedulingClass: readColumn(table, "scheduling_class", Uint8Array),
      submit: readColumn(table, "submit_time", Float64Array),
      start: readColumn(table, "start_time", Float64Array),
      end: readColumn(table, "end_time", Float64Array),
      outcome: readColumn(table, "outcome", Uint8Array),
      cpuRequest: readColumn(table, "cpu_request", Float64Array),
      memoryRequest: readColumn(table, "memory_request", Float64Array),
      machine: readColumn(table, "machine", Int32Array),
      initial: readColumn(table, "initial", Uint8Array),
      measured: readColumn(table, "measured", Uint8Array),
    },
    usage: {
      offsets: cpu.offsets,
      firstStep: readColumn(table, "first_step", Int32Array),
      cpu: cpu.values,
      memory: memory.values,
    },
  };
}

function readBatch(table: Table, name: string): Batch<unknown> {
  const column: Column<unknown> | undefined = table.names.includes(name) ? table.getChild(name) : undefined;
  if (column?.data.length !== 1) throw new Error(`column ${name} is missing`);
  if (column.nullCount > 0) throw new Error(`column ${name} has nulls`);
  return column.data[0];
}

function readColumn<T extends TypedArray>(table: Table, name: string, kind: new (length: number) => T): T {
  const { values, length } = readBatch(table, name);
  if (!(values instanceof kind)) throw new Error(`column ${name} is not a ${kind.name}`);
  if (values.length !== length) throw new Error(`column ${name} is truncated`);
  return values;
}

function readList(table: Table, name: string): { offsets: Int32Array; values: Float32Array } {
  const { offsets, length, children } = readBatch(table, name);
  const values = (children as Batch<unknown>[] | undefined)?.[0]?.values;
  if (!(offsets instanceof Int32Array) || !(values instanceof Float32Array)) {
    throw new Error(`column ${name} is not a list of 32-bit floats`);
  }
  return { offsets: offsets.subarray(0, length + 1), values };
}
