import { InputError } from "../../errors.js";
import type { OnProgress } from "../../progress.js";
import { modelledRun, type ModelledRun, type UsageModel } from "../usage-model.js";
import type { RunColumns, UsageColumns } from "../workload.js";
import { add, type Counts } from "./counts.js";
import { orderBatch } from "./ordered-usage.js";
import { createSampler, createWindows, type Span } from "./usage.js";
import { BUCKETS, bucketsOfTasks, findTask, groupRows, wordsOf } from "./tasks.js";
import type { UsageReading } from "./usage-rows.js";
import { windowsOf } from "./usage-windows.js";

export interface SampleOptions {
  readonly origin: number;
  /** Length of a step in microseconds. */
  readonly step: number;
  /** Made only where a run has no usage; `population` is the runs under way at step 0. */
  readonly createModel: (population: readonly ModelledRun[]) => UsageModel;
  /** Largest workload to make, in bytes. */
  readonly limit: number;
  readonly onProgress: OnProgress | undefined;
  readonly counts: Counts;
}

/** A run's span in microseconds from step 0, and what tells its windows from those of others. */
export interface RunSpans {
  readonly task: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly machine: BigInt64Array;
}

const NO_ROWS = new Int32Array(0);

/** Of the columns of a run and of a sample. */
const RUN_BYTES = 70;
const SAMPLE_BYTES = 8;

const COUNTED = [
  "ofOtherMachine",
  "clippedToRun",
  "overlapping",
  "stepsCarried",
  "runsMostlyCarried",
  "runsModelled",
];

/**
 * Returns the usage of every run: from its windows where it has both CPU and memory in any, else from the usage model;
 * and whether it is measured: whether windows cover at least half of its steps, the others repeat a neighbor's value.
 * Throws InputError where the workload would be larger than the limit.
 */
export async function sampleUsage(
  runs: Omit<RunColumns, "measured">,
  spans: RunSpans,
  { table, longest }: UsageReading,
  { origin, step, createModel, limit, onProgress, counts }: SampleOptions,
): Promise<{ usage: UsageColumns; measured: Uint8Array }> {
  const count = runs.job.length;
  const { offsets, firstStep } = layOut(spans, step, limit);
  const cpu = new Float32Array(offsets[count]);
  const memory = new Float32Array(offsets[count]);
  const measured = new Uint8Array(count);
  for (const name of COUNTED) add(counts, `usage.${name}`, 0);
  const windows = createWindows();
  const sampler = createSampler();
  let model: UsageModel | undefined;
  let done = 0;
  const buckets = groupRows(bucketsOfTasks(runs.job, runs.index), BUCKETS);
  const jobs = wordsOf(runs.job);
  for await (const batch of table.batches()) {
    const { rows, groups, tasks } = orderBatch(batch, counts);
    const known = tasks.share();
    const windowOptions = { origin, longest, used: new Uint8Array(rows.task.length), counts, into: windows };
    for (const run of buckets.rows.subarray(buckets.offsets[batch.from], buckets.offsets[batch.to])) {
      if (done++ % 10_000 === 0) onProgress?.({ phase: "sampling usage", done, total: count, unit: "runs" });
      const span: Span = { start: spans.start[run], end: spans.end[run], step };
      const task = findTask(known, jobs[2 * run], jobs[2 * run + 1], runs.index[run]);
      const own = task < 0 ? NO_ROWS : groups.rows.subarray(groups.offsets[task], groups.offsets[task + 1]);
      windowsOf(rows, own, spans.machine[run], span, windowOptions);
      const place = { from: offsets[run], steps: offsets[run + 1] - offsets[run], firstStep: firstStep[run] };
      const withoutCpu = sampler.cpu(windows, span, { values: cpu, ...place });
      const withoutMemory = sampler.memory(windows, span, { values: memory, ...place });
      if (withoutCpu >= 0 && withoutMemory >= 0) {
        const carried = Math.max(withoutCpu, withoutMemory);
        add(counts, "usage.stepsCarried", carried);
        // One window does not make a day of copies of it a measurement.
        measured[run] = 2 * carried <= place.steps ? 1 : 0;
        add(counts, "usage.runsMostlyCarried", 1 - measured[run]);
      } else {
        model ??= createModel(initialRuns(runs));
        model(modelledRun(runs, run), cpu, memory, offsets[run], offsets[run + 1]);
        add(counts, "usage.runsModelled");
      }
    }
    let ofRuns = 0;
    for (const used of windowOptions.used) ofRuns += used;
    add(counts, "usage.rowsOfNoRun", rows.task.length - ofRuns);
  }
  return { usage: { offsets, firstStep, cpu, memory }, measured };
}

/** A sample for every step that a run touches. */
function layOut(
  spans: RunSpans,
  step: number,
  limit: number,
): { offsets: Int32Array; firstStep: Int32Array } {
  const firstStep = Int32Array.from(spans.start, (start) => Math.floor(start / step));
  const offsets = new Int32Array(spans.start.length + 1);
  for (let run = 0; run < spans.start.length; run++) {
    offsets[run + 1] = offsets[run] + Math.ceil(spans.end[run] / step) - firstStep[run];
  }
  const bytes = firstStep.length * RUN_BYTES + offsets[firstStep.length] * SAMPLE_BYTES;
  if (bytes > limit) {
    const gigabytes = (value: number): string => `${(value / 1e9).toPrecision(3)} GB`;
    throw new InputError(
      `workload too large: ${gigabytes(bytes)}, the memory allowed leaves ${gigabytes(limit)} for it; allow more or keep fewer machines or steps`,
    );
  }
  return { offsets, firstStep };
}

function initialRuns(runs: Omit<RunColumns, "measured">): ModelledRun[] {
  const initial: ModelledRun[] = [];
  for (let run = 0; run < runs.job.length; run++)
    if (runs.initial[run] === 1) initial.push(modelledRun(runs, run));
  return initial;
}
