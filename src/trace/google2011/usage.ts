/** Windows of one run: times in microseconds, in order of start; each ends where the next begins, or before. */
export interface Windows {
  readonly start: readonly number[];
  readonly end: readonly number[];
  /** NaN where missing. */
  readonly cpu: readonly number[];
  readonly memory: readonly number[];
}

/** Where a run's samples go: those from `from` on, one a step, the first of step `firstStep`. */
export interface Target {
  readonly values: Float32Array;
  readonly from: number;
  readonly steps: number;
  readonly firstStep: number;
}

/** The span of a run and the length of a step, in microseconds; step 0 begins at 0. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

interface StepFunction {
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly value: readonly number[];
}

/**
 * Writes the mean CPU over each whole step: the time-weighted mean of the windows' rates over the time that the run
 * is there, times the share of the step that it is. Where no window lies, the last rate before holds (the first one
 * after, before any). Returns the number of steps without any window of their own, -1 where no window has a rate.
 */
export function sampleCpu(windows: Windows, span: Span, target: Target): number {
  const rates = stepFunction(windows, windows.cpu, span);
  if (rates.value.length === 0) return -1;
  const sums = new Float64Array(target.steps);
  const covered = new Float64Array(target.steps);
  rates.value.forEach((value, k) => {
    const holdsFrom = k === 0 ? span.start : rates.start[k];
    const holdsTo = k + 1 < rates.value.length ? rates.start[k + 1] : span.end;
    spread(holdsFrom, holdsTo, value, span.step, target.firstStep, sums);
    spread(rates.start[k], rates.end[k], 1, span.step, target.firstStep, covered);
  });
  sums.forEach((sum, i) => {
    target.values[target.from + i] = sum / span.step;
  });
  return covered.reduce((count, time) => count + Number(time === 0), 0);
}

/**
 * Writes the memory of each step: the time-weighted mean of the windows' over the part of the step that they cover
 * while the run is there, so that a part of a step keeps the level. A step without any window has the level of the
 * last one before (the first one after, before any). Returns the number of such steps, -1 where no window has memory.
 */
export function sampleMemory(windows: Windows, span: Span, target: Target): number {
  const levels = stepFunction(windows, windows.memory, span);
  if (levels.value.length === 0) return -1;
  const sums = new Float64Array(target.steps);
  const covered = new Float64Array(target.steps);
  levels.value.forEach((value, k) => {
    spread(levels.start[k], levels.end[k], value, span.step, target.firstStep, sums);
    spread(levels.start[k], levels.end[k], 1, span.step, target.firstStep, covered);
  });
  let carried = 0;
  let latest = 0;
  for (let i = 0; i < target.steps; i++) {
    const stepStart = (target.firstStep + i) * span.step;
    while (latest + 1 < levels.start.length && levels.start[latest + 1] <= stepStart) latest++;
    if (covered[i] === 0) carried++;
    target.values[target.from + i] = covered[i] === 0 ? levels.value[latest] : sums[i] / covered[i];
  }
  return carried;
}

/** The windows that have a value and overlap the run, cut to it. */
function stepFunction(windows: Windows, values: readonly number[], span: Span): StepFunction {
  const start: number[] = [];
  const end: number[] = [];
  const value: number[] = [];
  for (let k = 0; k < values.length; k++) {
    const from = Math.max(windows.start[k], span.start);
    const to = Math.min(windows.end[k], span.end);
    if (Number.isNaN(values[k]) || from >= to) continue;
    start.push(from);
    end.push(to);
    value.push(values[k]);
  }
  return { start, end, value };
}

/** Adds value x overlap to every step that [from, to) touches. */
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
