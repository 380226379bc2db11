/**
 * A trace of one's own without code: a JSON file that says which columns of which tables are what `workloadFrom` takes. `table:my-trace.json`
 * names it wherever a trace is named.
 */
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InputError } from "../../errors.js";
import { explainFileError } from "../../files.js";
import { didYouMean } from "../../nearest.js";
import { readTable } from "../files/read-table.js";
import type { Column, Schema } from "../files/row.js";
import { inputOf, sha256OfFile, sortInputs, type InputFile } from "../inputs.js";
import type { OpenOptions } from "../options.js";
import type { Workload } from "../workload.js";
import { MACHINE_KEYS, TASK_KEYS, USAGE_KEYS, workloadFrom, type OwnRows } from "./workload-from.js";

const KEYS = [
  "machines",
  "tasks",
  "usage",
  "time",
  "origin",
  "cpuUnit",
  "memoryUnit",
  "stepSeconds",
  "source",
];
const TABLE_KEYS = ["file", "columns"];
const COLUMN_KEYS = ["column", "values"];
const SECONDS = { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86_400 } as const;

/** Columns that hold names and not numbers. */
const NAMES: ReadonlySet<string> = new Set(["id", "machine", "task", "class", "outcome", "after"]);
const TIMES: ReadonlySet<string> = new Set(["start", "end", "submit", "time"]);

/** Which columns of which file. */
interface TableMap {
  readonly file: string;
  /** By the name that `workloadFrom` gives a column: the file's name of it, and, of names, what its values stand for. */
  readonly columns: Readonly<
    Record<string, { readonly column: string; readonly values?: Readonly<Record<string, string>> }>
  >;
}

interface TableSpec {
  readonly machines: TableMap | { readonly count: number; readonly cpu?: number; readonly memory?: number };
  readonly tasks: TableMap;
  readonly usage?: TableMap;
  readonly secondsOfUnit: number;
  /** In the file's unit of time; "first": when the first task starts. */
  readonly origin: number | "first";
  readonly cpuUnit: number;
  readonly memoryUnit: number;
  readonly stepSeconds: number;
  readonly source: string;
}

/**
 * Opens the tables that a JSON file maps; they lie beside it, or where it says from there. docs/formats.md lists its keys.
 * @throws InputError naming file, line, key or column for what makes no sense.
 */
export async function openTableSpec(file: string, options: OpenOptions = {}): Promise<Workload> {
  const spec = await readSpec(file);
  const inputs: InputFile[] = [{ path: basename(file), sha256: await sha256OfFile(file) }];
  const read = (map: TableMap): Promise<Record<string, unknown>[]> =>
    readRows(map, file, spec, options, inputs);
  const machines = "file" in spec.machines ? await read(spec.machines) : spec.machines;
  const tasks = await read(spec.tasks);
  const usage = spec.usage && (await read(spec.usage));
  const origin = originOf(spec, tasks);
  const rows = {
    machines,
    tasks: tasks.map((row) => since(row, origin)),
    ...(usage === undefined ? {} : { usage: usage.map((row) => since(row, origin)) }),
  } as unknown as OwnRows;
  const { stepSeconds, source } = spec;
  const workload = workloadFrom(rows, { stepSeconds, source, lcRule: options.lcRule, steps: options.steps });
  const report = { "tasks.rows": tasks.length, "usage.rows": usage?.length ?? 0 };
  return {
    ...workload,
    originSeconds: origin,
    provenance: { ...workload.provenance, inputs: sortInputs(inputs), report },
  };
}

/** Returns the paths of the JSON file and of the tables that it names. Throws InputError as `openTableSpec`. */
export async function filesOfTableSpec(file: string): Promise<string[]> {
  const { machines, tasks, usage } = await readSpec(file);
  const maps = [machines, tasks, usage].filter((map): map is TableMap => map !== undefined && "file" in map);
  return [file, ...maps.map((map) => join(dirname(file), map.file))];
}

function originOf({ origin, secondsOfUnit }: TableSpec, tasks: readonly Record<string, unknown>[]): number {
  if (origin !== "first") return origin * secondsOfUnit;
  const first = tasks.reduce(
    (least, { start }) => (typeof start === "number" ? Math.min(least, start) : least),
    Infinity,
  );
  return Number.isFinite(first) ? first : 0;
}

function since(row: Readonly<Record<string, unknown>>, origin: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [
      key,
      TIMES.has(key) && typeof value === "number" ? value - origin : value,
    ]),
  );
}

