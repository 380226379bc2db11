/**
 * A user's own trace, without code: a JSON file maps the columns of tables to the columns of `workloadFrom`.
 * `table:my-trace.json` can be used wherever a trace is specified.
 */
import { basename, dirname, join, normalize } from "node:path";
import { readTable } from "../text/read-table.js";
import type { Column, Schema } from "../text/row.js";
import { inputOf, sha256OfFile, sortInputs, type InputFile } from "../../workload/inputs.js";
import type { OpenOptions } from "../../workload/open-options.js";
import type { Workload } from "../../workload/workload.js";
import type { OwnRows } from "../../workload/from-rows/rows.js";
import { readSpec, type CommonValues, type TableMap, type TableSpec } from "./table-map.js";
import { workloadFrom } from "../../workload/from-rows/workload-from.js";

const NAMES: ReadonlySet<string> = new Set(["id", "machine", "task", "class", "outcome", "after"]);
const TIMES: ReadonlySet<string> = new Set(["start", "end", "submit", "time"]);

/**
 * Opens the tables that a JSON file maps; their paths are relative to it. docs/formats.md lists its keys.
 * @throws InputError with file, line, key or column for an invalid value.
 */
export async function openTableSpec(file: string, options: OpenOptions = {}): Promise<Workload> {
  const spec = await readSpec(file);
  const inputs: InputFile[] = [{ path: basename(file), sha256: await sha256OfFile(file) }];
  const read = (map: TableMap): Promise<Record<string, unknown>[]> =>
    readRows(map, file, spec, options, inputs);
  const machines = "files" in spec.machines ? await read(spec.machines) : spec.machines;
  const given = spec.usage && (await read(spec.usage));
  const lists: Record<string, unknown>[][] = [];
  for (const map of spec.tasks) if ("files" in map) lists.push(await read(map));
  const tables = lists.flat();
  const named = new Set(tables.map(({ id }, row) => (typeof id === "string" ? id : String(row + 1))));
  const origin = originOf(spec, [...tables, ...tasksOfUsage(given ?? [], named, spec)]);
  const own = tables.map((row) => since(row, origin));
  const measured = given?.map((row) => since(row, origin));
  const usage =
    spec.period === undefined ? measured : measured?.map((row) => inPeriod(row, named, spec, origin));
  const common = spec.tasks.find((map): map is CommonValues => !("files" in map));
  const others = common === undefined ? [] : tasksOfUsage(usage ?? [], named, spec, common);
  const tasks = [...own, ...others];
  const rows = { machines, tasks, ...(usage === undefined ? {} : { usage }) } as unknown as OwnRows;
  const { stepSeconds, source } = spec;
  const workload = workloadFrom(rows, { stepSeconds, source, lcRule: options.lcRule, steps: options.steps });
  const report = {
    ...workload.provenance.report,
    "tasks.rows": tasks.length,
    "usage.rows": usage?.length ?? 0,
  };
  return {
    ...workload,
    originSeconds: origin,
    provenance: { ...workload.provenance, inputs: sortInputs(inputs), report },
  };
}

