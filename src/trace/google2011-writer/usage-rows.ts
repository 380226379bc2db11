/** The rows of task_usage that belong to some steps: cut from a workload, and as text. */
import type { Workload } from "../workload.js";
import { microseconds } from "./layout.js";

/** Steps from the first up to the one before the last. */
export interface StepRange {
  readonly from: number;
  readonly to: number;
}

/** What the rows of some steps are made of. Plain data: it goes to a thread. */
export interface UsageRows extends Pick<Workload, "originSeconds" | "stepSeconds"> {
  readonly steps: StepRange;
  readonly machineIds: BigInt64Array;
  /** Runs that have samples in these steps, in the workload's order. */
  readonly runs: Pick<Workload["runs"], "job" | "index" | "machine" | "start" | "end">;
  /** Samples of these steps alone, as in `Workload.usage`. */
  readonly usage: Workload["usage"];
}

/** Returns what the rows of these steps are made of. */
export function cutUsage(workload: Workload, steps: StepRange): UsageRows {
  const { runs, usage, originSeconds, stepSeconds, machines } = workload;
  const { rows, first, counts } = samplesIn(workload, steps);
  const offsets = new Int32Array(rows.length + 1);
  for (let row = 0; row < rows.length; row++) offsets[row + 1] = offsets[row] + counts[row];
  const samples = (values: Float32Array): Float32Array => {
    const cut = new Float32Array(offsets[rows.length]);
    for (let row = 0; row < rows.length; row++) {
      const at = usage.offsets[rows[row]] + first[row] - usage.firstStep[rows[row]];
      cut.set(values.subarray(at, at + counts[row]), offsets[row]);
    }
    return cut;
  };
  return {
    originSeconds,
    stepSeconds,
    steps,
    machineIds: machines.id,
    runs: {
      job: BigInt64Array.from(rows, (run) => runs.job[run]),
      index: Int32Array.from(rows, (run) => runs.index[run]),
      machine: Int32Array.from(rows, (run) => runs.machine[run]),
      start: Float64Array.from(rows, (run) => runs.start[run]),
      end: Float64Array.from(rows, (run) => runs.end[run]),
    },
    usage: {
      offsets,
      firstStep: Int32Array.from(first),
      cpu: samples(usage.cpu),
      memory: samples(usage.memory),
    },
  };
}

/** Runs with samples in these steps: the step of the first of them, and how many there are. */
function samplesIn(
  { usage: { offsets, firstStep } }: Workload,
  { from, to }: StepRange,
): { rows: number[]; first: number[]; counts: number[] } {
  const found = { rows: [] as number[], first: [] as number[], counts: [] as number[] };
  // Runs are in order of start: none after the first that begins too late is wanted.
  for (let run = 0; run < firstStep.length && firstStep[run] < to; run++) {
    const first = Math.max(from, firstStep[run]);
    const count = Math.min(to, firstStep[run] + offsets[run + 1] - offsets[run]) - first;
    if (count <= 0) continue;
    found.rows.push(run);
    found.first.push(first);
    found.counts.push(count);
  }
  return found;
}

/**
 * Returns the lines of task_usage, a text a step, in order of start, then run: a window for every step that a run touches, cut to the
 * time that it is there. CPU is the rate in that time, to six digits.
 */
export function* usageTexts(rows: UsageRows): Generator<string> {
  const { runs, steps, machineIds } = rows;
  const tasks = Array.from(runs.job, (job, run) => {
    const machine = runs.machine[run];
    return `${job},${runs.index[run]},${machine < 0 ? "" : machineIds[machine]}`;
  });
  for (let step = steps.from; step < steps.to; step++) yield textOfStep(rows, tasks, step);
}

// Runs are in order of start, and those that began before the step are there from its beginning: so are its rows.
function textOfStep(rows: UsageRows, tasks: readonly string[], step: number): string {
  const { runs, usage, stepSeconds } = rows;
  const whole = {
    start: microseconds(rows, step * stepSeconds),
    end: microseconds(rows, (step + 1) * stepSeconds),
  };
  const wholeTimes = `${whole.start},${whole.end}`;
  let text = "";
  for (let run = 0; run < tasks.length; run++) {
    const sample = usage.offsets[run] + step - usage.firstStep[run];
    if (step < usage.firstStep[run] || sample >= usage.offsets[run + 1]) continue;
    const start = Math.max(whole.start, microseconds(rows, runs.start[run]));
    const end = Math.min(whole.end, microseconds(rows, runs.end[run]));
    if (end <= start) continue;
    const isWhole = start === whole.start && end === whole.end;
    const times = isWhole ? wholeTimes : `${start},${end}`;
    const rate = digits((usage.cpu[sample] * stepSeconds * 1e6) / (end - start));
    const memory = digits(usage.memory[sample]);
    text += `${times},${tasks[run]},${rate},${memory},,,,${memory},,,${rate},,,,,0,\n`;
  }
  return text;
}

/** Returns a number to six digits. */
function digits(value: number): string {
  // A power of ten up to the 22nd is exact, so this is the nearest number with these digits; toPrecision takes ten times as long.
  const scale = 10 ** (5 - Math.floor(Math.log10(value)));
  if (!(scale >= 1 && scale <= 1e22)) return Number(value.toPrecision(6)).toString();
  return (Math.round(value * scale) / scale).toString();
}
