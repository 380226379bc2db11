/** The rows of task_usage of some steps: their data, cut from a workload, and their text. */
import { pickRows } from "../../base/columns/move-rows.js";
import type { Workload } from "../../workload/workload.js";
import { microseconds } from "../google2011/layout.js";

/** Numbers of steps or executions, from `from` to `to` - 1. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The data for the rows of some steps. Plain data, because it is sent to a thread. */
export interface UsageRows extends Pick<Workload, "originSeconds" | "stepSeconds"> {
  readonly steps: Range;
  readonly machineIds: BigInt64Array;
  /** Executions that have samples in these steps, in the workload's order. */
  readonly executions: Pick<Workload["executions"], "job" | "index" | "machine" | "start" | "end">;
  /** Only the samples of these steps, as in `Workload.usage`. */
  readonly usage: Workload["usage"];
}

/** Returns the data for the rows of these steps. */
export function cutUsage(workload: Workload, steps: Range): UsageRows {
  const { executions, usage, originSeconds, stepSeconds, machines } = workload;
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
    executions: {
      job: pickRows(executions.job, rows),
      index: pickRows(executions.index, rows),
      machine: pickRows(executions.machine, rows),
      start: pickRows(executions.start, rows),
      end: pickRows(executions.end, rows),
    },
    usage: {
      offsets,
      firstStep: first,
      cpu: samples(usage.cpu),
      memory: samples(usage.memory),
    },
  };
}

/** Returns the executions with samples in these steps: the first such step and the number of such samples. */
function samplesIn(
  { usage: { offsets, firstStep } }: Workload,
  { from, to }: Range,
): { rows: Int32Array; first: Int32Array; counts: number[] } {
  const found = { rows: [] as number[], first: [] as number[], counts: [] as number[] };
  // Executions are in order of start, so the loop can end at the first execution that begins too late.
  for (let execution = 0; execution < firstStep.length && firstStep[execution] < to; execution++) {
    const first = Math.max(from, firstStep[execution]);
    const count = Math.min(to, firstStep[execution] + offsets[execution + 1] - offsets[execution]) - first;
    if (count <= 0) continue;
    found.rows.push(execution);
    found.first.push(first);
    found.counts.push(count);
  }
  return { rows: Int32Array.from(found.rows), first: Int32Array.from(found.first), counts: found.counts };
}

/**
 * Returns the lines of task_usage in order of start, then execution: one window for every step in which an
 * execution is present, cut to the time of the execution. CPU is the rate in that time, to six digits.
 */
export function* usageLines(rows: UsageRows): Generator<string> {
  const { executions, usage, steps, machineIds, stepSeconds } = rows;
  const tasks = Array.from(executions.job, (job, execution) => {
    const machine = executions.machine[execution];
    return `${job},${executions.index[execution]},${machine < 0 ? "" : machineIds[machine]}`;
  });
  // Executions are in order of start, and a step's rows of earlier executions begin with the step. So the
  // rows are in order of start, too.
  for (let step = steps.from; step < steps.to; step++) {
    const begin = microseconds(rows, step * stepSeconds);
    const finish = microseconds(rows, (step + 1) * stepSeconds);
    const wholeStep = `${begin},${finish}`;
    for (let execution = 0; execution < tasks.length; execution++) {
      const sample = usage.offsets[execution] + step - usage.firstStep[execution];
      if (step < usage.firstStep[execution] || sample >= usage.offsets[execution + 1]) continue;
      const start = Math.max(begin, microseconds(rows, executions.start[execution]));
      const end = Math.min(finish, microseconds(rows, executions.end[execution]));
      if (end <= start) continue;
      const times = start === begin && end === finish ? wholeStep : `${start},${end}`;
      const rate = digits((usage.cpu[sample] * stepSeconds * 1e6) / (end - start));
      const memory = digits(usage.memory[sample]);
      yield `${times},${tasks[execution]},${rate},${memory},,,,${memory},,,${rate},,,,,0,`;
    }
  }
}

const DIGITS = 6;
/**
 * For numbers below 1 that are written without an exponent: the text before their digits, and the factor that
 * turns them into a whole number.
 */
const PLACES = Array.from({ length: 7 }, (_, place) => ({
  leading: `0.${"0".repeat(Math.max(0, place - 1))}`,
  scale: 10 ** (DIGITS - 1 + place),
}));

/**
 * Returns a number to six digits: the same as `Number(value.toPrecision(6))`, but in a fifth of the time for
 * most shares of a machine.
 */
function digits(value: number): string {
  const place = -Math.floor(Math.log10(value));
  if (!(place >= 1 && place < PLACES.length)) return Number(value.toPrecision(DIGITS)).toString();
  const { leading, scale } = PLACES[place];
  let whole = Math.round(value * scale);
  if (whole >= 10 ** DIGITS) return Number(value.toPrecision(DIGITS)).toString();
  while (whole % 10 === 0) whole /= 10;
  return `${leading}${whole}`;
}
