/** Usage of every run, out of what a trace measured in windows of any length. */
import { type RunSpans } from "./assemble.js";
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
import { modelledRun } from "../usage-model/modelled-run.js";
import type { UsageModel } from "../usage-model/usage-model.js";
import type { RunColumns, UsageColumns } from "../workload.js";

export interface ObservedUsageOptions {
  /** Trace time of step 0 and length of a step, in microseconds. */
  readonly origin: number;
  readonly step: number;
  /** Tasks whose windows are an assumption of the reader: never counted as measured. */
  readonly assumed: ReadonlySet<number>;
  /** Made only where a run has no CPU usage. */
  readonly createModel: () => UsageModel;
  readonly counts: Counts;
}

/**
 * Returns a sample for each step of each run: the time-weighted mean of the windows that it overlaps, as for
 * the Google trace. A run without CPU usage gets that of the usage model; one without memory usage holds its
 * request throughout.
 *
 * A run is measured (see `whyUnmeasured`) where windows are at most twice as long as a step on average, too:
 * a mean over a day is no series. Counted under "usage.": `runsModelled`, `runsOfFewWindows` (too long or too
 * few), `runsWithLongGaps`, `runsMeasured`, `steps` and, of them, `stepsMeasured` and `stepsCarried`,
 * `assumedMemory` (runs), `rows` of windows and those `rowsOfNoRun`.
 */
export function sampleObserved(
  runs: Omit<RunColumns, "measured">,
  spans: RunSpans,
  rows: UsageRows,
  tasks: number,
  { origin, step, assumed, createModel, counts }: ObservedUsageOptions,
): { usage: UsageColumns; measured: Uint8Array } {
  for (const name of [
    "clippedToRun",
    "overlapping",
    "stepsCarried",
    "runsModelled",
    "runsOfFewWindows",
    "runsWithLongGaps",
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
  const count = runs.job.length;
  const cpu = new Float32Array(offsets[count]);
  const memory = new Float32Array(offsets[count]);
  const measured = new Uint8Array(count);
  let model: UsageModel | undefined;
  for (let run = 0; run < count; run++) {
    const [from, to] = [offsets[run], offsets[run + 1]];
    const span: Span = { start: spans.start[run], end: spans.end[run], step };
    const task = spans.task[run];
    const own = groups.rows.subarray(groups.offsets[task], groups.offsets[task + 1]);
    windowsOf(rows, own, spans.machine[run], span, windowOptions);
    const place = { from, steps: to - from, firstStep: firstStep[run] };
    const carried = sampleCpu(sampler, windows, span, { values: cpu, ...place });
    if (carried < 0) {
      model ??= createModel();
      model(modelledRun(runs, run), cpu, memory, from, to);
      add(counts, "usage.runsModelled");
    } else {
      add(counts, "usage.stepsCarried", carried);
      const why =
        2 * windows.count < place.steps
          ? "few"
          : whyUnmeasured(sampler, carried, { steps: place.steps, step });
      measured[run] = Number(why === undefined && !assumed.has(task));
      add(counts, "usage.runsOfFewWindows", Number(why === "few"));
      add(counts, "usage.runsWithLongGaps", Number(why === "gap"));
    }
    const withoutMemory = sampleMemory(sampler, windows, span, { values: memory, ...place });
    if (withoutMemory < 0 && carried >= 0) {
      memory.fill(runs.memoryRequest[run], from, to);
      add(counts, "usage.assumedMemory");
    }
  }
  countMeasured(measured, offsets, counts);
  add(counts, "usage.rows", used.length);
  add(counts, "usage.rowsOfNoRun", used.length - used.reduce((sum, flag) => sum + flag, 0));
  return { usage: { offsets, firstStep, cpu, memory }, measured };
}

/** Counts the runs whose use is measured and their steps, of `usage.steps` in all. */
export function countMeasured(measured: Uint8Array, offsets: Int32Array, counts: Counts): void {
  let [runs, steps] = [0, 0];
  for (let run = 0; run < measured.length; run++) {
    if (measured[run] === 0) continue;
    runs++;
    steps += offsets[run + 1] - offsets[run];
  }
  add(counts, "usage.runsMeasured", runs);
  add(counts, "usage.stepsMeasured", steps);
  add(counts, "usage.steps", offsets[measured.length]);
}
