import {
  Batch,
  Column,
  Endianness,
  Table,
  Version,
  field,
  float32,
  float64,
  int32,
  int64,
  list,
  tableFromIPC,
  tableToIPC,
  uint8,
  type DataType,
  type TypedArray,
} from "@uwdata/flechette";
import { InputError } from "../errors.js";
import { readFileWhole, writeFileAtomic } from "../files.js";
import { FORMAT_VERSION, decodeFrame, encodeFrame, formatVersion } from "./arrow-metadata.js";
import { findFault } from "./check.js";
import type { RunColumns, UsageColumns, Workload } from "./workload.js";

/**
 * Saves a workload as one Arrow IPC file that pandas, polars and DuckDB read as a table, one row a run:
 *
 * | column                                 | type          | meaning                                           |
 * |----------------------------------------|---------------|---------------------------------------------------|
 * | job_id, task_index                     | int64, int32  | the task                                          |
 * | task_class                             | uint8         | 0 best-effort, 1 latency-critical                 |
 * | priority, scheduling_class             | uint8         | as in the trace                                   |
 * | submit_time, start_time, end_time      | float64       | seconds from step 0                               |
 * | outcome                                | uint8         | 2 evict, 3 fail, 4 finish, 5 kill, 6 lost, 255 alive |
 * | cpu_request, memory_request            | float64       | fractions of the reference machine                |
 * | machine                                | int32         | row of the machines in the metadata, -1 unknown   |
 * | initial, measured                      | uint8         | 1 under way at step 0; 1 usage measured           |
 * | first_step                             | int32         | the step of the first sample                      |
 * | cpu, memory                            | list<float32> | usage, one sample a step                          |
 *
 * The schema's metadata holds the rest, each value a JSON text: `schedlab.version`, `.source`, `.step_seconds`,
 * `.steps`, `.origin_seconds`, `.lc_rule`, `.machines` and `.machine_events` (objects of columns),
 * `.provenance`. Equal workloads give equal bytes; the file appears whole or not at all.
 * @throws InputError where the workload does not hold together or the file cannot be written.
 */
export async function saveWorkload(workload: Workload, file: string): Promise<void> {
  const fault = findFault(workload);
  if (fault !== undefined) throw new InputError(`invalid workload: ${fault}`);
  if (workload.usage.cpu.length > MOST_SAMPLES) {
    throw new InputError(
      `workload too large for one file: ${workload.usage.cpu.length} samples, at most ${MOST_SAMPLES}; keep fewer machines or steps`,
    );
  }
  await writeFileAtomic(file, encodeTable(toTable(workload)));
}

/**
 * Opens a workload that `saveWorkload` wrote, equal to the saved one to the bit. Its columns are views of the
 * file's bytes, which stay in memory as a whole.
 * @throws InputError where the file is missing, truncated, damaged, not Arrow, without schedlab's metadata, or
 * of a newer format.
 */
export async function loadWorkload(file: string): Promise<Workload> {
  const table = decodeTable(await readFileWhole(file), file);
  const version = formatVersion(table.schema.metadata);
  if (version === undefined) {
    throw new InputError(
      `not a workload: ${file} is Arrow but its schema metadata lacks schedlab.version; make it with schedlab convert TRACE --out FILE.arrow`,
    );
  }
  if (version > FORMAT_VERSION) {
    throw new InputError(
      `too new: ${file} has workload format ${version}, this schedlab reads up to ${FORMAT_VERSION}; update schedlab`,
    );
  }
  try {
    return fromTable(table);
  } catch (error) {
    throw damaged(file, error);
  }
}

/** The encoder pads buffers with 32-bit arithmetic: a column must stay under 2 GiB. */
const MOST_SAMPLES = 2 ** 29 - 2;

const noNulls = new Uint8Array(0);

