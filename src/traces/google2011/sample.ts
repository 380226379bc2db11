import { InputError } from "../../base/errors.js";
import type { OnProgress } from "../../base/progress.js";
import { pickRows } from "../../base/columns/move-rows.js";
import { modelledExecution, type ModelledExecution } from "../../workload/usage-model/modelled-execution.js";
import type { UsageModel } from "../../workload/usage-model/usage-model.js";
import type { ExecutionColumns, UsageColumns } from "../../workload/workload.js";
import { MEASURED, TO_MODEL, type ExecutionsToSample, type SampledBatch } from "./batch-work.js";
import { add, addAll, type Counts } from "../../workload/build/counts.js";
import { BUCKETS, bucketsOfTasks, groupRows, type Groups } from "../../workload/build/tasks.js";
import { layOutSteps } from "../../workload/build/usage.js";
import type { UsageReading } from "./usage-rows.js";
import type { ExecutionSpans } from "../../workload/build/assemble.js";
import { countMeasured } from "../../workload/build/observed-usage.js";

export interface SampleOptions {
  readonly origin: number;
  /** Length of a step in microseconds. */
  readonly step: number;
  /** Called only if an execution has no usage; `population` is the executions that are running at step 0. */
  readonly createModel: (population: readonly ModelledExecution[]) => UsageModel;
  /** The largest allowed size of the workload, in bytes. */
  readonly limit: number;
  readonly onProgress: OnProgress | undefined;
  readonly counts: Counts;
}

/** Bytes of all columns of an execution, and of a sample. */
const EXECUTION_BYTES = 70;
const SAMPLE_BYTES = 8;

const COUNTED = [
  "ofOtherMachine",
  "clippedToExecution",
  "overlapping",
  "stepsCarried",
  "executionsMostlyCarried",
  "executionsWithLongGaps",
  "executionsModelled",
];

/**
 * Returns the usage of every execution, and whether it is measured (see `whyUnmeasured`). The usage comes
 * from the windows if any of them has CPU and any has memory, otherwise from the usage model; steps without a
 * window repeat a neighbor's value. Throws InputError if the workload would be larger than the limit.
 */
export async function sampleUsage(
  executions: Omit<ExecutionColumns, "measured">,
  spans: ExecutionSpans,
  { table, longest }: UsageReading,
  { origin, step, createModel, limit, onProgress, counts }: SampleOptions,
): Promise<{ usage: UsageColumns; measured: Uint8Array }> {
  const count = executions.job.length;
  const { offsets, firstStep } = layOutSteps(spans.start, spans.end, step);
  requireRoom(count, offsets[count], limit);
  const cpu = new Float32Array(offsets[count]);
  const memory = new Float32Array(offsets[count]);
  const usage: UsageColumns = { offsets, firstStep, cpu, memory };
  const measured = new Uint8Array(count);
  for (const name of COUNTED) add(counts, `usage.${name}`, 0);
  let model: UsageModel | undefined;
  let done = 0;
  const buckets = groupRows(bucketsOfTasks(executions.job, executions.index), BUCKETS);
  const given = (from: number, to: number): ExecutionsToSample => ({
    ...executionsOfBuckets(executions, spans, buckets, { from, to }),
    origin,
    step,
    longest,
  });
  const report = (): void =>
    onProgress?.({ phase: "sampling usage", done, total: count, unit: "executions" });
  report();
  for await (const sampled of table.map("sampleUsage", given)) {
    addAll(counts, sampled.counts);
    let at = 0;
    const own = buckets.rows.subarray(buckets.offsets[sampled.from], buckets.offsets[sampled.to]);
    own.forEach((execution, i) => {
      if (sampled.sources[i] === TO_MODEL) {
        model ??= createModel(initialExecutions(executions));
        model(
          modelledExecution(executions, execution),
          cpu,
          memory,
          offsets[execution],
          offsets[execution + 1],
        );
        add(counts, "usage.executionsModelled");
      } else {
        copySamples(sampled, at, usage, execution);
        measured[execution] = Number(sampled.sources[i] === MEASURED);
      }
      at += offsets[execution + 1] - offsets[execution];
    });
    done += own.length;
    report();
  }
  countMeasured(measured, offsets, counts);
  return { usage, measured };
}

/**
 * Copies the samples of an execution, which begin at `at`. A loop is faster than a view here, because most
 * executions have only a few samples.
 */
function copySamples(from: SampledBatch, at: number, into: UsageColumns, execution: number): void {
  const first = into.offsets[execution];
  const count = into.offsets[execution + 1] - first;
  for (let i = 0; i < count; i++) {
    into.cpu[first + i] = from.cpu[at + i];
    into.memory[first + i] = from.memory[at + i];
  }
}

function requireRoom(executions: number, samples: number, limit: number): void {
  const bytes = executions * EXECUTION_BYTES + samples * SAMPLE_BYTES;
  if (bytes <= limit) return;
  const gigabytes = (value: number): string => `${(value / 1e9).toPrecision(3)} GB`;
  throw new InputError(
    `workload too large: ${gigabytes(bytes)}; the allowed memory leaves ${gigabytes(limit)} for it; ` +
      "allow more memory, or keep fewer machines or steps",
  );
}

/**
 * Returns the data of the executions of buckets `from` to `to - 1`. They are copied, so that they can be sent
 * to another thread.
 */
function executionsOfBuckets(
  executions: Pick<ExecutionColumns, "job" | "index">,
  spans: ExecutionSpans,
  buckets: Groups,
  { from, to }: { readonly from: number; readonly to: number },
): Omit<ExecutionsToSample, "origin" | "step" | "longest"> {
  const first = buckets.offsets[from];
  const rows = buckets.rows.subarray(first, buckets.offsets[to]);
  return {
    firstBucket: from,
    offsets: buckets.offsets.slice(from, to + 1).map((offset) => offset - first),
    job: pickRows(executions.job, rows),
    index: pickRows(executions.index, rows),
    start: pickRows(spans.start, rows),
    end: pickRows(spans.end, rows),
    machine: pickRows(spans.machine, rows),
  };
}

function initialExecutions(executions: Omit<ExecutionColumns, "measured">): ModelledExecution[] {
  const initial: ModelledExecution[] = [];
  for (let execution = 0; execution < executions.job.length; execution++)
    if (executions.initial[execution] === 1) initial.push(modelledExecution(executions, execution));
  return initial;
}
