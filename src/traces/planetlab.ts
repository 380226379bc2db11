/**
 * The PlanetLab CPU traces that CloudSim ships: one folder per day, one file per virtual machine (VM), and
 * one integer (per cent of the VM's requested CPU) per 300 s. The trace has no hosts and no VM sizes; they
 * are those of the power examples in CloudSim 3.0.3 (Beloglazov and Buyya 2012, doi:10.1002/cpe.1867, section
 * 5.1).
 */
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { InputError } from "../base/errors.js";
import { explainFileError } from "../base/files.js";
import type { OnProgress } from "../base/progress.js";
import { inOrder } from "../base/in-order.js";
import { describePath, fileAt, PASSED_OVER, refuseTwins, type TraceFile } from "./text/find-tables.js";
import { readTable } from "./text/read-table.js";
import type { Schema } from "./text/row.js";
import { hostCount } from "../workload/build/hosts.js";
import { sha256OfFile, type InputFile } from "../workload/inputs.js";
import { keepSteps } from "../workload/narrow.js";
import type { OpenOptions } from "../workload/open-options.js";
import {
  BEST_EFFORT,
  OUTCOME,
  type MachineColumns,
  type ExecutionColumns,
  type UsageColumns,
  STEP_SECONDS,
  type Workload,
} from "../workload/workload.js";

/** Hosts alternate between HP ML110 G4 and G5, two cores each. Sizes in MIPS and MB. */
const HOST_TYPES = [
  { cpu: 2 * 1860, memory: 4096 },
  { cpu: 2 * 2660, memory: 4096 },
] as const;

/** The reference machine: CPU and memory are fractions of the G5's. */
const REFERENCE = HOST_TYPES[1];

/** The VMs, in order of file name, form four blocks of ceil(n / 4), one per type. */
const VM_TYPES = [
  { cpu: 2500, memory: 870 },
  { cpu: 2000, memory: 1740 },
  { cpu: 1000, memory: 1740 },
  { cpu: 500, memory: 613 },
] as const;

/** Per cent of the VM's requested CPU. */
const SCHEMA: Schema = [
  {
    name: "CPU [%]",
    aliases: ["cpu", "utilization", "utilization percent", "cpu utilization", "cpu usage", "usage", "value"],
    type: "integer",
    mandatory: true,
    min: 0,
    max: 100,
  },
];

const DEFAULT_HOSTS = 800;

/**
 * Opens a folder of PlanetLab VM files, a folder that holds such a folder, or one file. Each VM is one
 * best-effort execution without a machine; it existed before the trace and lasts from step 0 to the end. CPU
 * is measured; memory is assumed equal to the request at all times (`report.assumedMemory` counts these VMs).
 * Files whose name begins with a dot are ignored.
 *
 * Options: `machines` is the number of hosts to generate (default 800), `steps` limits the number of steps,
 * and `onError: "skip"` leaves out bad files (`report.skippedFiles`) without changing the VM types of the
 * others. Nothing is random, so `seed` has no effect.
 * @throws InputError for a folder that cannot be read, is empty or holds folders; for a value that is not an
 * integer from 0 to 100; for files of different length; and for invalid options.
 */
export async function openPlanetLab(path: string, options: OpenOptions = {}): Promise<Workload> {
  const { onError = "fail", lcRule = "class>=2", onProgress } = options;
  const hosts = hostCount(options, "planetlab", DEFAULT_HOSTS);
  const files = await vmFiles(path);
  const { virtualMachines, inputs } = await readAll(files, onError === "skip", onProgress);
  const samples = commonLength(path, virtualMachines);
  const workload: Workload = {
    source: "planetlab",
    stepSeconds: STEP_SECONDS,
    steps: samples,
    originSeconds: 0,
    lcRule,
    machines: generateHosts(hosts),
    machineEvents: {
      time: new Float64Array(0),
      machine: new Int32Array(0),
      kind: new Uint8Array(0),
      cpu: new Float64Array(0),
      memory: new Float64Array(0),
    },
    executions: buildExecutions(virtualMachines, files.length, samples),
    usage: buildUsage(virtualMachines, files.length, samples),
    provenance: {
      inputs,
      options: { machines: hosts, steps: Math.min(options.steps ?? samples, samples), lcRule, onError },
      usage: "measured",
      report: {
        assumedMemory: virtualMachines.length,
        skippedFiles: files.length - virtualMachines.length,
        "executions.kept": virtualMachines.length,
      },
    },
  };
  return options.steps === undefined ? workload : keepSteps(workload, options.steps);
}

interface VirtualMachine {
  readonly name: string;
  /** Place among all files in order of name; it determines the VM type. */
  readonly position: number;
  readonly percent: Uint8Array;
}

/** Names of files that editors, downloads and checksums leave; VM files themselves have no extension. */
const LEFTOVER = /(?:~|\.(?:bak|part|tmp|md5|sha256))$/i;

