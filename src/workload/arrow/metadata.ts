/** The data of a workload except its executions, as JSON texts in the metadata of an Arrow schema. */
import type {
  DependencyColumns,
  LcRule,
  MachineColumns,
  MachineEventColumns,
  Provenance,
  Workload,
} from "../workload.js";
import type { InputFile } from "../inputs.js";

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
 * ids are strings, and so is "-0", which JSON does not have.
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
    stepSeconds: Number(read(metadata, "step_seconds", isNumber)),
    steps: Number(read(metadata, "steps", isNumber)),
    originSeconds: Number(read(metadata, "origin_seconds", isNumber)),
    lcRule: read(metadata, "lc_rule", isString) as LcRule,
    machines: {
      id: ids(machines, "id"),
      cpu: numbers(machines, "cpu"),
      memory: numbers(machines, "memory"),
      up: wholes(machines, "up", Uint8Array),
    } satisfies MachineColumns,
    machineEvents: {
      time: numbers(events, "time"),
      machine: wholes(events, "machine", Int32Array),
      kind: wholes(events, "kind", Uint8Array),
      cpu: numbers(events, "cpu"),
      memory: numbers(events, "memory"),
    } satisfies MachineEventColumns,
    ...(metadata.has("schedlab.dependencies")
      ? { dependencies: decodeDependencies(read(metadata, "dependencies", isObject)) }
      : {}),
    provenance: read(metadata, "provenance", isProvenance),
    rows: metadata.has("schedlab.rows") ? read(metadata, "rows", isRowCounts) : undefined,
  };
}

function encodeDependencies(dependencies: DependencyColumns): Record<string, (number | string)[]> {
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
    job: ids(table, "job"),
    firstIndex: wholes(table, "first_index", Int32Array),
    instances: wholes(table, "instances", Int32Array),
    offsets: wholes(table, "offsets", Int32Array),
    after: wholes(table, "after", Int32Array),
  };
}

/** Returns the format version in the metadata; undefined if it is not a schedlab workload. */
export function formatVersion(metadata: ReadonlyMap<string, string> | null | undefined): number | undefined {
  const text = metadata?.get("schedlab.version");
  return text === undefined ? undefined : Number(text);
}

function encodeNumber(value: number): number | string {
  return Object.is(value, -0) ? "-0" : value;
}

function read<T>(metadata: ReadonlyMap<string, string>, key: string, is: (value: unknown) => value is T): T {
  const text = metadata.get(`schedlab.${key}`);
  if (text === undefined) throw new Error(`schema metadata lacks schedlab.${key}`);
  const value: unknown = JSON.parse(text);
  if (!is(value)) throw new Error(`schema metadata schedlab.${key} is malformed`);
  return value;
}

function column<T>(
  table: Readonly<Record<string, unknown>>,
  name: string,
  is: (value: unknown) => value is T,
): T[] {
  const values = table[name];
  if (!Array.isArray(values)) throw new Error(`schema metadata lacks column ${name}`);
  const row = values.findIndex((value) => !is(value));
  if (row < 0) return values as T[];
  throw new Error(`schema metadata has ${String(values[row])} in row ${row} of column ${name}`);
}

function numbers(table: Readonly<Record<string, unknown>>, name: string): Float64Array {
  return Float64Array.from(column(table, name, isNumber), Number);
}

/** Throws Error for numbers that the kind of column would round or cut. */
function wholes<T extends Int32Array | Uint8Array>(
  table: Readonly<Record<string, unknown>>,
  name: string,
  Kind: { from(values: number[]): T; of(value: number): T },
): T {
  const fits = (value: unknown): value is number => typeof value === "number" && Kind.of(value)[0] === value;
  return Kind.from(column(table, name, fits));
}

function ids(table: Readonly<Record<string, unknown>>, name: string): BigInt64Array {
  return BigInt64Array.from(column(table, name, isId), BigInt);
}

function isNumber(value: unknown): value is number | "-0" {
  return typeof value === "number" || value === "-0";
}

function isId(value: unknown): value is string {
  return isString(value) && /^-?\d{1,19}$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value);
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
    value.inputs.every(isInput) &&
    hasOnly(value.options, (option) => ["string", "number", "boolean"].includes(typeof option)) &&
    ["measured", "modelled", "mixed"].includes(value.usage as string) &&
    hasOnly(value.report, (count) => typeof count === "number")
  );
}

function isInput(value: unknown): value is InputFile {
  if (!isObject(value) || !isString(value.path) || !isString(value.sha256)) return false;
  const { skipped = [] } = value;
  return Array.isArray(skipped) && skipped.every(isString);
}

function hasOnly(value: unknown, is: (part: unknown) => boolean): boolean {
  return isObject(value) && !Array.isArray(value) && Object.values(value).every(is);
}
