/** How the official trace is laid out: its times and its parts. */
import type { Workload } from "../../workload/workload.js";

/** The 29 days of the official trace are cut into 500 parts, also where a workload is shorter. */
export const PARTS = 500;
const PART_MICROSECONDS = (29 * 86_400 * 1e6) / PARTS;
/** Its time stamps begin 600 s before what they describe. */
export const TRACE_ORIGIN = 600e6;

/** Returns the trace's time, in whole microseconds, of a time in seconds from step 0. */
export function microseconds({ originSeconds }: Pick<Workload, "originSeconds">, seconds: number): number {
  return Math.round((originSeconds + seconds) * 1e6);
}

/** Returns the number of the part that holds this time in microseconds. */
export function partOf(time: number): number {
  return Math.min(PARTS - 1, Math.max(0, Math.floor((time - TRACE_ORIGIN) / PART_MICROSECONDS)));
}

/** Returns the name of a part's file, such as "task_usage/part-00007-of-00500.csv.gz". */
export function partName(table: string, part: number, parts: number = PARTS): string {
  const [number, count] = [part, parts].map((value) => String(value).padStart(5, "0"));
  return `${table}/part-${number}-of-${count}.csv.gz`;
}
