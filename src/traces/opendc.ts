/**
 * Workload traces of OpenDC, a simulator of data centers (github.com/atlarge-research/opendc,
 * docs/documentation/Input/Workload.md and the schemas in opendc-trace): `tasks.parquet`, one row per virtual
 * machine or task, and `fragments.parquet`, one row per period of its use. In the older layout, these are
 * `meta.parquet` and `trace.parquet`.
 */
import { TABLES_OF } from "./table-names.js";
import { InputError } from "../base/errors.js";
import { describePath, findTables, type TraceFile } from "./text/find-tables.js";
import { readTable } from "./text/read-table.js";
import type { Row, Schema } from "./text/row.js";
import { add, type Counts } from "../workload/build/counts.js";
import { createExecutionsBuilder, type ExecutionRows } from "../workload/build/executions.js";
import type { TaskTable } from "../workload/build/tasks.js";
import { generateHosts, hostCount, hostsNeeded } from "../workload/build/hosts.js";
import { inputOf, type InputFile } from "../workload/inputs.js";
import { beginWithFirst, buildObserved } from "../workload/build/observed.js";
import { createWindowsBuilder, type WindowsBuilder } from "../workload/build/usage-rows.js";
import type { OpenOptions } from "../workload/open-options.js";
import { createTaskKeys } from "../workload/build/task-keys.js";
import { OUTCOME, STEP_MICROSECONDS, type Workload } from "../workload/workload.js";

/**
 * Our assumption, because the trace names no hosts; the same as for Bitbrains: 32 cores at 2,926 MHz, and 512
 * GiB.
 */
const HOST = { megahertz: 32 * 2926, megabytes: 512 * 1024 } as const;

/**
 * The documentation says that memory is in MB, but the program divides it by 1,000, as if it were KB; files
 * of both kinds exist. No machine has 8 TB, and no VM has less than 8 MB, so a median above this value means
 * KB.
 */
const KILOBYTES_ABOVE = 2e6;

/** A time in milliseconds since 1970, or since the beginning that the trace uses. */
const time = (name: string, aliases: readonly string[]): Schema[number] => ({
  name,
  aliases,
  type: "float",
  min: 0,
  takesDates: true,
});

const TASKS: Schema = [
  { name: "id", type: "string", mandatory: true },
  { ...time("submission_time", ["submissionTime", "start_time", "startTime"]), mandatory: true },
  { name: "duration", type: "float", min: 0, mayLack: true },
  { ...time("stop_time", ["end_time", "endTime"]), mayLack: true },
  { name: "cpu_count", aliases: ["maxCores", "max_cores"], type: "float", mandatory: true, min: 0 },
  { name: "cpu_capacity", aliases: ["cpuCapacity"], type: "float", min: 0, mayLack: true },
  {
    name: "mem_capacity",
    aliases: ["requiredMemory", "required_memory"],
    type: "float",
    mandatory: true,
    min: 0,
  },
];
const FRAGMENTS: Schema = [
  { name: "id", type: "string", mandatory: true },
  { ...time("timestamp", ["time"]), mayLack: true },
  { name: "duration", type: "float", mandatory: true, min: 0 },
  { name: "cpu_count", aliases: ["cores"], type: "float", min: 0, mayLack: true },
  { name: "cpu_usage", aliases: ["cpuUsage"], type: "float", mandatory: true, min: 0 },
];

interface Machine {
  readonly id: string;
  /** Milliseconds. */
  readonly submitted: number;
  /** NaN if the table has no value. */
  readonly stopped: number;
  readonly megahertz: number;
  readonly memory: number;
  /** The end of the fragments read so far; fragments without a time begin here. */
  at: number;
  /** The end of its last fragment. */
  ended: number;
}

/**
 * Opens a folder with OpenDC's two tables, in the current layout or the older one. Each row of tasks is one
 * best-effort execution, from its submission to the end of its last fragment (or to the end of its duration,
 * if that is later). Executions that begin in the first five minutes existed before the trace. CPU is
 * measured, in MHz.
 *
 * The trace lacks: hosts and placement (we generate hosts, see HOST in the source: `machines` of them, or the
 * number that the peak of the requests needs; a host is at least as large as the largest VM), the use of
 * memory (assumed equal to the request), and which work is latency-critical. The report counts under
 * "opendc.".
 * @throws InputError with file, row and column for an invalid row; also if no fragment belongs to a row of
 * tasks.
 */
export async function openOpenDc(path: string, options: OpenOptions = {}): Promise<Workload> {
  const counts: Counts = {};
  for (const name of ["skippedRows", "duplicateRows", "zeroLength", "fragments", "fragmentsOfNoTask"])
    add(counts, `opendc.${name}`, 0);
  const expected = "tasks.parquet and fragments.parquet, or meta.parquet and trace.parquet";
  const found = await findTables(path, TABLES_OF.opendc, expected);
  const tables = { tasks: [...found.tasks, ...found.meta], fragments: [...found.fragments, ...found.trace] };
  for (const table of ["tasks", "fragments"] as const)
    if (tables[table].length === 0)
      throw new InputError(`no ${table} in ${describePath(path)}; it must hold ${expected}`);
  const reading: Reading = { options, counts, inputs: [] };
  const machines = await readMachines(tables.tasks, reading);
  const host = {
    megahertz: machines.reduce((most, { megahertz }) => Math.max(most, megahertz), HOST.megahertz),
    megabytes: machines.reduce((most, { memory }) => Math.max(most, memory), HOST.megabytes),
  };
  const windows = createWindowsBuilder();
  await readFragments(tables.fragments, machines, windows, host.megahertz, reading);
  const { executions, tasks } = tabulate(machines, host);
  return buildObserved(
    {
      source: "opendc",
      ...beginWithFirst(executions, STEP_MICROSECONDS),
      last: executions.end.reduce((most, at) => Math.max(most, at), 0),
      tasks,
      windows: windows.finish(),
      machines: generateHosts(hostCount(options, "opendc", hostsNeeded(executions))),
      areGenerated: true,
      inputs: reading.inputs,
      counts,
    },
    options,
  );
}

