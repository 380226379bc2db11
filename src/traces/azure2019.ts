/**
 * Azure Public Dataset V2, the VM trace of 2019 (AzurePublicDatasetV2.md; Cortez et al., "Resource Central",
 * SOSP 2017, for the first one): `vmtable.csv`, one row per virtual machine (VM), and
 * `vm_cpu_readings-file-N-of-195.csv`, one row per VM and 300 s. No header lines.
 */
import { TABLES_OF } from "./table-names.js";
import { InputError } from "../base/errors.js";
import { describePath, findTables, type TraceFile } from "./text/find-tables.js";
import { readTable } from "./text/read-table.js";
import type { Row, Schema } from "./text/row.js";
import { add, type Counts } from "../workload/build/counts.js";
import { createExecutionsBuilder, type ExecutionRows } from "../workload/build/executions.js";
import type { TaskTable } from "../workload/build/tasks.js";
import { createTaskKeys } from "../workload/build/task-keys.js";
import { generateHosts, hostCount, hostsNeeded } from "../workload/build/hosts.js";
import { inputOf, type InputFile } from "../workload/inputs.js";
import { beginWithFirst, buildObserved } from "../workload/build/observed.js";
import { createWindowsBuilder, type WindowsBuilder } from "../workload/build/usage-rows.js";
import type { OpenOptions } from "../workload/open-options.js";
import { OUTCOME, STEP_SECONDS, type Workload } from "../workload/workload.js";

/** Our assumption, because the trace names no hosts. */
const HOST = { cores: 64, gigabytes: 512 } as const;

/** The values that we assume for the open-ended buckets, as the dataset's own notebooks do. */
const OPEN_BUCKETS: Readonly<Record<string, number>> = { ">24": 30, ">64": 70 };

/** Scheduling class and priority that we assume for a category, because the trace has neither. */
const CATEGORIES: Readonly<Record<string, { readonly schedulingClass: number; readonly priority: number }>> =
  {
    Interactive: { schedulingClass: 3, priority: 9 },
    "Delay-insensitive": { schedulingClass: 0, priority: 2 },
    Unknown: { schedulingClass: 1, priority: 2 },
  };

/** More cores or GB than any VM has. */
const LARGEST_BUCKET = 100_000;

/** Shortest life: a VM that is created and deleted in the same 300 s is taken to live half of this time. */
const SHORTEST = STEP_SECONDS / 2;

const VM_TABLE: Schema = [
  { name: "vmid", type: "string", mandatory: true },
  { name: "subscriptionid", type: "string", read: false },
  { name: "deploymentid", type: "string", mandatory: true },
  {
    name: "vmcreated",
    aliases: ["timestamp vm created", "timestamp created"],
    type: "float",
    mandatory: true,
    min: 0,
  },
  {
    name: "vmdeleted",
    aliases: ["timestamp vm deleted", "timestamp deleted"],
    type: "float",
    mandatory: true,
    min: 0,
  },
  { name: "maxcpu", aliases: ["max cpu vm"], type: "string", read: false },
  { name: "avgcpu", aliases: ["avg cpu vm", "average cpu"], type: "float", min: 0 },
  { name: "p95maxcpu", aliases: ["p96 max cpu"], type: "string", read: false },
  { name: "vmcategory", aliases: ["category"], type: "string" },
  {
    name: "vmcorecountbucket",
    aliases: ["vm virtual core count bucket", "core count bucket", "vm corecount", "vm virtual core count"],
    type: "string",
    mandatory: true,
  },
  {
    name: "vmmemorybucket",
    aliases: ["vm memory (gb) bucket", "memory gb bucket", "vm memory", "vm memory (gb)"],
    type: "string",
    mandatory: true,
  },
];
const READINGS: Schema = [
  { name: "timestamp", type: "float", mandatory: true, min: 0 },
  { name: "vmid", type: "string", mandatory: true },
  { name: "mincpu", type: "string", read: false },
  { name: "maxcpu", type: "string", read: false },
  { name: "avgcpu", aliases: ["average cpu"], type: "float", mandatory: true, min: 0 },
];

interface VirtualMachine {
  readonly id: string;
  readonly deployment: string;
  readonly created: number;
  readonly deleted: number;
  /** In per cent, over the VM's life. */
  readonly mean: number;
  readonly category: string;
  readonly cores: number;
  readonly gigabytes: number;
}

interface Reading {
  readonly onError: "fail" | "skip";
  readonly counts: Counts;
  readonly inputs: InputFile[];
}

