/** The layout of the official trace: its times and its parts. */
import type { Workload } from "../../workload/workload.js";

/** The 29 days of the official trace are cut into 500 parts. A shorter workload has the same cuts. */
export const PARTS = 500;
const PART_MICROSECONDS = (29 * 86_400 * 1e6) / PARTS;
/** The trace begins at this time stamp, not at 0. */
export const TRACE_ORIGIN = 600e6;

/** Converts a time in seconds from step 0 to trace time in whole microseconds. */
export function microseconds({ originSeconds }: Pick<Workload, "originSeconds">, seconds: number): number {
  return Math.round((originSeconds + seconds) * 1e6);
}

/** Returns the number of the part that contains this time in microseconds. */
export function partOf(time: number): number {
  return Math.min(PARTS - 1, Math.max(0, Math.floor((time - TRACE_ORIGIN) / PART_MICROSECONDS)));
}

/** Returns the name of a part's file, such as "task_usage/part-00007-of-00500.csv.gz". */
export function partName(table: string, part: number, parts: number = PARTS): string {
  const [number, count] = [part, parts].map((value) => String(value).padStart(5, "0"));
  return `${table}/part-${number}-of-${count}.csv.gz`;
}