async function readRows(
  { file, columns }: TableMap,
  specFile: string,
  { secondsOfUnit, cpuUnit, memoryUnit }: TableSpec,
  { onError = "fail", onProgress }: OpenOptions,
  inputs: InputFile[],
): Promise<Record<string, unknown>[]> {
  const keys = Object.keys(columns);
  const schema: Schema = keys.map((key): Column => ({
    name: columns[key].column,
    type: NAMES.has(key) ? "string" : "float",
    mandatory: key === "start" || key === "task" || key === "time",
  }));
  const unit = (key: string): number => {
    if (TIMES.has(key)) return secondsOfUnit;
    if (/^cpu/.test(key)) return 1 / cpuUnit;
    return /^memory/.test(key) ? 1 / memoryUnit : 1;
  };
  const units = keys.map(unit);
  const rows: Record<string, unknown>[] = [];
  onProgress?.({ phase: `reading ${file}`, done: 0, total: 1, unit: "files" });
  const summary = await readTable(
    join(dirname(specFile), file),
    schema,
    (row) => {
      const own: Record<string, unknown> = {};
      keys.forEach((key, i) => {
        if (!NAMES.has(key)) {
          if (!Number.isNaN(row.numbers[i])) own[key] = row.numbers[i] * units[i];
        } else if (row.texts[i] !== "") own[key] = named(key, row.texts[i], columns[key].values);
      });
      rows.push(own);
    },
    { name: file, onError, needsHeader: true },
  );
  inputs.push(inputOf(file, summary));
  return rows;
}

/** A name, or what the map says it stands for; of `after`, the names between commas, semicolons, bars or spaces. */
function named(key: string, text: string, values: Readonly<Record<string, string>> = {}): string | string[] {
  if (key === "after") return text.split(/[\s,;|]+/).filter((name) => name !== "");
  return Object.hasOwn(values, text) ? values[text] : text;
}

type Json = Readonly<Record<string, unknown>>;

async function readSpec(file: string): Promise<TableSpec> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw explainFileError(error, file, "read");
  });
  const fault = (what: string): InputError => new InputError(`${file}: ${what}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw fault(`is no JSON: ${(error as Error).message}`);
  }
  const spec = asObject(json, "the file", fault);
  checkKeys(spec, KEYS, "key", fault);
  const number = (key: string, none: number): number => {
    const value = spec[key] ?? none;
    if (typeof value !== "number" || !(value > 0 && value < Infinity))
      throw fault(`"${key}" is ${JSON.stringify(value)}; give a number above 0`);
    return value;
  };
  const time = spec.time ?? "s";
  if (typeof time !== "string" || !Object.hasOwn(SECONDS, time))
    throw fault(`"time" is ${JSON.stringify(time)}; give one of ${Object.keys(SECONDS).join(", ")}`);
  const origin = spec.origin ?? 0;
  if (origin !== "first" && !Number.isFinite(origin))
    throw fault(
      `"origin" is ${JSON.stringify(origin)}; give a number in the tables' unit of time, or "first"`,
    );
  return {
    machines: machinesOf(spec.machines, fault),
    tasks: tableMap(spec.tasks, "tasks", TASK_KEYS, fault),
    ...(spec.usage === undefined ? {} : { usage: tableMap(spec.usage, "usage", USAGE_KEYS, fault) }),
    secondsOfUnit: SECONDS[time as keyof typeof SECONDS],
    origin: origin as number | "first",
    cpuUnit: number("cpuUnit", 1),
    memoryUnit: number("memoryUnit", 1),
    stepSeconds: number("stepSeconds", 300),
    source: typeof spec.source === "string" ? spec.source : basename(file).replace(/\.json$/i, ""),
  };
}

type Fault = (what: string) => InputError;

function machinesOf(value: unknown, fault: Fault): TableSpec["machines"] {
  const object = asObject(value, '"machines"', fault);
  if ("file" in object) return tableMap(object, "machines", MACHINE_KEYS, fault);
  checkKeys(object, ["count", "cpu", "memory"], 'key of "machines"', fault);
  // `workloadFrom` checks the values.
  return object as unknown as { count: number };
}

function tableMap(value: unknown, table: string, known: readonly string[], fault: Fault): TableMap {
  const { file, columns: given, ...rest } = asObject(value, `"${table}"`, fault);
  checkKeys(rest, TABLE_KEYS, `key of "${table}"`, fault);
  if (typeof file !== "string") throw fault(`"file" of "${table}" is no name of a file`);
  const columns = asObject(given, `"columns" of "${table}"`, fault);
  checkKeys(columns, known, `column of "${table}"`, fault);
  const mapped = Object.entries(columns).map(([key, column]) => {
    if (typeof column === "string") return [key, { column }] as const;
    const map = asObject(column, `column "${key}" of "${table}"`, fault);
    checkKeys(map, COLUMN_KEYS, `key of column "${key}"`, fault);
    if (typeof map.column !== "string")
      throw fault(`column "${key}" of "${table}" names no column of the file`);
    return [key, map as unknown as TableMap["columns"][string]] as const;
  });
  return { file, columns: Object.fromEntries(mapped) };
}

function asObject(value: unknown, what: string, fault: Fault): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw fault(
      `${what} is ${value === undefined ? "missing" : JSON.stringify(value)}; give an object in braces`,
    );
  return value as Json;
}

function checkKeys(object: Json, known: readonly string[], what: string, fault: Fault): void {
  for (const key of Object.keys(object))
    if (!known.includes(key))
      throw fault(`unknown ${what}: ${key}${didYouMean(key, known)}; known: ${known.join(", ")}`);
}
