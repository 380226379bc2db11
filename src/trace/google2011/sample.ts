import { InputError } from "../../errors.js";
import type { OnProgress } from "../../progress.js";
import { modelledRun, type ModelledRun, type UsageModel } from "../usage-model.js";
import type { RunColumns, UsageColumns } from "../workload.js";
import { add, type Counts } from "./counts.js";
import { createSampler, createWindows, type Span } from "./usage.js";
import type { Measurements } from "./usage-batches.js";
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
  batches: AsyncIterable<Measurements>,
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
  for await (const { rows, groups, longest, has } of batches) {
    const windowOptions = { origin, longest, used: new Uint8Array(rows.task.length), counts, into: windows };
    for (let run = 0; run < count; run++) {
      if (!has(runs.job[run], runs.index[run])) continue;
      if (done++ % 10_000 === 0) onProgress?.({ phase: "sampling usage", done, total: count, unit: "runs" });
      const span: Span = { start: spans.start[run], end: spans.end[run], step };
      const task = spans.task[run];
      const own = groups.rows.subarray(groups.offsets[task], groups.offsets[task + 1]);
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
    add(
      counts,
      "usage.rowsOfNoRun",
      windowOptions.used.reduce((sum, used) => sum + (1 - used), 0),
    );
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