function toTable({ runs, usage, ...frame }: Workload): Table {
  const columns: [string, Column<unknown>][] = [
    ["job_id", plainColumn(int64(), runs.job)],
    ["task_index", plainColumn(int32(), runs.index)],
    ["task_class", plainColumn(uint8(), runs.taskClass)],
    ["priority", plainColumn(uint8(), runs.priority)],
    ["scheduling_class", plainColumn(uint8(), runs.schedulingClass)],
    ["submit_time", plainColumn(float64(), runs.submit)],
    ["start_time", plainColumn(float64(), runs.start)],
    ["end_time", plainColumn(float64(), runs.end)],
    ["outcome", plainColumn(uint8(), runs.outcome)],
    ["cpu_request", plainColumn(float64(), runs.cpuRequest)],
    ["memory_request", plainColumn(float64(), runs.memoryRequest)],
    ["machine", plainColumn(int32(), runs.machine)],
    ["initial", plainColumn(uint8(), runs.initial)],
    ["measured", plainColumn(uint8(), runs.measured)],
    ["first_step", plainColumn(int32(), usage.firstStep)],
    ["cpu", listColumn(usage.offsets, usage.cpu)],
    ["memory", listColumn(usage.offsets, usage.memory)],
  ];
  const schema = {
    version: Version.V5,
    endianness: Endianness.Little,
    fields: columns.map(([name, column]) => field(name, column.type, false)),
    metadata: encodeFrame(frame),
  };
  return new Table(
    schema,
    columns.map(([, column]) => column),
  );
}

function plainBatch(type: DataType, values: TypedArray): Batch<unknown> {
  return new Batch({ length: values.length, nullCount: 0, type, validity: noNulls, values });
}

function plainColumn(type: DataType, values: TypedArray): Column<unknown> {
  return new Column([plainBatch(type, values)], type);
}

/** A compressed-sparse-row pair is an Arrow list column as it stands: no value is copied. */
function listColumn(offsets: Int32Array, values: Float32Array): Column<unknown> {
  const type = list(field("item", float32(), false));
  const children = [plainBatch(float32(), values)];
  const batch = new Batch({
    length: offsets.length - 1,
    nullCount: 0,
    type,
    validity: noNulls,
    offsets,
    children,
  });
  return new Column<unknown>([batch], type);
}

/** Returns the file's bytes in pieces, most of them views of the table's own columns. */
function encodeTable(table: Table): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const sink = {
    write: (bytes: Uint8Array) => void pieces.push(bytes),
    pad: (bytes: number) => void pieces.push(new Uint8Array(bytes)),
    finish: () => null,
  };
  // The encoder's own Sink class is not exported; it calls these three methods alone.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  tableToIPC(table, { format: "file", sink });
  return pieces;
}

function fromTable(table: Table): Workload {
  const cpu = readList(table, "cpu");
  const memory = readList(table, "memory");
  const different = cpu.offsets.findIndex((offset, row) => offset !== memory.offsets[row]);
  if (different >= 0) throw new Error(`columns cpu and memory differ in length at run ${different}`);
  const runs: RunColumns = {
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
  };
  const usage: UsageColumns = {
    offsets: cpu.offsets,
    firstStep: readColumn(table, "first_step", Int32Array),
    cpu: cpu.values,
    memory: memory.values,
  };
  const { machines, machineEvents, provenance, ...scalars } = decodeFrame(table.schema.metadata ?? new Map());
  const workload: Workload = { ...scalars, machines, machineEvents, runs, usage, provenance };
  const fault = findFault(workload);
  if (fault !== undefined) throw new Error(fault);
  return workload;
}

function readBatch(table: Table, name: string): Batch<unknown> {
  const column: Column<unknown> | undefined = table.names.includes(name) ? table.getChild(name) : undefined;
  if (column?.data.length !== 1) throw new Error(`column ${name} is missing or in several batches`);
  if (column.nullCount > 0) throw new Error(`column ${name} has nulls`);
  return column.data[0];
}

function readColumn<T extends TypedArray>(table: Table, name: string, kind: new (length: number) => T): T {
  const { values, length } = readBatch(table, name);
  if (!(values instanceof kind)) throw new Error(`column ${name} is not a ${kind.name}`);
  if (values.length !== length) throw new Error(`column ${name} is cut short`);
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

function decodeTable(bytes: Uint8Array, file: string): Table {
  if (!hasMagic(bytes, 0)) {
    throw new InputError(`not an Arrow file: ${file}; make one with schedlab convert TRACE --out FILE.arrow`);
  }
  if (bytes.length < 2 * MAGIC.length || !hasMagic(bytes, bytes.length - MAGIC.length)) {
    throw new InputError(`truncated: ${file} lacks the end of an Arrow file; copy or convert it again`);
  }
  try {
    return tableFromIPC(bytes, { useBigInt: true });
  } catch (error) {
    throw damaged(file, error);
  }
}

function damaged(file: string, error: unknown): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  return new InputError(`damaged: ${file}: ${reason}; convert the trace again`, { cause: error });
}

const MAGIC = new TextEncoder().encode("ARROW1");

function hasMagic(bytes: Uint8Array, at: number): boolean {
  return MAGIC.every((byte, index) => bytes[at + index] === byte);
}
