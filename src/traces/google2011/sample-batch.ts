import { wordsOf } from "../../base/columns/words.js";
import { CARRIED, MEASURED, TO_MODEL, type ExecutionsToSample, type SampledBatch } from "./batch-work.js";
import { add, type Counts } from "../../workload/build/counts.js";
import { orderBatch } from "./ordered-usage.js";
import type { Batch, StoredUsage } from "./rows.js";
import { findTask } from "../../workload/build/tasks.js";
import {
  createSampler,
  createWindows,
  layOutSteps,
  sampleCpu,
  sampleMemory,
  whyUnmeasured,
  type Span,
} from "../../workload/build/usage.js";
import { windowsOf } from "../../workload/build/usage-windows.js";

const NO_ROWS = new Int32Array(0);

/** Samples the usage of the executions in a batch's buckets from the batch's rows: see `SampledBatch`. */
export function sampleBatch(batch: Batch<StoredUsage>, executions: ExecutionsToSample): SampledBatch {
  const { origin, step, longest } = executions;
  const counts: Counts = {};
  const { rows, groups, tasks } = orderBatch(batch, counts);
  const first = executions.offsets[batch.from - executions.firstBucket];
  const count = executions.offsets[batch.to - executions.firstBucket] - first;
  const jobs = wordsOf(executions.job);
  const { offsets, firstStep } = layOutSteps(
    executions.start.subarray(first, first + count),
    executions.end.subarray(first, first + count),
    step,
  );
  const cpu = new Float32Array(offsets[count]);
  const memory = new Float32Array(offsets[count]);
  const sources = new Uint8Array(count);
  const windows = createWindows();
  const sampler = createSampler();
  const windowOptions = { origin, longest, used: new Uint8Array(rows.start.length), counts, into: windows };
  for (let i = 0; i < count; i++) {
    const execution = first + i;
    const span: Span = { start: executions.start[execution], end: executions.end[execution], step };
    const task = findTask(
      tasks.known,
      jobs[2 * execution],
      jobs[2 * execution + 1],
      executions.index[execution],
    );
    const own = task < 0 ? NO_ROWS : groups.rows.subarray(groups.offsets[task], groups.offsets[task + 1]);
    windowsOf(rows, own, executions.machine[execution], span, windowOptions);
    const place = { from: offsets[i], steps: offsets[i + 1] - offsets[i], firstStep: firstStep[i] };
    const withoutCpu = sampleCpu(sampler, windows, span, { values: cpu, ...place });
    const withoutMemory = sampleMemory(sampler, windows, span, { values: memory, ...place });
    if (withoutCpu < 0 || withoutMemory < 0) {
      sources[i] = TO_MODEL;
      continue;
    }
    const carried = Math.max(withoutCpu, withoutMemory);
    add(counts, "usage.stepsCarried", carried);
    // A day that consists of copies of one window does not count as measured.
    const why = whyUnmeasured(sampler, carried, { steps: place.steps, step });
    add(counts, "usage.executionsMostlyCarried", Number(why === "few"));
    add(counts, "usage.executionsWithLongGaps", Number(why === "gap"));
    sources[i] = why === undefined ? MEASURED : CARRIED;
  }
  let ofExecutions = 0;
  for (const used of windowOptions.used) ofExecutions += used;
  add(counts, "usage.rowsOfNoExecution", rows.start.length - ofExecutions);
  return { from: batch.from, to: batch.to, cpu, memory, sources, counts };
}
