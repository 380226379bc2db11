/**
 * A user's own trace, without code: a JSON file maps the columns of tables to the columns of `workloadFrom`.
 * `table:my-trace.json` can be used wherever a trace is specified.
 */
import { basename, dirname, join } from "node:path";
import { readTable } from "../text/read-table.js";
import type { Column, Schema } from "../text/row.js";
import { inputOf, sha256OfFile, sortInputs, type InputFile } from "../../workload/inputs.js";
import type { OpenOptions } from "../../workload/open-options.js";
import type { Workload } from "../../workload/workload.js";
import type { OwnRows } from "../../workload/from-rows/rows.js";
import { readSpec, type TableMap, type TableSpec } from "./table-map.js";
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

/** Returns the paths of the JSON file and of its tables. Throws InputError as `openTableSpec` does. */
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

/**
 * Returns the value of a name: the one that the map gives, or the name itself. For `after`, returns all names
 * between commas, semicolons, bars or spaces.
 */
function named(key: string, text: string, values: Readonly<Record<string, string>> = {}): string | string[] {
  if (key === "after") return text.split(/[\s,;|]+/).filter((name) => name !== "");
  return Object.hasOwn(values, text) ? values[text] : text;
}
