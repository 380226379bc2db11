import type { Row } from "../text/row.js";
import { addRow, finishTable, growingTable, type GrowingTable } from "../../base/columns/growing-table.js";
import { add, type Counts } from "../../workload/build/counts.js";
import { NO_CLASS } from "../borg/event-types.js";
import type { Gap } from "../borg/gaps.js";
import { readParts, type Collector, type ReadingOptions, type TableRows } from "./parts/parts.js";
import { COLUMNS_OF, type EventRows, type JobRows } from "./rows.js";
import type { Part } from "./tables.js";

export interface Events {
  readonly table: TableRows<EventRows>;
  /** Number of rows with a time; "after the trace" does not count as one. */
  readonly rows: number;
  /** True if any row gives the state before the trace. */
  readonly hasInitialState: boolean;
  /** Latest time of any event, 0 if there is none; "after the trace" does not count. */
  readonly last: number;
  /** Earliest time after "before the trace"; Infinity if there is none. */
  readonly first: number;
  /**
   * The gaps between the parts that exist, in order of time. The time before the first part does not count,
   * even if part 0 is missing.
   */
  readonly gaps: readonly Gap[];
}

/**
 * Reads task_events. Events "after the trace" (2^63 - 1) are counted and left out, because they say nothing
 * about the time of the trace.
 */
export async function readEvents(parts: readonly Part[], options: ReadingOptions): Promise<Events> {
  add(options.counts, "events.afterTrace", 0);
  const table = await readParts({ table: "task_events" }, parts, options);
  const figure = (name: string, none: number): number[] =>
    table.facts.map(({ figures }) => figures[name] ?? none);
  const firsts = figure("first", Infinity);
  const lasts = figure("last", 0);
  return {
    table,
    rows: figure("rows", 0).reduce((sum, rows) => sum + rows, 0),
    hasInitialState: figure("initial", 0).some((rows) => rows > 0),
    first: firsts.reduce((a, b) => Math.min(a, b), Infinity),
    last: lasts.reduce((a, b) => Math.max(a, b), 0),
    gaps: findGaps(parts, firsts, lasts),
  };
}

interface CollectedEvents {
  readonly table: GrowingTable<EventRows>;
  first: number;
  last: number;
  initial: number;
  afterTrace: number;
}

export function collectEvents(): Collector<EventRows> {
  const table = growingTable(COLUMNS_OF.task_events);
  const events: CollectedEvents = { table, first: Infinity, last: 0, initial: 0, afterTrace: 0 };
  return {
    visit: (row) => {
      visitEvent(events, row);
    },
    finish: () => {
      const { first, last, initial, afterTrace } = events;
      return {
        columns: finishTable(table),
        counts: { "events.afterTrace": afterTrace } satisfies Counts,
        figures: { first: first === Infinity ? undefined : first, last, initial, rows: table.rows },
      };
    },
  };
}

function visitEvent(events: CollectedEvents, { numbers, ids }: Row): void {
  const when = numbers[0];
  if (when === Infinity) {
    events.afterTrace++;
    return;
  }
  if (when === 0) events.initial++;
  else if (when < events.first) events.first = when;
  if (when > events.last) events.last = when;
  const row = addRow(events.table);
  const { columns } = events.table;
  columns.job[row] = ids[2];
  columns.index[row] = numbers[3];
  columns.time[row] = when;
  columns.type[row] = numbers[5];
  columns.machine[row] = ids[4];
  columns.schedulingClass[row] = Number.isNaN(numbers[7]) ? NO_CLASS : numbers[7];
  columns.priority[row] = numbers[8];
  columns.cpu[row] = numbers[9];
  columns.memory[row] = numbers[10];
}

function findGaps(parts: readonly Part[], firsts: readonly number[], lasts: readonly number[]): Gap[] {
  const gaps: Gap[] = [];
  for (let i = 1; i < parts.length; i++) {
    if (parts[i].number === parts[i - 1].number + 1) continue;
    if (lasts[i - 1] < firsts[i]) gaps.push({ from: lasts[i - 1], to: firsts[i] });
  }
  return gaps;
}

/** Reads the scheduling class of each job that has one from job_events. */
export async function readJobClasses(
  parts: readonly Part[],
  options: ReadingOptions,
): Promise<ReadonlyMap<bigint, number>> {
  const { batches } = await readParts({ table: "job_events" }, parts, options);
  const classes = new Map<bigint, number>();
  for await (const { columns } of batches()) {
    columns.schedulingClass.forEach((value, row) => {
      if (value > (classes.get(columns.job[row]) ?? -1)) classes.set(columns.job[row], value);
    });
  }
  return classes;
}

/** Returns a collector of the rows of job_events that give a scheduling class. */
export function collectJobRows(): Collector<JobRows> {
  const table = growingTable(COLUMNS_OF.job_events);
  return {
    visit: ({ numbers, ids }) => {
      if (Number.isNaN(numbers[5])) return;
      const row = addRow(table);
      table.columns.job[row] = ids[2];
      table.columns.schedulingClass[row] = numbers[5];
    },
    finish: () => ({ columns: finishTable(table), counts: {}, figures: {} }),
  };
}