interface Reading {
  readonly options: OpenOptions;
  readonly counts: Counts;
  readonly inputs: InputFile[];
}

async function read(
  files: readonly TraceFile[],
  schema: Schema,
  visit: (row: Row) => void,
  { options: { onError = "fail", onProgress }, counts, inputs }: Reading,
): Promise<void> {
  for (const [done, { path, name }] of files.entries()) {
    onProgress?.({ phase: `reading ${name}`, done, total: files.length, unit: "files" });
    const summary = await readTable(path, schema, visit, { name, onError, needsHeader: true });
    inputs.push(inputOf(name, summary));
    add(counts, "opendc.skippedRows", summary.skippedRows);
  }
}

/** Returns the machines in order of id, so that the order of rows has no effect. */
async function readMachines(files: readonly TraceFile[], reading: Reading): Promise<Machine[]> {
  const known = new Map<string, Machine>();
  const visit = (row: Row): void => {
    const [, submitted, duration, stopped, cores, capacity, memory] = row.numbers;
    const id = row.texts[0];
    const end = Number.isNaN(stopped) ? submitted + duration : stopped;
    if (end < submitted) row.reject(3, `is before its submission at ${submitted}`);
    // The oldest layout gives only the number of cores: we assume the most common cores of Bitbrains.
    const megahertz = capacity > 0 ? capacity : cores * (HOST.megahertz / 32);
    const machine = { id, submitted, stopped: end, megahertz, memory, at: submitted, ended: NaN };
    const twin = known.get(id);
    if (twin === undefined) known.set(id, machine);
    else if (JSON.stringify(twin) === JSON.stringify(machine)) add(reading.counts, "opendc.duplicateRows");
    else row.reject(0, "is the id of an earlier row with other values");
  };
  await read(files, TASKS, visit, reading);
  const sorted = [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const memory = sorted.map((machine) => machine.memory).sort((a, b) => a - b);
  const unit = memory[Math.floor(memory.length / 2)] > KILOBYTES_ABOVE ? 1000 : 1;
  return sorted.map((machine) => ({ ...machine, memory: machine.memory / unit }));
}

async function readFragments(
  files: readonly TraceFile[],
  machines: readonly Machine[],
  windows: WindowsBuilder,
  hostMegahertz: number,
  reading: Reading,
): Promise<void> {
  const { counts } = reading;
  const taskOf = new Map(machines.map(({ id }, task) => [id, task]));
  const visit = ({ numbers, texts }: Row): void => {
    const [, timestamp, duration, , megahertz] = numbers;
    add(counts, "opendc.fragments");
    const task = taskOf.get(texts[0]);
    if (task === undefined) {
      add(counts, "opendc.fragmentsOfNoTask");
      return;
    }
    if (duration === 0) {
      add(counts, "opendc.zeroLength");
      return;
    }
    const machine = machines[task];
    // A time stamp is the end of its fragment; fragments without one follow each other from the submission
    // on.
    const end = Number.isNaN(timestamp) ? machine.at + duration : timestamp;
    machine.at = end;
    if (!(machine.ended >= end)) machine.ended = end;
    windows.push(task, Math.max(0, end - duration) * 1e3, end * 1e3, megahertz / hostMegahertz, NaN);
  };
  await read(files, FRAGMENTS, visit, reading);
  const { "opendc.fragments": all, "opendc.fragmentsOfNoTask": unused } = counts;
  if (all > 0 && all === unused)
    throw new InputError(
      `none of ${all} fragments belongs to a row of tasks: these tables do not belong together; give ` +
        "both of one trace",
    );
}

function tabulate(
  machines: readonly Machine[],
  host: { readonly megahertz: number; readonly megabytes: number },
): { executions: ExecutionRows; tasks: TaskTable } {
  const executions = createExecutionsBuilder();
  const tasks = createTaskKeys();
  machines.forEach(({ submitted, stopped, ended, megahertz, memory }, row) => {
    const last = Math.max(submitted + 1, ended || 0, stopped || 0);
    executions.push({
      task: tasks.number(BigInt(row + 1), 0),
      submit: submitted * 1e3,
      start: submitted * 1e3,
      end: last * 1e3,
      outcome: OUTCOME.finish,
      machine: -1n,
      priority: 0,
      schedulingClass: 0,
      cpu: megahertz / host.megahertz,
      memory: memory / host.megabytes,
    });
  });
  return { executions: executions.finish(), tasks: tasks.finish() };
}
