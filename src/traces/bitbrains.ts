/**
 * GWA-T-12 Bitbrains, the traces fastStorage and rnd of a data center for business workloads (Shen, van Beek,
 * Iosup, "Statistical Characterization of Business-Critical Workloads Hosted in Cloud Datacenters", CCGrid
 * 2015). There is one file per virtual machine (VM): a header line, then a row every 300 s with 11 values,
 * separated by a semicolon and a tab.
 */
import { basename, dirname, join } from "node:path";
import { InputError } from "../base/errors.js";
import { describePath, fileAt, listFiles, type TraceFile } from "./text/find-tables.js";
import { requireReadable } from "./text/read-bytes.js";
import { readTable } from "./text/read-table.js";
import type { Row, Schema } from "./text/row.js";
import { add, type Counts } from "../workload/build/counts.js";
import { createExecutionsBuilder } from "../workload/build/executions.js";
import { createTaskKeys } from "../workload/build/task-keys.js";
import { generateHosts, hostCount, hostsNeeded } from "../workload/build/hosts.js";
import { inputOf, type InputFile } from "../workload/inputs.js";
import { beginWithFirst, buildObserved } from "../workload/build/observed.js";
import { createWindowsBuilder } from "../workload/build/usage-rows.js";
import type { OpenOptions } from "../workload/open-options.js";
import { OUTCOME, STEP_SECONDS, type Workload } from "../workload/workload.js";

/**
 * The names in the header. Columns after the seventh are not used, only checked to be numbers. Aliases are
 * the names in tables that somebody saved again.
 */
const SCHEMA: Schema = [
  {
    name: "Timestamp [ms]",
    aliases: ["timestamp", "time", "date"],
    type: "float",
    mandatory: true,
    min: 0,
    takesDates: true,
  },
  { name: "CPU cores", type: "float", min: 0, mayLack: true },
  {
    name: "CPU capacity provisioned [MHZ]",
    aliases: ["cpu capacity", "cpu capacity mhz", "cpu capacity provisioned"],
    type: "float",
    mandatory: true,
    min: 0,
  },
  { name: "CPU usage [MHZ]", type: "float", mandatory: true, min: 0 },
  {
    name: "CPU usage [%]",
    aliases: ["cpu usage pct", "cpu usage percent"],
    type: "float",
    min: 0,
    mayLack: true,
  },
  {
    name: "Memory capacity provisioned [KB]",
    aliases: ["memory", "memory kb", "memory capacity provisioned"],
    type: "float",
    mandatory: true,
    min: 0,
  },
  {
    name: "Memory usage [KB]",
    aliases: ["memory used kb", "memory usage"],
    type: "float",
    mandatory: true,
    min: 0,
  },
  { name: "Disk read throughput [KB/s]", aliases: ["disk read kbps"], type: "float", min: 0, mayLack: true },
  {
    name: "Disk write throughput [KB/s]",
    aliases: ["disk write kbps"],
    type: "float",
    min: 0,
    mayLack: true,
  },
  {
    name: "Network received throughput [KB/s]",
    aliases: ["net rx kbps"],
    type: "float",
    min: 0,
    mayLack: true,
  },
  {
    name: "Network transmitted throughput [KB/s]",
    aliases: ["net tx kbps"],
    type: "float",
    min: 0,
    mayLack: true,
  },
];
const COLUMN = { time: 0, askedMegahertz: 2, megahertz: 3, askedKilobytes: 5, kilobytes: 6 } as const;

/**
 * Our assumption, because the trace names no hosts: 32 cores at 2,926 MHz (the speed of most VMs' cores) and
 * 512 GiB.
 */
const HOST = { megahertz: 32 * 2926, kilobytes: 512 * 2 ** 20 } as const;

/** A row is valid until the next row, for at most this many seconds. */
const LONGEST_WINDOW = 2 * STEP_SECONDS;
/**
 * The header says milliseconds, but the published values are seconds since 1970, which are below this number.
 */
const SECONDS_BELOW = 1e11;

interface Sample {
  /** Seconds since 1970. */
  readonly time: number;
  readonly megahertz: number;
  readonly askedMegahertz: number;
  readonly kilobytes: number;
  readonly askedKilobytes: number;
}