/** Returns the paths of the JSON file and of its tables. Throws InputError as `openTableSpec` does. */
export async function filesOfTableSpec(file: string): Promise<string[]> {
  const { machines, tasks, usage } = await readSpec(file);
  const maps = [machines, ...tasks, usage].filter(
    (map): map is TableMap => map !== undefined && "files" in map,
  );
  return [file, ...maps.flatMap(({ files }) => files).map((name) => join(dirname(file), name))];
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

/**
 * Returns a measurement of a task that no table of tasks names with the name of the task in this period, and
 * the time since the period began.
 */
function inPeriod(
  row: Readonly<Record<string, unknown>>,
  named: ReadonlySet<unknown>,
  { period = Infinity, hasDates }: TableSpec,
  origin: number,
): Record<string, unknown> {
  const { task, time } = row;
  if (named.has(task) || typeof time !== "number" || time < 0) return row;
  const number = Math.floor(time / period);
  const begin = number * period;
  const name = hasDates
    ? new Date(1000 * (origin + begin)).toISOString().replace(/(T00:00)?:00\.000Z$/, "")
    : String(number + 1);
  return { ...row, task: `${String(task)} ${name}`, time: time - begin };
}

/**
 * Returns the tasks that only measurements name: each runs from its first one until a step after its last
 * one.
 */
function tasksOfUsage(
  usage: readonly Record<string, unknown>[],
  named: ReadonlySet<unknown>,
  spec: TableSpec,
  common: CommonValues = {},
): Record<string, unknown>[] {
  const { stepSeconds } = spec;
  const values = Object.fromEntries(
    Object.entries(common).map(([key, value]) => [
      key,
      typeof value === "number" ? value * unitOf(key, spec) : (value as unknown),
    ]),
  );
  const spans = new Map<unknown, { start: number; end: number }>();
  for (const { task, time } of usage as { readonly task: unknown; readonly time: number }[]) {
    if (named.has(task)) continue;
    const { start, end } = spans.get(task) ?? { start: Infinity, end: -Infinity };
    spans.set(task, { start: Math.min(start, time), end: Math.max(end, time + stepSeconds) });
  }
  return [...spans].map(([id, span]) => ({ id, ...span, ...values }));
}

/** Returns what a number of this column is multiplied by. */
function unitOf(key: string, { secondsOfUnit, cpuUnit, memoryUnit }: TableSpec): number {
  if (TIMES.has(key)) return secondsOfUnit;
  if (/^cpu/.test(key)) return 1 / cpuUnit;
  return /^memory/.test(key) ? 1 / memoryUnit : 1;
}

async function readRows(
  { files, columns }: TableMap,
  specFile: string,
  spec: TableSpec,
  options: OpenOptions,
  inputs: InputFile[],
): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[][] = [];
  for (const file of files) rows.push(await readFileRows(file, columns, { specFile, spec, options, inputs }));
  return rows.flat();
}

interface Reading {
  readonly specFile: string;
  readonly spec: TableSpec;
  readonly options: OpenOptions;
  readonly inputs: InputFile[];
}

async function readFileRows(
  file: string,
  columns: TableMap["columns"],
  { specFile, spec, options, inputs }: Reading,
): Promise<Record<string, unknown>[]> {
  const { onError = "fail", onProgress } = options;
  const keys = Object.keys(columns);
  const isDate = (key: string): boolean => spec.hasDates && TIMES.has(key);
  const schema: Schema = keys.map((key): Column => ({
    name: columns[key].column,
    type: NAMES.has(key) || isDate(key) ? "string" : "float",
    mandatory: key === "start" || key === "task" || key === "time",
  }));
  // Measurements without a column of tasks are those of one task, which has the name of the file.
  const ownTask =
    !("task" in columns) && "time" in columns ? { task: normalize(file).replace(/\.[^/]*$/, "") } : {};
  const units = keys.map((key) => unitOf(key, spec));
  const rows: Record<string, unknown>[] = [];
  onProgress?.({ phase: `reading ${file}`, done: 0, total: 1, unit: "files" });
  const summary = await readTable(
    join(dirname(specFile), file),
    schema,
    (row) => {
      const own: Record<string, unknown> = { ...ownTask };
      keys.forEach((key, i) => {
        if (isDate(key)) {
          if (row.texts[i] !== "")
            own[key] = secondsOf(row.texts[i]) ?? row.reject(i, "is no date; write 2018-03-28 15:56:00");
        } else if (!NAMES.has(key)) {
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

/** Returns a date in seconds since 1970, in UTC unless the text has another zone; undefined if it is none. */
function secondsOf(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))? ?(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  if (match === null) return undefined;
  const [, day, clock = "00:00", zone = "Z"] = match;
  const time = Date.parse(`${day}T${clock}${zone}`);
  return Number.isNaN(time) ? undefined : time / 1000;
}

/**
 * Returns the value of a name: the one that the map gives, or the name itself. For `after`, returns all names
 * between commas, semicolons, bars or spaces.
 */
function named(key: string, text: string, values: Readonly<Record<string, string>> = {}): string | string[] {
  if (key === "after") return text.split(/[\s,;|]+/).filter((name) => name !== "");
  return Object.hasOwn(values, text) ? values[text] : text;
}