/** Returns the files in order of name. */
async function vmFiles(path: string): Promise<TraceFile[]> {
  if ((await fileAt(path)) !== undefined) return [{ path, name: basename(path) }];
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw explainFileError(error, path, "read");
  });
  const visible = entries.filter(({ name }) => !PASSED_OVER.test(name) && !LEFTOVER.test(name));
  const inner = visible.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
  if (inner.length === 1 && visible.length === 1) return vmFiles(inner[0]);
  if (inner.length > 0) {
    throw new InputError(
      `${describePath(path)} holds folders, not only VM files; give one day's folder, such as ` +
        inner.sort()[0],
    );
  }
  if (visible.length === 0) {
    throw new InputError(
      `empty folder: ${describePath(path)}; give a folder with a file for each virtual machine`,
    );
  }
  const files = visible
    .map(({ name }) => ({ path: join(path, name), name }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  refuseTwins(files);
  return files;
}

/** Number of files read at the same time; reading one by one would mostly be waiting. */
const AT_ONCE = 64;

async function readAll(
  files: readonly TraceFile[],
  skipBad: boolean,
  onProgress: OnProgress | undefined,
): Promise<{ virtualMachines: VirtualMachine[]; inputs: InputFile[] }> {
  const virtualMachines: VirtualMachine[] = [];
  const inputs: InputFile[] = [];
  let done = 0;
  const read = await inOrder(files, AT_ONCE, async (file) => {
    const vm = await readVm(file).catch((error: unknown) => {
      if (!(skipBad && error instanceof InputError)) throw error;
      return undefined;
    });
    onProgress?.({ phase: "reading virtual machines", done: ++done, total: files.length, unit: "files" });
    return vm;
  });
  for (const [position, { path, name }] of files.entries()) {
    const vm = read[position];
    inputs.push({ path: name, sha256: vm?.sha256 ?? (await sha256OfFile(path)) });
    if (vm !== undefined) virtualMachines.push({ name, position, percent: vm.percent });
  }
  return { virtualMachines, inputs };
}

async function readVm({ path }: TraceFile): Promise<{ percent: Uint8Array; sha256: string }> {
  const percent: number[] = [];
  const { sha256 } = await readTable(
    path,
    SCHEMA,
    ({ numbers }) => {
      percent.push(numbers[0]);
    },
    { name: path, trim: true },
  );
  return { percent: Uint8Array.from(percent), sha256 };
}

/** Returns the number of samples that all files have. */
function commonLength(path: string, virtualMachines: readonly VirtualMachine[]): number {
  if (virtualMachines.length === 0)
    throw new InputError(`no valid VM file in ${path}; use --on-error fail to see the fault of one`);
  const [{ name, percent }] = virtualMachines;
  for (const other of virtualMachines) {
    if (other.percent.length !== percent.length) {
      throw new InputError(
        `unequal files: ${other.name} in ${path} has ${other.percent.length} samples, ` +
          `${name} has ${percent.length}; all files of a day must have the same number`,
      );
    }
  }
  return percent.length;
}

function generateHosts(hosts: number): MachineColumns {
  const type = (row: number): (typeof HOST_TYPES)[number] => HOST_TYPES[row % HOST_TYPES.length];
  return {
    id: BigInt64Array.from({ length: hosts }, (_, row) => BigInt(row + 1)),
    cpu: Float64Array.from({ length: hosts }, (_, row) => type(row).cpu / REFERENCE.cpu),
    memory: Float64Array.from({ length: hosts }, (_, row) => type(row).memory / REFERENCE.memory),
    up: new Uint8Array(hosts).fill(1),
  };
}

function requestOf(position: number, files: number): { cpu: number; memory: number } {
  const { cpu, memory } = VM_TYPES[Math.floor(position / Math.ceil(files / VM_TYPES.length))];
  return { cpu: cpu / REFERENCE.cpu, memory: memory / REFERENCE.memory };
}

function buildExecutions(
  virtualMachines: readonly VirtualMachine[],
  files: number,
  samples: number,
): ExecutionColumns {
  const length = virtualMachines.length;
  const requests = virtualMachines.map(({ position }) => requestOf(position, files));
  return {
    job: BigInt64Array.from(virtualMachines, ({ position }) => BigInt(position + 1)),
    index: new Int32Array(length),
    taskClass: new Uint8Array(length).fill(BEST_EFFORT),
    priority: new Uint8Array(length),
    schedulingClass: new Uint8Array(length),
    submit: new Float64Array(length),
    start: new Float64Array(length),
    end: new Float64Array(length).fill(samples * STEP_SECONDS),
    outcome: new Uint8Array(length).fill(OUTCOME.finish),
    cpuRequest: Float64Array.from(requests, ({ cpu }) => cpu),
    memoryRequest: Float64Array.from(requests, ({ memory }) => memory),
    machine: new Int32Array(length).fill(-1),
    initial: new Uint8Array(length).fill(1),
    measured: new Uint8Array(length).fill(1),
  };
}

function buildUsage(
  virtualMachines: readonly VirtualMachine[],
  files: number,
  samples: number,
): UsageColumns {
  const length = virtualMachines.length;
  const cpu = new Float32Array(length * samples);
  const memory = new Float32Array(length * samples);
  for (const [row, { position, percent }] of virtualMachines.entries()) {
    const request = requestOf(position, files);
    for (let step = 0; step < samples; step++)
      cpu[row * samples + step] = (percent[step] / 100) * request.cpu;
    memory.fill(request.memory, row * samples, (row + 1) * samples);
  }
  return {
    offsets: Int32Array.from({ length: length + 1 }, (_, row) => row * samples),
    firstStep: new Int32Array(length),
    cpu,
    memory,
  };
}