/**
 * Opens a folder with `vmtable.csv` and any number of `vm_cpu_readings-*.csv`; the file names of the present
 * release (`trace_data_vmtable_vmtable.csv.gz`) are accepted, too. Each VM is one execution from vmcreated to
 * vmdeleted; VMs of the table's first moment existed before the trace. The VMs of one deployment are one job.
 * CPU is avgcpu, in per cent of the VM's cores, over the 300 s that begin at the reading. Interactive VMs are
 * latency-critical (scheduling class 3, priority 9), the others are not.
 *
 * The trace lacks: hosts and placement (we generate hosts of 64 cores and 512 GB: `machines` of them, or the
 * number that the peak of the requests needs), use of memory (assumed equal to the request), the size of VMs
 * above 24 cores or 64 GB (30 and 70 assumed), and how a VM ended (VMs deleted at the last moment of the
 * table are taken to be still running). A VM without readings uses its lifetime mean; an unknown category
 * name counts as Unknown. All these cases are counted under "azure.".
 * @throws InputError with file, line and column for an invalid row; also if there is no vmtable, or if no
 * reading belongs to one of its VMs.
 */
export async function openAzure2019(path: string, options: OpenOptions = {}): Promise<Workload> {
  const counts: Counts = {};
  for (const name of [
    "skippedRows",
    "duplicateRows",
    "openBuckets",
    "misspeltCategories",
    "otherCategories",
    "zeroLength",
    "readings",
    "readingsOfNoVm",
    "aliveAtEnd",
    "withoutReadings",
  ])
    add(counts, `azure.${name}`, 0);
  const expected = "vmtable.csv and vm_cpu_readings-*.csv";
  const tables = await findTables(path, TABLES_OF.azure2019, expected);
  if (tables.vmtable.length === 0)
    throw new InputError(`no vmtable in ${describePath(path)}; it must hold ${expected}`);
  const reading: Reading = { onError: options.onError ?? "fail", counts, inputs: [] };
  const vms = await readVms(tables.vmtable, reading);
  const { executions, tasks, taskOf } = tabulate(vms, counts);
  const windows = createWindowsBuilder();
  const hasReadings = new Uint8Array(vms.length);
  for (const [done, file] of tables.vm_cpu_readings.entries()) {
    options.onProgress?.({
      phase: "reading CPU readings",
      done,
      total: tables.vm_cpu_readings.length,
      unit: "files",
    });
    await readReadings(file, reading, { vms, taskOf, windows, hasReadings });
  }
  const { "azure.readings": readings, "azure.readingsOfNoVm": unused } = counts;
  if (readings > 0 && readings === unused)
    throw new InputError(
      `none of ${readings} readings in ${describePath(path)} belongs to a VM in vmtable; give the ` +
        "readings of the same release (V1 and V2 name VMs differently)",
    );
  const assumed = new Set<number>();
  vms.forEach(({ created, deleted, mean, cores }, task) => {
    if (hasReadings[task] === 1 || Number.isNaN(mean)) return;
    add(counts, "azure.withoutReadings");
    assumed.add(task);
    windows.push(task, created * 1e6, deleted * 1e6, (mean / 100) * (cores / HOST.cores), NaN);
  });
  return buildObserved(
    {
      source: "azure2019",
      // VMs that were created before the trace have its first moment as their time of creation.
      ...beginWithFirst(executions, 1),
      last: vms.reduce((most, { deleted }) => Math.max(most, deleted), 0) * 1e6,
      tasks,
      windows: windows.finish(),
      assumed,
      machines: generateHosts(hostCount(options, "azure2019", hostsNeeded(executions))),
      areGenerated: true,
      inputs: reading.inputs,
      counts,
    },
    options,
  );
}

