import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { InputError } from "../errors.js";
import { writeFileAtomic } from "../files.js";
import type { OnProgress } from "../progress.js";
import { MACHINE_EVENT, OUTCOME, type Workload } from "./workload.js";

const TABLES = ["machine_events", "job_events", "task_events", "task_usage"] as const;
/** Part number of a time: 29 days in 500 parts, as the official trace is cut. */
const PARTS = 500;
const PART_MICROSECONDS = (29 * 86_400 * 1e6) / PARTS;
const EVENT = { submit: 0, schedule: 1 } as const;
const PLATFORM = hashText("platform");

/** A row of task_events or job_events before it is text. */
interface Event {
  /** Microseconds of trace time, 0 for what was so before the trace. */
  readonly time: number;
  readonly run: number;
  readonly type: number;
  /** Place among the events of its task. */
  readonly turn: number;
}

/**
 * Writes a workload in the official layout of clusterdata-2011-2 (machine_events, job_events, task_events and task_usage as
 * `.csv.gz` parts of 5,011.2 s): the same workload gives the same bytes, and `openGoogle2011` reads it back. Usage is
 * written to six digits. Names of users and jobs are invented, disk and the other columns that a
 * workload does not know are empty. Returns the names of the files written, relative to the folder. Throws InputError
 * where the folder already holds one of the tables.
 */
export async function writeGoogle2011(
  workload: Workload,
  directory: string,
  { onProgress }: { readonly onProgress?: OnProgress } = {},
): Promise<string[]> {
  await checkFree(directory);
  const written: string[] = [];
  const write = async (
    table: string,
    part: number,
    parts: number,
    lines: readonly string[],
  ): Promise<void> => {
    const name = `part-${String(part).padStart(5, "0")}-of-${String(parts).padStart(5, "0")}.csv.gz`;
    await writeFileAtomic(join(directory, table, name), compress(lines));
    written.push(`${table}/${name}`);
  };
  await write("machine_events", 0, 1, machineLines(workload));
  const events = taskEvents(workload);
  for (const [part, rows] of byPart(events))
    await write("task_events", part, PARTS, rows.map(taskLine(workload)));
  const jobs = jobEvents(workload, events);
  for (const [part, rows] of byPart(jobs))
    await write("job_events", part, PARTS, rows.map(jobLine(workload)));
  const parts = usageParts(workload);
  for (const part of parts) {
    await write("task_usage", part, PARTS, usageLines(workload, part));
    onProgress?.({
      phase: "writing usage",
      done: parts.indexOf(part) + 1,
      total: parts.length,
      unit: "parts",
    });
  }
  return written;
}

async function checkFree(directory: string): Promise<void> {
  const names = await readdir(directory).catch((): string[] => []);
  const taken = TABLES.find((table) => names.includes(table));
  if (taken !== undefined) {
    throw new InputError(`output folder ${directory} holds ${taken}; choose another folder or remove it`);
  }
}

/** Gzip bytes that do not depend on the platform: level 9, no time, operating system "unknown". */
function compress(lines: readonly string[]): Uint8Array {
  const bytes = gzipSync(lines.length === 0 ? "" : `${lines.join("\n")}\n`, { level: 9 });
  bytes.fill(0, 4, 8);
  bytes[9] = 255;
  return bytes;
}

function microseconds({ originSeconds }: Workload, seconds: number): number {
  return Math.round((originSeconds + seconds) * 1e6);
}

function machineLines(workload: Workload): string[] {
  const { machines, machineEvents } = workload;
  const lines: string[] = [];
  const add = (time: number, machine: number, kind: number, cpu: number, memory: number): void => {
    lines.push([time, machines.id[machine], kind, PLATFORM, cpu, memory].join(","));
  };
  for (let machine = 0; machine < machines.id.length; machine++) {
    if (machines.up[machine] === 1) {
      add(0, machine, MACHINE_EVENT.add, machines.cpu[machine], machines.memory[machine]);
    }
  }
  for (let row = 0; row < machineEvents.time.length; row++) {
    const time = microseconds(workload, machineEvents.time[row]);
    add(
      time,
      machineEvents.machine[row],
      machineEvents.kind[row],
      machineEvents.cpu[row],
      machineEvents.memory[row],
    );
  }
  return lines;
}

