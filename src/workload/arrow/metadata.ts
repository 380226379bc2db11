/** The data of a workload except its executions, as JSON texts in the metadata of an Arrow schema. */
import type {
  DependencyColumns,
  LcRule,
  MachineColumns,
  MachineEventColumns,
  Provenance,
  Workload,
} from "../workload.js";

/** Version of the file format; increased when an older reader would read a file wrongly. */
export const FORMAT_VERSION = 2;

export type WorkloadFrame = Omit<Workload, "executions" | "usage">;

/** The numbers of rows in all record batches of a file. */
export interface RowCounts {
  readonly executions: number;
  readonly samples: number;
}

export interface StoredFrame extends WorkloadFrame {
  /** Undefined if another program removed it. */
  readonly rows: RowCounts | undefined;
}

/**
 * Returns the schema metadata of a workload; each value is a JSON text. Columns are arrays of numbers. 64-bit
 * ids are strings, and so are the numbers that JSON does not have ("NaN", "Infinity", "-Infinity", "-0").
 */
export function encodeFrame(workload: WorkloadFrame, rows: RowCounts): Map<string, string> {
  const { machines, machineEvents, dependencies } = workload;
  const values: Record<string, unknown> = {
    version: FORMAT_VERSION,
    source: workload.source,
    step_seconds: encodeNumber(workload.stepSeconds),
    steps: encodeNumber(workload.steps),
    origin_seconds: encodeNumber(workload.originSeconds),
    lc_rule: workload.lcRule,
    machines: {
      id: Array.from(machines.id, String),
      cpu: Array.from(machines.cpu, encodeNumber),
      memory: Array.from(machines.memory, encodeNumber),
      up: Array.from(machines.up),
    },
    machine_events: {
      time: Array.from(machineEvents.time, encodeNumber),
      machine: Array.from(machineEvents.machine),
      kind: Array.from(machineEvents.kind),
      cpu: Array.from(machineEvents.cpu, encodeNumber),
      memory: Array.from(machineEvents.memory, encodeNumber),
    },
    ...(dependencies === undefined ? {} : { dependencies: encodeDependencies(dependencies) }),
    provenance: workload.provenance,
    rows,
  };
  return new Map(Object.entries(values).map(([key, value]) => [`schedlab.${key}`, JSON.stringify(value)]));
}

/**
 * Returns the argument of `encodeFrame`. Throws Error with the key for metadata that it cannot have written.
 */
export function decodeFrame(metadata: ReadonlyMap<string, string>): StoredFrame {
  const machines = read(metadata, "machines", isObject);
  const events = read(metadata, "machine_events", isObject);
  return {
    source: read(metadata, "source", isString),
    stepSeconds: Number(read(metadata, "step_seconds", isScalar)),
    steps: Number(read(metadata, "steps", isScalar)),
    originSeconds: Number(read(metadata, "origin_seconds", isScalar)),
    lcRule: read(metadata, "lc_rule", isString) as LcRule,
    machines: {
      id: BigInt64Array.from(column(machines, "id"), BigInt),
      cpu: Float64Array.from(column(machines, "cpu"), Number),
      memory: Float64Array.from(column(machines, "memory"), Number),
      up: Uint8Array.from(column(machines, "up"), Number),
    } satisfies MachineColumns,
    machineEvents: {
      time: Float64Array.from(column(events, "time"), Number),
      machine: Int32Array.from(column(events, "machine"), Number),
      kind: Uint8Array.from(column(events, "kind"), Number),
      cpu: Float64Array.from(column(events, "cpu"), Number),
      memory: Float64Array.from(column(events, "memory"), Number),
    } satisfies MachineEventColumns,
    ...(metadata.has("schedlab.dependencies")
      ? { dependencies: decodeDependencies(read(metadata, "dependencies", isObject)) }
      : {}),
    provenance: read(metadata, "provenance", isProvenance),
    rows: metadata.has("schedlab.rows") ? read(metadata, "rows", isRowCounts) : undefined,
  };
}

function encodeDependencies(dependencies: DependencyColumns): Record<string, Scalar[]> {
  const { job, firstIndex, instances, offsets, after } = dependencies;
  return {
    job: Array.from(job, String),
    first_index: Array.from(firstIndex),
    instances: Array.from(instances),
    offsets: Array.from(offsets),
    after: Array.from(after),
  };
}

function decodeDependencies(table: Readonly<Record<string, unknown>>): DependencyColumns {
  return {
    job: BigInt64Array.from(column(table, "job"), BigInt),
    firstIndex: Int32Array.from(column(table, "first_index"), Number),
    instances: Int32Array.from(column(table, "instances"), Number),
    offsets: Int32Array.from(column(table, "offsets"), Number),
    after: Int32Array.from(column(table, "after"), Number),
  };
}

/** Returns the format version in the metadata; undefined if it is not a schedlab workload. */
export function formatVersion(metadata: ReadonlyMap<string, string> | null | undefined): number | undefined {
  const text = metadata?.get("schedlab.version");
  return text === undefined ? undefined : Number(text);
}

function encodeNumber(value: number): number | string {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}

function read<T>(metadata: ReadonlyMap<string, string>, key: string, is: (value: unknown) => value is T): T {
  const text = metadata.get(`schedlab.${key}`);
  if (text === undefined) throw new Error(`schema metadata lacks schedlab.${key}`);
  const value: unknown = JSON.parse(text);
  if (!is(value)) throw new Error(`schema metadata schedlab.${key} is malformed`);
  return value;
}

type Scalar = number | string;

function column(table: Readonly<Record<string, unknown>>, name: string): Scalar[] {
  const values = table[name];
  if (!Array.isArray(values) || !values.every(isScalar))
    throw new Error(`schema metadata lacks column ${name}`);
  return values;
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === "number" || typeof value === "string";
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isRowCounts(value: unknown): value is RowCounts {
  return isObject(value) && isCount(value.executions) && isCount(value.samples);
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

function isProvenance(value: unknown): value is Provenance {
  return (
    isObject(value) &&
    Array.isArray(value.inputs) &&
    isObject(value.options) &&
    isString(value.usage) &&
    isObject(value.report)
  );
}
