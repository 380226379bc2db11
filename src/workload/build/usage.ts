import { InputError } from "../../base/errors.js";

/**
 * Windows of one execution: times in microseconds, in order of start; none overlaps the next one. The object
 * is reused.
 */
export interface Windows {
  count: number;
  start: Float64Array;
  end: Float64Array;
  /** NaN if missing. */
  cpu: Float64Array;
  memory: Float64Array;
}

export function createWindows(): Windows {
  const column = (): Float64Array => new Float64Array(16);
  return { count: 0, start: column(), end: column(), cpu: column(), memory: column() };
}

/** Makes room for one more window. */
export function enlargeWindows(windows: Windows): void {
  for (const name of ["start", "end", "cpu", "memory"] as const) {
    const larger = new Float64Array(2 * windows[name].length);
    larger.set(windows[name]);
    windows[name] = larger;
  }
}

/**
 * Returns the places of the samples of executions, one sample for every step in which an execution is
 * present. Execution r has the samples `offsets[r]` to `offsets[r + 1] - 1`, the first of step
 * `firstStep[r]`. Throws InputError if there are more samples than a Workload can number.
 */
export function layOutSteps(
  start: Float64Array,
  end: Float64Array,
  step: number,
): { offsets: Int32Array; firstStep: Int32Array } {
  const firstStep = Int32Array.from(start, (time) => Math.floor(time / step));
  const offsets = new Int32Array(start.length + 1);
  let samples = 0;
  for (let execution = 0; execution < start.length; execution++) {
    samples += Math.ceil(end[execution] / step) - firstStep[execution];
    offsets[execution + 1] = samples;
  }
  if (samples >= 2 ** 31) {
    throw new InputError(
      `too many samples: ${samples}; give fewer machines or steps, or a slice of the trace`,
    );
  }
  return { offsets, firstStep };
}

/** The places of an execution's samples: one per step from `from` on, the first of step `firstStep`. */
export interface Target {
  readonly values: Float32Array;
  readonly from: number;
  readonly steps: number;
  readonly firstStep: number;
}

/** The span of an execution and the length of a step, in microseconds; step 0 begins at 0. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** Arrays that are reused for every execution, because a trace has a million executions. */
export interface Sampler {
  readonly pieces: Pieces;
  /** By step: the sum of its pieces, and the time that they cover. */
  sums: Float64Array;
  covered: Float64Array;
  /** The largest number of successive steps without a window, of the last execution given to `sampleCpu`. */
  gap: number;
}

export function createSampler(): Sampler {
  return { pieces: createPieces(), sums: new Float64Array(16), covered: new Float64Array(16), gap: 0 };
}

/**
 * In microseconds. A gap of more than an hour between windows is not a sampling interval: our choice, twelve
 * intervals of the Google trace.
 */
const LONG_GAP = 3600e6;

/**
 * Why an execution does not count as measured: too few of its steps have a window, or a gap between windows
 * is too long.
 */
export type Unmeasured = "few" | "gap" | undefined;

/**
 * Returns why an execution with `carried` steps without a window is not measured; undefined if it is. It must
 * be the last execution that the sampler sampled.
 */
export function whyUnmeasured(
  { gap }: Sampler,
  carried: number,
  { steps, step }: { readonly steps: number; readonly step: number },
): Unmeasured {
  if (2 * carried > steps) return "few";
  return gap * step > LONG_GAP ? "gap" : undefined;
}

/**
 * Writes the mean CPU over each whole step: the time-weighted mean of the windows' rates over the time in
 * which the execution is present, times the fraction of the step that this time is. Time without a window has
 * the rate of the last window before it, or of the first window if there is none before. Returns the number
 * of steps without any window; -1 if no window has a rate.
 */
