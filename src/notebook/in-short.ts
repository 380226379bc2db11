/**
 * Shortens values that are too long to print: runs as a table, a workload in a few lines, other values
 * truncated.
 */
import type { ColumnTable } from "arquero";
import type { Run } from "../simulate/simulate.js";
import { summaryTable } from "../simulate/tables.js";
import { describeQuality } from "../workload/quality.js";
import { LATENCY_CRITICAL, type Workload } from "../workload/workload.js";
import { writeNumber } from "../base/write-numbers.js";

/** Returns the summaries of a run or of several, one row per run; undefined for anything else. */
export function tableOfRuns(value: unknown): ColumnTable | undefined {
  if (isRun(value)) return summaryTable([value]);
  if (isListOf(value, isRun)) return summaryTable(value);
  return undefined;
}

function isRun(value: unknown): value is Run {
  if (typeof value !== "object" || value === null) return false;
  const { policy, summary, steps, manifest } = value as Partial<Record<keyof Run, unknown>>;
  const hasParts = [summary, steps, manifest].every((part) => typeof part === "object" && part !== null);
  return typeof policy === "string" && hasParts;
}

function isListOf<T>(value: unknown, isOne: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.length > 0 && value.every(isOne);
}

export function isWorkload(value: unknown): value is Workload {
  if (typeof value !== "object" || value === null) return false;
  const { source, machines, executions, usage, provenance } = value as Partial<
    Record<keyof Workload, unknown>
  >;
  const hasParts = [machines, executions, usage, provenance].every(
    (part) => typeof part === "object" && part !== null,
  );
  return typeof source === "string" && hasParts;
}

/** Returns a description of a workload in five lines of text. */
export function workloadCard(workload: Workload): string {
  const { source, machines, executions, steps, stepSeconds, lcRule, provenance } = workload;
  const critical = executions.taskClass.reduce(
    (count, code) => count + (code === LATENCY_CRITICAL ? 1 : 0),
    0,
  );
  return [
    `workload  ${source}: ${countOf(machines.id.length, "machine")}`,
    `tasks     ${countOf(executions.start.length, "execution")}, ${written(critical)} of them ` +
      `latency-critical (${lcRule})`,
    `time      ${countOf(steps, "step")} of ${writeNumber(stepSeconds)} s: ` +
      `${writeNumber((steps * stepSeconds) / 3600)} h`,
    `usage     ${provenance.usage}`,
    `data      ${quality(workload)}`,
  ].join("\n");
}

/** Returns how much is measured, and how many more notes on the data there are. */
function quality(workload: Workload): string {
  const sentences = describeQuality(workload);
  if (sentences.length === 0) return "generated";
  const [measured, ...notes] = sentences;
  if (notes.length === 0) return measured;
  return `${measured} ${countOf(notes.length, "note")} more: describeQuality(workload)`;
}

function countOf(count: number, thing: string): string {
  return `${written(count)} ${thing}${count === 1 ? "" : "s"}`;
}

function written(count: number): string {
  return count.toLocaleString("en-US");
}

/** Returns the first lines of a text; where there are more, adds a line that says how to see them. */
export function cutLines(text: string, most: number): string {
  const lines = text.split("\n");
  if (lines.length <= most) return text;
  const more = written(lines.length - most);
  return [...lines.slice(0, most), `… ${more} more lines: show(value, { lines: Infinity }) shows all`].join(
    "\n",
  );
}
