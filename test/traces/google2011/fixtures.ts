import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { NO_CLASS } from "../../../src/traces/borg/event-types.js";
import type { EventColumns } from "../../../src/traces/borg/events.js";
import type { UsageModel } from "../../../src/workload/usage-model/usage-model.js";

export const [SUBMIT, SCHEDULE, EVICT, FAIL, FINISH, KILL, LOST, UPDATE_PENDING, UPDATE_RUNNING] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8,
];

/** Microseconds of trace time, for seconds from step 0 of a trace that begins at 600 s. */
export const at = (seconds: number): number => Math.round((600 + seconds) * 1e6);

export interface Event {
  time: number;
  type: number;
  job?: number;
  index?: number;
  machine?: number | "";
  priority?: number;
  schedulingClass?: number | "";
  cpu?: number | "";
  memory?: number | "";
}

/** Events of task 0 (all of them) as the reader holds them. */
export function eventColumns(events: readonly Event[]): EventColumns {
  const value = (x: number | "" | undefined, none: number): number =>
    x === undefined || x === "" ? none : x;
  return {
    task: Int32Array.from(events, () => 0),
    time: Float64Array.from(events, (event) => event.time),
    type: Uint8Array.from(events, (event) => event.type),
    machine: new BigInt64Array(events.map((event) => BigInt(value(event.machine, -1)))),
    schedulingClass: Uint8Array.from(events, (event) => value(event.schedulingClass, NO_CLASS)),
    priority: Uint16Array.from(events, (event) => event.priority ?? 0),
    cpu: Float64Array.from(events, (event) => value(event.cpu, NaN)),
    memory: Float64Array.from(events, (event) => value(event.memory, NaN)),
  };
}

/** A line of task_events. */
export function eventLine(event: Event): string {
  const { time, type, job = 1, index = 0, machine = "", priority = 0 } = event;
  const { schedulingClass = 0, cpu = 0.1, memory = 0.1 } = event;
  return `${time},,${job},${index},${machine},${type},u,${schedulingClass},${priority},${cpu},${memory},0,0`;
}

export interface Window {
  start: number;
  end: number;
  job?: number;
  index?: number;
  machine?: number | "";
  cpu?: number | string;
  memory?: number | string;
  maximumCpu?: number;
  maximumMemory?: number;
}

/** A line of task_usage. */
export function usageLine(window: Window): string {
  const { start, end, job = 1, index = 0, machine = "", cpu = 0.1, memory = 0.1 } = window;
  const { maximumCpu = "", maximumMemory = "" } = window;
  return `${start},${end},${job},${index},${machine},${cpu},${memory},,,,${maximumMemory},,,${maximumCpu},,,,0,0,`;
}

/** Writes files into a new folder, gzipped where the name says so; returns the folder. */
export function writeTrace(files: Readonly<Record<string, readonly string[]>>): string {
  const folder = mkdtempSync(join(tmpdir(), "schedlab-google2011-"));
  for (const [name, lines] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const text = lines.map((line) => `${line}\n`).join("");
    writeFileSync(path, name.endsWith(".gz") ? gzipSync(text) : text);
  }
  return folder;
}

export const part = (number: number, of = 500): string =>
  `part-${String(number).padStart(5, "0")}-of-${String(of).padStart(5, "0")}.csv.gz`;

/** Stands in for the usage model: half the request, in every step. */
export const halfOfRequest = (): UsageModel => (execution, cpu, memory, from, to) => {
  cpu.fill(execution.cpuRequest / 2, from, to);
  memory.fill(execution.memoryRequest / 2, from, to);
};
