import type { Row } from "../text/row.js";
import { addRow, finishTable, growingTable, type GrowingTable } from "../../base/columns/growing-table.js";
import { add, type Counts } from "../../workload/build/counts.js";
import { readParts, type Collector, type ReadingOptions, type TableRows } from "./parts/parts.js";
import { COLUMNS_OF, type StoredUsage } from "./rows.js";
import { SCHEMAS, type Part } from "./tables.js";
import { countUnknown, createWants, wantsTask, type WantedUsage, type WantsUsage } from "./wanted-usage.js";

export interface UsageReading {
  readonly table: TableRows<StoredUsage>;
  /**
   * Latest end and earliest start of all windows, also of rows that are not wanted; 0 and Infinity if there
   * is none.
   */
  readonly last: number;
  readonly first: number;
  /** Length of the longest kept window, in microseconds; 0 if there is none. */
  readonly longest: number;
  /** True if the rows may include those of unknown tasks (see `KnownTasks`). */
  readonly hasUnknownTasks: boolean;
}

const COLUMN = Object.fromEntries(SCHEMAS.task_usage.map(({ name }, i) => [name, i])) as Record<
  string,
  number
>;
const START = COLUMN["start time"];
const END = COLUMN["end time"];
const JOB = COLUMN["job ID"];
const INDEX = COLUMN["task index"];
const MACHINE = COLUMN["machine ID"];
const CPU = COLUMN["CPU rate"];
const MEMORY = COLUMN["canonical memory usage"];
const LARGEST_CPU = COLUMN["maximum CPU rate"];
const LARGEST_MEMORY = COLUMN["maximum memory usage"];

/** In the order of the report. */
const COUNTED = [
  "empty",
  "zero",
  "negative",
  "maximumBelowMean",
  "aboveOne",
  "outOfOrder",
  "zeroLength",
] as const;

/**
 * Reads the wanted rows of task_usage (default: all), about `share` of the table.
 *
 * The report counts under "usage.": rows with an empty, zero or negative mean, a maximum below the mean, a
 * value above 1 (the largest machine), a window that starts before the window of the previous row, and a
 * window of no length. Empty and negative values count as missing; a mean above 1 is reduced to 1; windows of
 * no length are left out; all other values stay.
 */
export async function readUsage(
  parts: readonly Part[],
  wanted: WantedUsage | undefined,
  options: ReadingOptions,
  share = 1,
): Promise<UsageReading> {
  for (const name of COUNTED) add(options.counts, `usage.${name}`, 0);
  const table = await readParts({ table: "task_usage", wanted }, parts, options, share);
  const figure = (name: string, none: number): number[] =>
    table.facts.map(({ figures }) => figures[name] ?? none);
  return {
    table,
    last: figure("last", 0).reduce((a, b) => Math.max(a, b), 0),
    first: figure("first", Infinity).reduce((a, b) => Math.min(a, b), Infinity),
    longest: figure("longest", 0).reduce((a, b) => Math.max(a, b), 0),
    hasUnknownTasks: wanted === undefined || figure("ofUnknownTasks", 0).some((rows) => rows > 0),
  };
}

interface CollectedUsage {
  readonly table: GrowingTable<StoredUsage>;
  /** Undefined if every row is wanted. */
  readonly wants: WantsUsage | undefined;
  readonly counts: Counts;
  last: number;
  first: number;
  longest: number;
  /** Start of the previous row. */
  previous: number;
  ofUnknownTasks: number;
}

/** Returns a collector of the wanted rows of task_usage, or of all rows without the argument. */
export function collectUsage(wanted?: WantedUsage): Collector<StoredUsage> {
  const usage: CollectedUsage = {
    table: growingTable(COLUMNS_OF.task_usage),
    wants: wanted && createWants(wanted),
    counts: {},
    last: 0,
    first: Infinity,
    longest: 0,
    previous: 0,
    ofUnknownTasks: 0,
  };
  return {
    visit: (row) => {
      visitUsage(usage, row);
    },
    finish: () => {
      const { table, wants, last, first, longest } = usage;
      const ofUnknownTasks =
        wants?.isEverything === true ? countUnknown(wants, table.columns, table.rows) : usage.ofUnknownTasks;
      return {
        columns: finishTable(table),
        counts: usage.counts,
        figures: { last, first: first === Infinity ? undefined : first, longest, ofUnknownTasks },
      };
    },
  };
}

function visitUsage(usage: CollectedUsage, row: Row): void {
  const { table, wants, counts } = usage;
  const { numbers, ids, idWords } = row;
  const start = numbers[START];
  const end = numbers[END];
  if (start === Infinity) row.reject(START, "is after the trace, where no usage is measured");
  if (end === Infinity) row.reject(END, "is after the trace, where no usage is measured");
  if (end < start) row.reject(END, `is before the window's start ${start}`);
  if (end === start) {
    add(counts, "usage.zeroLength");
    return;
  }
  if (start < usage.previous) add(counts, "usage.outOfOrder");
  usage.previous = start;
  countOddities(numbers, counts);
  if (end > usage.last) usage.last = end;
  if (start < usage.first) usage.first = start;
  const index = numbers[INDEX];
  if (wants?.isEverything === false) {
    const isWanted = wantsTask(wants, idWords[2 * JOB], idWords[2 * JOB + 1], index);
    if (!(isWanted ?? wants.byMachine(ids[JOB], index, ids[MACHINE]))) return;
    if (isWanted === undefined) usage.ofUnknownTasks++;
  }
  if (end - start > usage.longest) usage.longest = end - start;
  const added = addRow(table);
  const { columns } = table;
  columns.job[added] = ids[JOB];
  columns.index[added] = index;
  columns.start[added] = start;
  columns.end[added] = end;
  columns.machine[added] = ids[MACHINE];
  columns.cpu[added] = clean(numbers[CPU]);
  columns.memory[added] = clean(numbers[MEMORY]);
}

/** Returns NaN for a missing or negative value. */
function clean(value: number): number {
  return value >= 0 ? Math.min(value, 1) : NaN;
}

/** Counts a row once for each kind of odd value, in CPU or memory. */
function countOddities(numbers: Float64Array, counts: Counts): void {
  const cpu = numbers[CPU];
  const memory = numbers[MEMORY];
  if (Number.isNaN(cpu) || Number.isNaN(memory)) add(counts, "usage.empty");
  if (cpu === 0 || memory === 0) add(counts, "usage.zero");
  if (cpu < 0 || memory < 0) add(counts, "usage.negative");
  if (cpu > 1 || memory > 1) add(counts, "usage.aboveOne");
  if (numbers[LARGEST_CPU] < cpu || numbers[LARGEST_MEMORY] < memory) add(counts, "usage.maximumBelowMean");
}