/** SUBMIT, SCHEDULE and the end of each run, in order of time, then job, index and turn. */
function taskEvents(workload: Workload): Event[] {
  const { runs } = workload;
  const turns = new Map<string, number>();
  const events: Event[] = [];
  for (let run = 0; run < runs.job.length; run++) {
    const task = `${runs.job[run].toString()}/${runs.index[run]}`;
    const turn = turns.get(task) ?? 0;
    turns.set(task, turn + 3);
    const initial = runs.initial[run] === 1;
    const submit = initial ? 0 : microseconds(workload, runs.submit[run]);
    const start = initial ? 0 : microseconds(workload, runs.start[run]);
    events.push({ time: submit, run, type: EVENT.submit, turn });
    events.push({ time: start, run, type: EVENT.schedule, turn: turn + 1 });
    if (runs.outcome[run] === OUTCOME.alive) continue;
    events.push({
      time: microseconds(workload, runs.end[run]),
      run,
      type: runs.outcome[run],
      turn: turn + 2,
    });
  }
  return events.sort(
    (a, b) =>
      a.time - b.time ||
      Number(runs.job[a.run] - runs.job[b.run]) ||
      runs.index[a.run] - runs.index[b.run] ||
      a.turn - b.turn,
  );
}

function taskLine({ machines, runs }: Workload): (event: Event) => string {
  return ({ time, run, type }) => {
    const machine = runs.machine[run];
    const place = type === EVENT.submit || machine < 0 ? "" : machines.id[machine].toString();
    const job = runs.job[run];
    return [
      time,
      "",
      job,
      runs.index[run],
      place,
      type,
      userOf(job),
      runs.schedulingClass[run],
      runs.priority[run],
      runs.cpuRequest[run],
      runs.memoryRequest[run],
      "",
      0,
    ].join(",");
  };
}

/** SUBMIT and SCHEDULE of a job with its first task, its end with its last. */
function jobEvents({ runs }: Workload, events: readonly Event[]): Event[] {
  const first = new Map<bigint, { submit: Event; schedule?: Event; end?: Event; running: number }>();
  for (const event of events) {
    const id = runs.job[event.run];
    const job = first.get(id) ?? { submit: event, running: 0 };
    first.set(id, job);
    if (event.type === EVENT.submit) job.running++;
    else if (event.type === EVENT.schedule) job.schedule ??= event;
    else {
      job.running--;
      job.end = event;
    }
  }
  return [...first.values()]
    .flatMap(({ submit, schedule, end, running }) =>
      [submit, schedule, running === 0 ? end : undefined].filter(
        (event): event is Event => event !== undefined,
      ),
    )
    .sort((a, b) => a.time - b.time || Number(runs.job[a.run] - runs.job[b.run]) || a.type - b.type);
}

function jobLine({ runs }: Workload): (event: Event) => string {
  return ({ time, run, type }) => {
    const job = runs.job[run];
    const name = hashText(`job ${job.toString()}`);
    return [time, "", job, type, userOf(job), runs.schedulingClass[run], name, name].join(",");
  };
}

function byPart(events: readonly Event[]): Map<number, Event[]> {
  const parts = new Map<number, Event[]>();
  for (const event of events) {
    const part = partOf(event.time);
    const rows = parts.get(part);
    if (rows === undefined) parts.set(part, [event]);
    else rows.push(event);
  }
  return parts;
}

function partOf(time: number): number {
  return Math.min(PARTS - 1, Math.max(0, Math.floor((time - 600e6) / PART_MICROSECONDS)));
}

/** Parts that hold the beginning of a step. */
function usageParts(workload: Workload): number[] {
  const parts = new Set<number>();
  for (let step = 0; step < workload.steps; step++) {
    parts.add(partOf(microseconds(workload, step * workload.stepSeconds)));
  }
  return [...parts];
}

/** A window for every step that a run touches, cut to the time that it is there; CPU is the rate in that time. */
function usageLines(workload: Workload, part: number): string[] {
  const { machines, runs, usage, steps, stepSeconds } = workload;
  const rows: { start: number; run: number; line: string }[] = [];
  for (let run = 0; run < runs.job.length; run++) {
    const machine = runs.machine[run];
    const place = machine < 0 ? "" : machines.id[machine].toString();
    for (let sample = usage.offsets[run]; sample < usage.offsets[run + 1]; sample++) {
      const step = usage.firstStep[run] + sample - usage.offsets[run];
      if (step >= steps || partOf(microseconds(workload, step * stepSeconds)) !== part) continue;
      const start = microseconds(workload, Math.max(runs.start[run], step * stepSeconds));
      const end = microseconds(workload, Math.min(runs.end[run], (step + 1) * stepSeconds));
      if (end <= start) continue;
      const rate = digits((usage.cpu[sample] * stepSeconds * 1e6) / (end - start));
      const memory = digits(usage.memory[sample]);
      const line = [start, end, runs.job[run], runs.index[run], place, rate, memory, "", "", "", memory];
      rows.push({ start, run, line: [...line, "", "", rate, "", "", "", "", 0, ""].join(",") });
    }
  }
  rows.sort((a, b) => a.start - b.start || a.run - b.run);
  return rows.map(({ line }) => line);
}

function digits(value: number): string {
  return Number(value.toPrecision(6)).toString();
}

function userOf(job: bigint): string {
  return hashText(`user ${(job % 97n).toString()}`);
}

function hashText(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