/**
 * Opens a folder of Bitbrains VM files (`NUMBER.csv`), such as `fastStorage/2013-8`, a folder of several
 * months (`rnd`), or one file. Each VM is one best-effort execution from its first row to 300 s after its
 * last row; VMs whose first row is in the first 300 s existed before the trace. A VM's request is the largest
 * capacity that it ever had. CPU and memory are measured.
 *
 * The trace lacks: hosts and placement (we generate hosts, see HOST in the source: `machines` of them, or the
 * number that the peak of the requests needs; a host is at least as large as the largest VM), which VMs are
 * latency-critical, and why a VM ends. The report counts under "bitbrains.": VMs without any capacity (left
 * out), rows that repeat a time, and gaps of more than two steps.
 * @throws InputError with file, line and column for a row that is not 11 numbers of at least 0.
 */
export async function openBitbrains(folder: string, options: OpenOptions = {}): Promise<Workload> {
  const counts: Counts = {};
  for (const name of ["skippedRows", "duplicateRows", "repeatedTimes", "longGaps", "withoutCapacity"])
    add(counts, `bitbrains.${name}`, 0);
  const { vms, inputs } = await readVms(folder, options, counts);
  const host = {
    megahertz: vms.reduce((most, { askedMegahertz }) => Math.max(most, askedMegahertz), HOST.megahertz),
    kilobytes: vms.reduce((most, { askedKilobytes }) => Math.max(most, askedKilobytes), HOST.kilobytes),
  };
  const tasks = createTaskKeys();
  const executions = createExecutionsBuilder();
  const windows = createWindowsBuilder();
  for (const vm of vms) {
    const task = tasks.number(BigInt(vm.number), 0);
    const [first, last] = [vm.samples[0], vm.samples[vm.samples.length - 1]];
    executions.push({
      task,
      submit: first.time * 1e6,
      start: first.time * 1e6,
      end: (last.time + STEP_SECONDS) * 1e6,
      outcome: OUTCOME.finish,
      machine: -1n,
      priority: 0,
      schedulingClass: 0,
      cpu: vm.askedMegahertz / host.megahertz,
      memory: vm.askedKilobytes / host.kilobytes,
    });
    for (const { time, end, megahertz, kilobytes } of windowsOfSamples(vm.samples, counts))
      windows.push(task, time * 1e6, end * 1e6, megahertz / host.megahertz, kilobytes / host.kilobytes);
  }
  const rows = executions.finish();
  return buildObserved(
    {
      source: "bitbrains",
      // The trace records the VMs one after the other, within one step: VMs of the first round existed
      // before.
      ...beginWithFirst(rows, STEP_SECONDS * 1e6),
      last: rows.end.reduce((most, time) => Math.max(most, time), 0),
      tasks: tasks.finish(),
      windows: windows.finish(),
      machines: generateHosts(hostCount(options, "bitbrains", hostsNeeded(rows))),
      areGenerated: true,
      inputs,
      counts,
    },
    options,
  );
}

interface VirtualMachine {
  readonly number: number;
  /** In order of time. */
  readonly samples: readonly Sample[];
  /** The largest capacity that the VM ever had. */
  readonly askedMegahertz: number;
  readonly askedKilobytes: number;
}

/** Returns the VMs with any capacity, in order of number. */
async function readVms(
  folder: string,
  { onError = "fail", onProgress }: OpenOptions,
  counts: Counts,
): Promise<{ vms: VirtualMachine[]; inputs: InputFile[] }> {
  const files = await vmFiles(folder);
  const inputs: InputFile[] = [];
  const vms: VirtualMachine[] = [];
  for (const [done, [number, ofVm]] of [...files].entries()) {
    onProgress?.({ phase: "reading virtual machines", done, total: files.size, unit: "files" });
    const { samples, inputs: own } = await readVm(ofVm, onError, counts);
    inputs.push(...own);
    const askedMegahertz = samples.reduce((most, sample) => Math.max(most, sample.askedMegahertz), 0);
    const askedKilobytes = samples.reduce((most, sample) => Math.max(most, sample.askedKilobytes), 0);
    if (askedMegahertz > 0) vms.push({ number, samples, askedMegahertz, askedKilobytes });
    else add(counts, "bitbrains.withoutCapacity");
  }
  if (vms.length === 0)
    throw new InputError(`no VM with any capacity in ${folder}; check that its files are the published ones`);
  return { vms, inputs };
}

