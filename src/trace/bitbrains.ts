/**
 * GWA-T-12 Bitbrains, the traces fastStorage and rnd of a data center for business workloads (Shen, van Beek, Iosup, "Statistical
 * Characterization of Business-Critical Workloads Hosted in Cloud Datacenters", CCGrid 2015): a file a virtual machine (VM), a header
 * line, then a row every 300 s with 11 values that a semicolon and a tab divide.
 */
import { join } from "node:path";
import { readdir } from "node:fs/promises";
import { InputError } from "../errors.js";
import { parseFloating } from "./csv-values.js";
import { findTables, type TraceFile } from "./folder.js";
import { add, type Counts } from "./google2011/counts.js";
import { createRunsBuilder } from "./google2011/runs.js";
import { createTaskKeys } from "./task-keys.js";
import { generateHosts, hostCount, hostsNeeded } from "./hosts.js";
import { inputOf, type InputFile } from "./inputs.js";
import { BadRow, badValue, readLines, take } from "./lines.js";
import { buildObserved, createWindowsBuilder } from "./observed.js";
import type { OpenOptions } from "./options.js";
import { OUTCOME, type Workload } from "./workload.js";

/** The header's names, less their units; those after the seventh are checked to be numbers and not used. */
const COLUMNS = [
  "Timestamp",
  "CPU cores",
  "CPU capacity provisioned",
  "CPU usage",
  "CPU usage",
  "Memory capacity provisioned",
  "Memory usage",
  "Disk read throughput",
  "Disk write throughput",
  "Network received throughput",
  "Network transmitted throughput",
] as const;

/** Our assumption, as the trace names no hosts: 32 cores at 2,926 MHz, the speed of most VMs' cores, and 512 GiB. */
const HOST = { megahertz: 32 * 2926, kilobytes: 512 * 2 ** 20 } as const;

const STEP_SECONDS = 300;
/** A row stands for the time to the next one, for at most so many seconds. */
const LONGEST_WINDOW = 2 * STEP_SECONDS;
/** The header says milliseconds, the published values are seconds since 1970: those are below this. */
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
 * Opens a folder of Bitbrains VM files (`NUMBER.csv`, `.gz` too), such as `fastStorage/2013-8`. Each VM is one best-effort run from its
 * first row to 300 s after its last; its request is the largest capacity it was ever given. CPU and memory are measured.
 *
 * What the trace lacks: hosts and placement (hosts are generated, see HOST in the source, as many as the peak of the requests needs,
 * or `machines`; they are as large as the largest VM at least), which VMs are latency-critical, and why a VM ends. The report
 * counts under "bitbrains." VMs without any capacity (left out), rows that repeat a time, and gaps of more than two steps.
 * @throws InputError naming file, line and column for a row that is not 11 numbers of at least 0.
 */