export function sampleCpu(sampler: Sampler, windows: Windows, span: Span, target: Target): number {
  const { pieces } = sampler;
  const { values, from, steps, firstStep } = target;
  cutPieces(windows, windows.cpu, span, pieces);
  if (pieces.count === 0) return -1;
  clear(sampler, steps);
  const { sums, covered } = sampler;
  for (let k = 0; k < pieces.count; k++) {
    const holdsFrom = k === 0 ? span.start : pieces.start[k];
    const holdsTo = k + 1 < pieces.count ? pieces.start[k + 1] : span.end;
    spread(holdsFrom, holdsTo, pieces.value[k], span.step, firstStep, sums);
    spread(pieces.start[k], pieces.end[k], 1, span.step, firstStep, covered);
  }
  let carried = 0;
  let gap = 0;
  sampler.gap = 0;
  for (let i = 0; i < steps; i++) {
    values[from + i] = sums[i] / span.step;
    gap = covered[i] === 0 ? gap + 1 : 0;
    if (gap === 0) continue;
    carried++;
    if (gap > sampler.gap) sampler.gap = gap;
  }
  return carried;
}

/**
 * Writes the memory of each step: the time-weighted mean of the windows' memory over the part of the step
 * that they cover while the execution is present, so that a partly covered step keeps the level. A step
 * without a window has the level of the last window before it, or of the first window if there is none
 * before. Returns the number of such steps; -1 if no window has memory.
 */
export function sampleMemory(sampler: Sampler, windows: Windows, span: Span, target: Target): number {
  const { pieces } = sampler;
  const { values, from, steps, firstStep } = target;
  cutPieces(windows, windows.memory, span, pieces);
  if (pieces.count === 0) return -1;
  clear(sampler, steps);
  const { sums, covered } = sampler;
  for (let k = 0; k < pieces.count; k++) {
    spread(pieces.start[k], pieces.end[k], pieces.value[k], span.step, firstStep, sums);
    spread(pieces.start[k], pieces.end[k], 1, span.step, firstStep, covered);
  }
  let carried = 0;
  let latest = 0;
  for (let i = 0; i < steps; i++) {
    const stepStart = (firstStep + i) * span.step;
    while (latest + 1 < pieces.count && pieces.start[latest + 1] <= stepStart) latest++;
    values[from + i] = covered[i] === 0 ? pieces.value[latest] : sums[i] / covered[i];
    if (covered[i] === 0) carried++;
  }
  return carried;
}

function clear(sampler: Sampler, steps: number): void {
  if (steps > sampler.sums.length) {
    sampler.sums = new Float64Array(2 * steps);
    sampler.covered = new Float64Array(2 * steps);
  } else {
    sampler.sums.fill(0, 0, steps);
    sampler.covered.fill(0, 0, steps);
  }
}

/** The values of one resource in the windows of an execution. */
interface Pieces {
  count: number;
  start: Float64Array;
  end: Float64Array;
  value: Float64Array;
}

function createPieces(): Pieces {
  return { count: 0, start: new Float64Array(0), end: new Float64Array(0), value: new Float64Array(0) };
}

/** Stores the windows that have a value and overlap the execution, cut to the execution. */
function cutPieces(windows: Windows, values: Float64Array, span: Span, into: Pieces): void {
  if (into.start.length < windows.count) {
    into.start = new Float64Array(windows.start.length);
    into.end = new Float64Array(windows.start.length);
    into.value = new Float64Array(windows.start.length);
  }
  into.count = 0;
  for (let k = 0; k < windows.count; k++) {
    const from = Math.max(windows.start[k], span.start);
    const to = Math.min(windows.end[k], span.end);
    if (Number.isNaN(values[k]) || from >= to) continue;
    into.start[into.count] = from;
    into.end[into.count] = to;
    into.value[into.count] = values[k];
    into.count++;
  }
}

/** Adds value * overlap to every step that overlaps [from, to). */
function spread(
  from: number,
  to: number,
  value: number,
  step: number,
  firstStep: number,
  sums: Float64Array,
): void {
  for (let i = Math.floor(from / step); i * step < to; i++) {
    const overlap = Math.min(to, (i + 1) * step) - Math.max(from, i * step);
    if (overlap > 0) sums[i - firstStep] += value * overlap;
  }
}
