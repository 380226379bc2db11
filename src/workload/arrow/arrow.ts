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
  tableToIPC,
  uint8,
  type DataType,
  type TypedArray,
} from "@uwdata/flechette";
import { InputError } from "../../base/errors.js";
import { writeFileAtomic } from "../../base/files.js";
import { encodeFrame } from "./metadata.js";
import { findFault } from "../check.js";
import type { Workload } from "../workload.js";

export { loadWorkload } from "./load.js";

/**
 * Saves a workload as one Arrow IPC file that pandas, polars and DuckDB read as a table, one row per
 * execution:
 *
 * | column                      | type          | meaning                                              |
 * |-----------------------------|---------------|------------------------------------------------------|
 * | job_id, task_index          | int64, int32  | the task                                             |
 * | task_class                  | uint8         | 0 best-effort, 1 latency-critical                    |
 * | priority, scheduling_class  | uint8         | as in the trace                                      |
 * | submit_time, start_time     | float64       | seconds from step 0                                  |
 * | end_time                    | float64       | seconds from step 0                                  |
 * | outcome                     | uint8         | 2 evict, 3 fail, 4 finish, 5 kill, 6 lost, 255 alive |
 * | cpu_request, memory_request | float64       | fractions of the reference machine                   |
 * | machine                     | int32         | row of the machines in the metadata, -1 not known    |
 * | initial, measured           | uint8         | 1 running at step 0; 1 usage measured                |
 * | first_step                  | int32         | the step of the first sample                         |
 * | cpu, memory                 | list<float32> | usage, one sample per step                           |
 *
 * The schema's metadata holds the rest, each value a JSON text: `schedlab.version`, `.source`,
 * `.step_seconds`, `.steps`, `.origin_seconds`, `.lc_rule`, `.machines` and `.machine_events` (objects of
 * columns), `.dependencies` (if the trace has them), `.provenance`, `.rows` (the numbers of executions and
 * samples). A large workload is in several record batches. Equal workloads give equal bytes. The file appears
 * completely or not at all.
 * @throws InputError if the workload has a fault (see `findFault`) or the file cannot be written.
 */
export async function saveWorkload(
  workload: Workload,
  file: string,
  { batchSamples = BATCH_SAMPLES }: SaveOptions = {},
): Promise<void> {
  const fault = findFault(workload);
  if (fault !== undefined) throw new InputError(`invalid workload: ${fault}`);
  await writeFileAtomic(file, encodeTable(toTable(workload, batchSamples)));
}

export interface SaveOptions {
  /**
   * The largest number of samples of a record batch, except for one execution with more. Default: 134
   * million, about 1 GiB.
   */
  readonly batchSamples?: number;
}

/** The encoder pads buffers with 32-bit arithmetic, so a column of a batch must stay well under 2 GiB. */
const BATCH_SAMPLES = 2 ** 27;

const noNulls = new Uint8Array(0);

function toTable({ executions, usage, ...frame }: Workload, batchSamples: number): Table {
  const cuts = batchCuts(usage.offsets, batchSamples);
  const plain = (type: DataType, values: TypedArray): Column<unknown> =>
    columnOf(type, cuts, (from, to) => plainBatch(type, values.subarray(from, to)));
  const samples = (values: Float32Array): Column<unknown> => {
    const type = list(field("item", float32(), false));
    return columnOf(type, cuts, (from, to) => listBatch(type, usage.offsets, values, from, to));
  };
  const columns: [string, Column<unknown>][] = [
    ["job_id", plain(int64(), executions.job)],
    ["task_index", plain(int32(), executions.index)],
    ["task_class", plain(uint8(), executions.taskClass)],
    ["priority", plain(uint8(), executions.priority)],
    ["scheduling_class", plain(uint8(), executions.schedulingClass)],
    ["submit_time", plain(float64(), executions.submit)],
    ["start_time", plain(float64(), executions.start)],
    ["end_time", plain(float64(), executions.end)],
    ["outcome", plain(uint8(), executions.outcome)],
    ["cpu_request", plain(float64(), executions.cpuRequest)],
    ["memory_request", plain(float64(), executions.memoryRequest)],
    ["machine", plain(int32(), executions.machine)],
    ["initial", plain(uint8(), executions.initial)],
    ["measured", plain(uint8(), executions.measured)],
    ["first_step", plain(int32(), usage.firstStep)],
    ["cpu", samples(usage.cpu)],
    ["memory", samples(usage.memory)],
  ];
  const schema = {
    version: Version.V5,
    endianness: Endianness.Little,
    fields: columns.map(([name, column]) => field(name, column.type, false)),
    metadata: encodeFrame(frame, { executions: executions.job.length, samples: usage.cpu.length }),
  };
  return new Table(
    schema,
    columns.map(([, column]) => column),
  );
}

/** Returns the rows at which record batches begin and end: [0, end of the first, ..., rows]. */
function batchCuts(offsets: Int32Array, batchSamples: number): number[] {
  const rows = offsets.length - 1;
  const cuts = [0];
  for (let row = 0; row < rows; row++) {
    const from = cuts[cuts.length - 1];
    if (row > from && offsets[row + 1] - offsets[from] > batchSamples) cuts.push(row);
  }
  return [...cuts, rows];
}

type BatchOfRows = (from: number, to: number) => Batch<unknown>;

function columnOf(type: DataType, cuts: readonly number[], batch: BatchOfRows): Column<unknown> {
  return new Column<unknown>(
    cuts.slice(1).map((to, index) => batch(cuts[index], to)),
    type,
  );
}

function plainBatch(type: DataType, values: TypedArray): Batch<unknown> {
  return new Batch({ length: values.length, nullCount: 0, type, validity: noNulls, values });
}

/** Offsets and values already have the form of an Arrow list column, so no value is copied. */
function listBatch(
  type: DataType,
  allOffsets: Int32Array,
  values: Float32Array,
  from: number,
  to: number,
): Batch<unknown> {
  const [first, last] = [allOffsets[from], allOffsets[to]];
  const offsets = allOffsets.subarray(from, to + 1);
  return new Batch({
    length: to - from,
    nullCount: 0,
    type,
    validity: noNulls,
    offsets: first === 0 ? offsets : offsets.map((offset) => offset - first),
    children: [plainBatch(float32(), values.subarray(first, last))],
  });
}

/** Returns the file's bytes in pieces; most of them are views of the table's columns. */
function encodeTable(table: Table): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const sink = {
    write: (bytes: Uint8Array) => void pieces.push(bytes),
    pad: (bytes: number) => void pieces.push(new Uint8Array(bytes)),
    finish: () => null,
  };
  // The encoder's Sink class is not exported; the encoder calls only these three methods.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  tableToIPC(table, { format: "file", sink });
  return pieces;
}