export async function openBitbrains(folder: string, options: OpenOptions = {}): Promise<Workload> {
  const counts: Counts = {};
  for (const name of ["skippedRows", "repeatedTimes", "longGaps", "withoutCapacity"])
    add(counts, `bitbrains.${name}`, 0);
  const { vms, inputs } = await readVms(folder, options, counts);
  const host = {
    megahertz: vms.reduce((most, { askedMegahertz }) => Math.max(most, askedMegahertz), HOST.megahertz),
    kilobytes: vms.reduce((most, { askedKilobytes }) => Math.max(most, askedKilobytes), HOST.kilobytes),
  };
  const tasks = createTaskKeys();
  const runs = createRunsBuilder();
  const windows = createWindowsBuilder();
  for (const vm of vms) {
    const task = tasks.number(BigInt(vm.number), 0);
    const [first, last] = [vm.samples[0], vm.samples[vm.samples.length - 1]];
    runs.push({
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
  const rows = runs.finish();
  const step = STEP_SECONDS * 1e6;
  return buildObserved(
    {
      source: "bitbrains",
      origin: Math.floor(rows.start.reduce((least, time) => Math.min(least, time), Infinity) / step) * step,
      last: rows.end.reduce((most, time) => Math.max(most, time), 0),
      tasks: tasks.finish(),
      runs: rows,
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
  /** The largest capacity that it was ever given. */
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
  for (const [done, file] of files.entries()) {
    onProgress?.({ phase: "reading virtual machines", done, total: files.length, unit: "files" });
    const { samples, input } = await readVm(file, onError, counts);
    inputs.push(input);
    const askedMegahertz = samples.reduce((most, sample) => Math.max(most, sample.askedMegahertz), 0);
    const askedKilobytes = samples.reduce((most, sample) => Math.max(most, sample.askedKilobytes), 0);
    if (askedMegahertz > 0) vms.push({ number: numberOf(file), samples, askedMegahertz, askedKilobytes });
    else add(counts, "bitbrains.withoutCapacity");
  }
  if (vms.length === 0)
    throw new InputError(`no VM with any capacity in ${folder}; check that its files are the published ones`);
  return { vms, inputs };
}

/** The samples with the time up to which each holds; a long gap is left open, and counted. */
function windowsOfSamples(samples: readonly Sample[], counts: Counts): (Sample & { readonly end: number })[] {
  return samples.map((sample, row) => {
    const next = samples.at(row + 1)?.time ?? sample.time + STEP_SECONDS;
    const isLong = next - sample.time > LONGEST_WINDOW;
    if (isLong) add(counts, "bitbrains.longGaps");
    return { ...sample, end: isLong ? sample.time + STEP_SECONDS : next };
  });
}

/** In order of number. */
async function vmFiles(folder: string): Promise<TraceFile[]> {
  const expected = "a file NUMBER.csv for each virtual machine";
  const { vm } = await findTables(folder, { vm: /^\d+\.csv(\.gz)?$/ }, expected);
  const nested = vm.find(({ name }) => name.includes("/"));
  if (nested !== undefined) {
    const entries = await readdir(folder, { withFileTypes: true });
    const first = entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort()[0];
    throw new InputError(
      `${folder} holds folders, not VM files alone: numbers repeat from month to month; give one, such as ${join(folder, first)}`,
    );
  }
  return vm.sort((a, b) => numberOf(a) - numberOf(b));
}

function numberOf({ name }: TraceFile): number {
  return Number.parseInt(name, 10);
}

async function readVm(
  { path, name }: TraceFile,
  onError: "fail" | "skip",
  counts: Counts,
): Promise<{ samples: Sample[]; input: InputFile }> {
  const samples: Sample[] = [];
  const summary = await readLines(
    path,
    (line, number) => {
      if (line.trim() === "") return false;
      const texts = line.split(";").map((text) => text.trim());
      if (texts.length !== COLUMNS.length)
        throw new BadRow("the whole line", `has ${texts.length} columns instead of ${COLUMNS.length}`);
      if (number === 1 && texts[0].startsWith(COLUMNS[0])) return false;
      samples.push(parseSample(texts));
      return true;
    },
    { name, onError },
  );
  add(counts, "bitbrains.skippedRows", summary.skippedRows);
  // Of rows with one time, the largest stays, whatever their order.
  samples.sort((a, b) => a.time - b.time || b.megahertz - a.megahertz || b.kilobytes - a.kilobytes);
  const distinct = samples.filter((sample, row) => row === 0 || sample.time > samples[row - 1].time);
  add(counts, "bitbrains.repeatedTimes", samples.length - distinct.length);
  if (distinct.length === 0) throw new InputError(`no valid row in ${name}; see one with --on-error fail`);
  return { samples: distinct, input: inputOf(name, summary) };
}

function parseSample(texts: readonly string[]): Sample {
  const values = texts.map((text, i) => {
    const value = take(COLUMNS[i], text, parseFloating(text));
    if (value < 0) throw badValue(COLUMNS[i], text, "is below 0");
    return value;
  });
  return {
    time: values[0] < SECONDS_BELOW ? values[0] : values[0] / 1000,
    askedMegahertz: values[2],
    megahertz: values[3],
    askedKilobytes: values[5],
    kilobytes: values[6],
  };
}