/** Returns each sample with the end of its window. A long gap is counted, and no window covers it. */
function windowsOfSamples(samples: readonly Sample[], counts: Counts): (Sample & { readonly end: number })[] {
  return samples.map((sample, row) => {
    const next = samples.at(row + 1)?.time ?? sample.time + STEP_SECONDS;
    const isLong = next - sample.time > LONGEST_WINDOW;
    if (isLong) add(counts, "bitbrains.longGaps");
    return { ...sample, end: isLong ? sample.time + STEP_SECONDS : next };
  });
}

/** A VM's files, one per month; the key is the VM's number. */
type FilesOfVm = ReadonlyMap<number, readonly TraceFile[]>;

/**
 * Returns the files below a folder, or the one named file. A number means the same VM in each month of rnd
 * (`rnd/2013-7`, `rnd/2013-8`, ...), but different VMs in fastStorage and rnd.
 */
async function vmFiles(path: string): Promise<FilesOfVm> {
  const file = await fileAt(path);
  const found =
    file === undefined ? await listFiles(path) : [{ path: file, name: basename(file), base: basename(file) }];
  const files = found.filter(({ base }) => VM_FILE.test(base));
  if (files.length === 0 && file !== undefined) await requireReadable(file, file);
  if (files.length === 0)
    throw new InputError(
      `no trace in ${describePath(path)}; it must hold a file NUMBER.csv for each virtual machine`,
    );
  const traces = [...new Set(files.map(({ name }) => dirname(dirname(name))))];
  if (traces.length > 1)
    throw new InputError(
      `several traces in ${describePath(path)}: VM files in ` +
        `${traces.map((name) => join(path, name)).join(" and ")}; give one of them`,
    );
  const byNumber = new Map<number, TraceFile[]>();
  for (const { path: at, name } of files.sort((a, b) => numberOf(a) - numberOf(b))) {
    const own = byNumber.get(numberOf({ name })) ?? [];
    const twin = own.find((other) => dirname(other.name) === dirname(name));
    if (twin !== undefined)
      throw new InputError(`duplicate file ${twin.name}: it also exists as ${name}; remove one of them`);
    byNumber.set(numberOf({ name }), [...own, { path: at, name }]);
  }
  return byNumber;
}

const VM_FILE = /^\d+(?:\.\w+)+$/;

function numberOf({ name }: Pick<TraceFile, "name">): number {
  return Number.parseInt(basename(name), 10);
}

async function readVm(
  files: readonly TraceFile[],
  onError: "fail" | "skip",
  counts: Counts,
): Promise<{ samples: Sample[]; inputs: InputFile[] }> {
  const samples: Sample[] = [];
  const inputs: InputFile[] = [];
  const visit = (row: Row): void => {
    samples.push(sampleOf(row));
  };
  for (const { path, name } of files) {
    const summary = await readTable(path, SCHEMA, visit, {
      name,
      onError,
      delimiters: [";", ",", "\t"],
      trim: true,
    });
    add(counts, "bitbrains.skippedRows", summary.skippedRows);
    inputs.push(inputOf(name, summary));
  }
  // Of several rows with one time, we keep the largest, so that the order of rows does not matter.
  samples.sort((a, b) => a.time - b.time || b.megahertz - a.megahertz || b.kilobytes - a.kilobytes);
  const distinct = samples.filter((sample, row) => row === 0 || sample.time > samples[row - 1].time);
  const duplicates = samples.filter((sample, row) => row > 0 && isSame(samples[row - 1], sample)).length;
  add(counts, "bitbrains.duplicateRows", duplicates);
  add(counts, "bitbrains.repeatedTimes", samples.length - distinct.length - duplicates);
  return { samples: distinct, inputs };
}

function isSame(a: Sample, b: Sample): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sampleOf({ numbers }: Row): Sample {
  const time = numbers[COLUMN.time];
  return {
    time: time < SECONDS_BELOW ? time : time / 1000,
    askedMegahertz: numbers[COLUMN.askedMegahertz],
    megahertz: numbers[COLUMN.megahertz],
    askedKilobytes: numbers[COLUMN.askedKilobytes],
    kilobytes: numbers[COLUMN.kilobytes],
  };
}
