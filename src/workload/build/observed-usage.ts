/** Makes the usage of every execution from measurements in windows of any length. */
import { type ExecutionSpans } from "./assemble.js";
import { add, type Counts } from "./counts.js";
import {
  createSampler,
  createWindows,
  layOutSteps,
  sampleCpu,
  sampleMemory,
  whyUnmeasured,
  type Span,
} from "./usage.js";
import type { UsageRows } from "./usage-rows.js";
import { groupRows } from "./tasks.js";
import { orderUsage, windowsOf } from "./usage-windows.js";
import { modelledExecution } from "../usage-model/modelled-execution.js";
import type { UsageModel } from "../usage-model/usage-model.js";
import type { ExecutionColumns, Provenance, UsageColumns } from "../workload.js";

export interface ObservedUsageOptions {
  /** Trace time of step 0 and length of a step, in microseconds. */
  readonly origin: number;
  readonly step: number;
  /** Tasks whose windows the reader assumed: they never count as measured. */
  readonly assumed: ReadonlySet<number>;
  /** Called only if an execution has no CPU usage. */
  readonly createModel: () => UsageModel;
  readonly counts: Counts;
}

/**
 * Returns a sample for each step of each execution: the time-weighted mean of the windows that overlap the
 * step, as for the Google trace. An execution without CPU usage gets usage from the usage model. An execution
 * without memory usage gets its memory request in all steps.
 *
 * An execution is measured if `whyUnmeasured` gives no reason and if its windows are at most twice as long as
 * a step on average: a mean over a day is not a series. Counts under "usage.": `executionsModelled`,
 * `executionsOfFewWindows` (windows too long or too few), `executionsWithLongGaps`, `executionsMeasured`,
 * `steps` (and among them `stepsMeasured` and `stepsCarried`), `assumedMemory` (executions), `rows` of
 * windows, and among these `rowsOfNoExecution`.
 */
export function sampleObserved(
  executions: Omit<ExecutionColumns, "measured">,
  spans: ExecutionSpans,
  rows: UsageRows,
  tasks: number,
  { origin, step, assumed, createModel, counts }: ObservedUsageOptions,
): { usage: UsageColumns; measured: Uint8Array } {
  for (const name of [
    "clippedToExecution",
    "overlapping",
    "stepsCarried",
    "executionsModelled",
    "executionsOfFewWindows",
    "executionsWithLongGaps",
    "assumedMemory",
  ])
    add(counts, `usage.${name}`, 0);
  const groups = orderUsage(rows, groupRows(rows.task, tasks), counts);
  const longest = rows.start.reduce((most, start, row) => Math.max(most, rows.end[row] - start), 0);
  const windows = createWindows();
  const sampler = createSampler();
  const used = new Uint8Array(rows.start.length);
  const windowOptions = { origin, longest, used, counts, into: windows };
  const { offsets, firstStep } = layOutSteps(spans.start, spans.end, step);
  const count = executions.job.length;
  const cpu = new Float32Array(offsets[count]);
  const memory = new Float32Array(offsets[count]);
  const measured = new Uint8Array(count);
  let model: UsageModel | undefined;
  for (let execution = 0; execution < count; execution++) {
    const [from, to] = [offsets[execution], offsets[execution + 1]];
    const span: Span = { start: spans.start[execution], end: spans.end[execution], step };
    const task = spans.task[execution];
    const own = groups.rows.subarray(groups.offsets[task], groups.offsets[task + 1]);
    windowsOf(rows, own, spans.machine[execution], span, windowOptions);
    const place = { from, steps: to - from, firstStep: firstStep[execution] };
    const carried = sampleCpu(sampler, windows, span, { values: cpu, ...place });
    if (carried < 0) {
      model ??= createModel();
      model(modelledExecution(executions, execution), cpu, memory, from, to);
      add(counts, "usage.executionsModelled");
    } else {
      add(counts, "usage.stepsCarried", carried);
      const why =
        2 * windows.count < place.steps
          ? "few"
          : whyUnmeasured(sampler, carried, { steps: place.steps, step });
      measured[execution] = Number(why === undefined && !assumed.has(task));
      add(counts, "usage.executionsOfFewWindows", Number(why === "few"));
      add(counts, "usage.executionsWithLongGaps", Number(why === "gap"));
    }
    const withoutMemory = sampleMemory(sampler, windows, span, { values: memory, ...place });
    if (withoutMemory < 0 && carried >= 0) {
      memory.fill(executions.memoryRequest[execution], from, to);
      add(counts, "usage.assumedMemory");
    }
  }
  countMeasured(measured, offsets, counts);
  add(counts, "usage.rows", used.length);
  add(counts, "usage.rowsOfNoExecution", used.length - used.reduce((sum, flag) => sum + flag, 0));
  return { usage: { offsets, firstStep, cpu, memory }, measured };
}

/** Counts the measured executions and their steps, and all steps (`usage.steps`). */
export function countMeasured(measured: Uint8Array, offsets: Int32Array, counts: Counts): void {
  let [executions, steps] = [0, 0];
  for (let execution = 0; execution < measured.length; execution++) {
    if (measured[execution] === 0) continue;
    executions++;
    steps += offsets[execution + 1] - offsets[execution];
  }
  add(counts, "usage.executionsMeasured", executions);
  add(counts, "usage.stepsMeasured", steps);
  add(counts, "usage.steps", offsets[measured.length]);
}

/** Returns the label of a workload's usage, given which of its executions are measured. */
export function labelUsage(measured: Uint8Array): Provenance["usage"] {
  if (!measured.includes(0)) return "measured";
  return measured.includes(1) ? "mixed" : "modelled";
}