/** Returns the VMs in order of deployment, then id; a VM's place in this order is its task number. */
async function readVms(files: readonly TraceFile[], reading: Reading): Promise<VirtualMachine[]> {
  const { counts } = reading;
  const known = new Map<string, VirtualMachine>();
  const visit = (row: Row): void => {
    const { numbers, texts } = row;
    const [created, deleted] = [numbers[3], numbers[4]];
    if (deleted < created) row.reject(4, `is before vmcreated ${created}`);
    const category = categoryOf(texts[8]);
    const vm = {
      id: texts[0],
      deployment: texts[2],
      created,
      deleted: Math.max(deleted, created + SHORTEST),
      mean: numbers[6],
      category,
      cores: bucket(row, 9),
      gigabytes: bucket(row, 10),
    };
    const twin = known.get(vm.id);
    if (twin !== undefined) {
      if (JSON.stringify(twin) !== JSON.stringify(vm))
        row.reject(0, "is the id of an earlier row with other values");
      add(counts, "azure.duplicateRows");
      return;
    }
    if (category !== texts[8])
      add(counts, isSameName(category, texts[8]) ? "azure.misspeltCategories" : "azure.otherCategories");
    if (deleted === created) add(counts, "azure.zeroLength");
    if (texts[9] in OPEN_BUCKETS || texts[10] in OPEN_BUCKETS) add(counts, "azure.openBuckets");
    known.set(vm.id, vm);
  };
  for (const file of files) await read(file, VM_TABLE, visit, reading);
  return [...known.values()].sort((a, b) => compare(a.deployment, b.deployment) || compare(a.id, b.id));
}

/** Returns the category with this name, ignoring case and punctuation; Unknown if there is none. */
function categoryOf(text: string): string {
  return Object.keys(CATEGORIES).find((name) => isSameName(name, text)) ?? "Unknown";
}

/** True for "Delay-insensitive" and "delay insensitive". */
function isSameName(a: string, b: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, "");
  return plain(a) === plain(b);
}

function bucket(row: Row, column: number): number {
  const value = OPEN_BUCKETS[row.texts[column]] ?? Number(row.texts[column]);
  const open = Object.keys(OPEN_BUCKETS).join(" or ");
  return value > 0 && value <= LARGEST_BUCKET
    ? value
    : row.reject(column, `is not a bucket: a number above 0 and up to ${LARGEST_BUCKET}, or ${open}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function read(
  { path, name }: TraceFile,
  schema: Schema,
  visit: (row: Row) => void,
  { onError, counts, inputs }: Reading,
): Promise<void> {
  const summary = await readTable(path, schema, visit, { name, onError });
  inputs.push(inputOf(name, summary));
  add(counts, "azure.skippedRows", summary.skippedRows);
}

function tabulate(
  vms: readonly VirtualMachine[],
  counts: Counts,
): { executions: ExecutionRows; tasks: TaskTable; taskOf: Map<string, number> } {
  const executions = createExecutionsBuilder();
  const tasks = createTaskKeys();
  const taskOf = new Map<string, number>();
  const end = vms.reduce((most, { deleted }) => Math.max(most, deleted), 0);
  let job = 0n;
  let index = 0;
  vms.forEach((vm, row) => {
    const isNew = row === 0 || vms[row - 1].deployment !== vm.deployment;
    job += isNew ? 1n : 0n;
    index = isNew ? 0 : index + 1;
    const task = tasks.number(job, index);
    taskOf.set(vm.id, task);
    const lives = vm.deleted === end;
    add(counts, "azure.aliveAtEnd", Number(lives));
    executions.push({
      task,
      submit: vm.created * 1e6,
      start: vm.created * 1e6,
      end: lives ? Infinity : vm.deleted * 1e6,
      outcome: lives ? OUTCOME.alive : OUTCOME.finish,
      machine: -1n,
      ...CATEGORIES[vm.category],
      cpu: vm.cores / HOST.cores,
      memory: vm.gigabytes / HOST.gigabytes,
    });
  });
  return { executions: executions.finish(), tasks: tasks.finish(), taskOf };
}

interface ReadingTarget {
  readonly vms: readonly VirtualMachine[];
  readonly taskOf: ReadonlyMap<string, number>;
  readonly windows: WindowsBuilder;
  /** Set to 1 for each task with a reading. */
  readonly hasReadings: Uint8Array;
}

async function readReadings(
  file: TraceFile,
  reading: Reading,
  { vms, taskOf, windows, hasReadings }: ReadingTarget,
): Promise<void> {
  const visit = ({ numbers, texts }: Row): void => {
    const task = taskOf.get(texts[1]);
    add(reading.counts, "azure.readings");
    if (task === undefined) {
      add(reading.counts, "azure.readingsOfNoVm");
      return;
    }
    const [time, percent] = [numbers[0], numbers[4]];
    hasReadings[task] = 1;
    windows.push(
      task,
      time * 1e6,
      (time + STEP_SECONDS) * 1e6,
      (percent / 100) * (vms[task].cores / HOST.cores),
      NaN,
    );
  };
  await read(file, READINGS, visit, reading);
}
