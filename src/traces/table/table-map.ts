/** Reads and checks the JSON file that maps the columns of a user's tables. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { InputError } from "../../base/errors.js";
import { explainFileError } from "../../base/files.js";
import { didYouMean } from "../../base/nearest.js";
import { MACHINE_KEYS, TASK_KEYS, USAGE_KEYS } from "../../workload/from-rows/rows.js";
import { STEP_SECONDS } from "../../workload/workload.js";

const KEYS = [
  "machines",
  "tasks",
  "usage",
  "time",
  "origin",
  "period",
  "cpuUnit",
  "memoryUnit",
  "stepSeconds",
  "source",
];
const COMMON_KEYS = ["class", "priority", "cpuRequest", "memory", "memoryRequest"];
const TABLE_KEYS = ["file", "columns"];
const COLUMN_KEYS = ["column", "values"];
/** Seconds of the units of time. Dates become seconds since 1970. */
const SECONDS = { us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, d: 86_400, date: 1 } as const;

/** The columns to use of one or more files with the same columns. */
export interface TableMap {
  readonly files: readonly string[];
  /**
   * By the name of a column in `workloadFrom`: its name in the file and, for columns of names, the meanings
   * of its values.
   */
  readonly columns: Readonly<
    Record<string, { readonly column: string; readonly values?: Readonly<Record<string, string>> }>
  >;
}

/** What tasks without files have in common, as columns of `workloadFrom` in the units of the tables. */
export interface CommonValues {
  readonly class?: "LC" | "BE";
  readonly priority?: number;
  readonly cpuRequest?: number;
  readonly memory?: number;
  readonly memoryRequest?: number;
}

export interface TableSpec {
  readonly machines: TableMap | { readonly count: number; readonly cpu?: number; readonly memory?: number };
  /** One without files means the tasks that only `usage` names. */
  readonly tasks: readonly (TableMap | CommonValues)[];
  readonly usage?: TableMap;
  readonly secondsOfUnit: number;
  /** Whether times are dates, not numbers. */
  readonly hasDates: boolean;
  /** In the file's unit of time (seconds since 1970 for dates); "first" means the start of the first task. */
  readonly origin: number | "first";
  /** In seconds: what `usage` measures in each period from the origin on is a task of its own. */
  readonly period?: number;
  readonly cpuUnit: number;
  readonly memoryUnit: number;
  readonly stepSeconds: number;
  readonly source: string;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads the file. Throws InputError with the file and the key at fault. */
export async function readSpec(file: string): Promise<TableSpec> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw explainFileError(error, file, "read");
  });
  const fault = (what: string): InputError => new InputError(`${file}: ${what}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw fault(`is not JSON: ${(error as Error).message}`);
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
  const hasDates = time === "date";
  const secondsOfUnit = SECONDS[time as keyof typeof SECONDS];
  const period = spec.period === undefined ? undefined : number("period", 1) * secondsOfUnit;
  // No workload begins in 1970, but days begin at midnight.
  const origin = spec.origin ?? (hasDates && period === undefined ? "first" : 0);
  if (origin !== "first" && !Number.isFinite(origin))
    throw fault(
      `"origin" is ${JSON.stringify(origin)}; give a number in the tables' unit of time, or "first"`,
    );
  return {
    machines: machinesOf(spec.machines, fault),
    tasks: tasksOf(spec, fault),
    ...(spec.usage === undefined ? {} : { usage: tableMap(spec.usage, "usage", USAGE_KEYS, fault) }),
    secondsOfUnit,
    hasDates,
    origin: origin as number | "first",
    ...(period === undefined ? {} : { period }),
    cpuUnit: number("cpuUnit", 1),
    memoryUnit: number("memoryUnit", 1),
    stepSeconds: number("stepSeconds", STEP_SECONDS),
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

function tasksOf({ tasks, usage }: Json, fault: Fault): TableSpec["tasks"] {
  const given = Array.isArray(tasks) ? (tasks as readonly unknown[]) : [tasks];
  const sources = given.map((one) => {
    const object = asObject(one, '"tasks"', fault);
    if ("file" in object || usage === undefined) return tableMap(object, "tasks", TASK_KEYS, fault);
    checkKeys(object, COMMON_KEYS, 'key of "tasks" without a file', fault);
    // `workloadFrom` checks the values.
    return object;
  });
  if (sources.filter((source) => !("files" in source)).length > 1)
    throw fault('"tasks" has two objects without a file; give one for all tasks that only usage names');
  return sources;
}

function tableMap(value: unknown, table: string, known: readonly string[], fault: Fault): TableMap {
  const { file, columns: given, ...rest } = asObject(value, `"${table}"`, fault);
  checkKeys(rest, TABLE_KEYS, `key of "${table}"`, fault);
  const files = Array.isArray(file) ? (file as readonly unknown[]) : [file];
  if (files.length === 0 || !files.every((name) => typeof name === "string"))
    throw fault(`"file" of "${table}" is not the name of a file, or a list of names`);
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
  return { files, columns: Object.fromEntries(mapped) };
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
