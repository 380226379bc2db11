/** Records the metrics of each step. */
import { InputError, messageOf } from "../base/errors.js";
import { isBuiltIn } from "./metrics/catalogue.js";
import type { Metric, RunTotals } from "./metrics/metric.js";
import { UNLIMITED, ownValue, withoutRounding, type Range } from "./metrics/range.js";
import type { MachineHistory } from "./run.js";
import { StepLoads, type RecordedCluster, type RecordScale, type StepFacts } from "./step-loads.js";

export interface Recorder {
  /** By name of the metric; also `step` and `time`. */
  readonly columns: Readonly<Record<string, Float64Array>>;
  readonly machines: MachineHistory | undefined;
  readonly totals: RunTotals;
  readonly stepSeconds: number;
  readonly loads: StepLoads;
  readonly series: readonly Series[];
  /** For each machine, the sum of its utilization and the number of steps in which it was up. */
  readonly utilizationSum: Float64Array;
  readonly stepsUp: Int32Array;
}

/** A metric's column, and the function that computes the value of a step. */
interface Series {
  readonly isOwn: boolean;
  readonly name: string;
  readonly values: Float64Array;
  readonly range: Range;
  readonly step: (loads: StepLoads) => number;
}

export interface Recorded {
  readonly metrics: readonly Metric[];
  readonly keepMachines: boolean;
}

export function createRecorder(
  cluster: RecordedCluster,
  scale: RecordScale,
  { metrics, keepMachines }: Recorded,
): Recorder {
  const n = cluster.state.machines;
  const { steps } = scale;
  const series = metrics.flatMap((metric) => {
    const { name, step, range = UNLIMITED } = metric;
    if (step === undefined) return [];
    return [{ name, step, range, values: new Float64Array(steps), isOwn: !isBuiltIn(metric) }];
  });
  return {
    columns: {
      step: Float64Array.from({ length: steps }, (_, step) => step),
      time: Float64Array.from({ length: steps }, (_, step) => step * scale.stepSeconds),
      ...Object.fromEntries(series.map(({ name, values }) => [name, values])),
    },
    machines: keepMachines ? createHistory(n, steps) : undefined,
    totals: { lcWanted: 0, lcLost: 0, lcTaskSteps: 0, lcViolations: 0, beServed: 0 },
    stepSeconds: scale.stepSeconds,
    loads: new StepLoads(cluster, scale),
    series,
    utilizationSum: new Float64Array(n),
    stepsUp: new Int32Array(n),
  };
}

function createHistory(machines: number, steps: number): MachineHistory {
  const column = (): Float32Array => new Float32Array(machines * steps).fill(NaN);
  return { machines, cpu: column(), lc: column() };
}

/** Returns each machine's mean utilization over the steps in which it was up; NaN if it never was up. */
export function meanUtilization({ utilizationSum, stepsUp }: Recorder): Float64Array {
  return utilizationSum.map((sum, m) => sum / stepsUp[m]);
}

export function recordStep(recorder: Recorder, facts: StepFacts): void {
  const { loads, series } = recorder;
  loads.take(facts);
  addTotals(recorder.totals, loads);
  noteUtilization(recorder, facts.step);
  for (const one of series) {
    const value = one.isOwn ? valueOfOwn(one, loads) : one.step(loads);
    one.values[facts.step] = withoutRounding(one.range, value);
  }
}

/**
 * Returns the value of a user's own metric. Throws InputError where the value is not a number, and where the
 * metric throws. The metric may have changed the loads, so they are computed again for the next metric.
 */
function valueOfOwn({ name, range, step }: Series, loads: StepLoads): number {
  let value: unknown;
  try {
    value = step(loads);
  } catch (error) {
    throw new InputError(`metric ${name} failed in step ${loads.facts.step}: ${messageOf(error)}`, {
      cause: error,
    });
  }
  loads.takeAgain();
  return ownValue({ name, range }, value, `in step ${loads.facts.step}`);
}

function addTotals(
  totals: RunTotals,
  { lcWanted, lcServed, beServed, runningLc, lcFellShort, facts }: StepLoads,
): void {
  const asked = lcWanted + facts.waitingLcCpu;
  totals.lcWanted += asked;
  // Rounding can make the sum of what was served slightly greater than the sum of what was wanted.
  totals.lcLost += Math.max(0, asked - lcServed);
  totals.lcTaskSteps += runningLc + facts.waitingLcTasks;
  totals.lcViolations += lcFellShort + facts.waitingLcTasks;
  totals.beServed += beServed;
}

function noteUtilization({ loads, utilizationSum, stepsUp, machines }: Recorder, at: number): void {
  const { utilization, up } = loads;
  for (let i = 0; i < up.length; i++) {
    const m = up[i];
    utilizationSum[m] += utilization[i];
    stepsUp[m]++;
  }
  if (machines !== undefined) keepMachines(machines, loads, at);
}

function keepMachines({ machines, cpu, lc }: MachineHistory, loads: StepLoads, at: number): void {
  const { utilization, lcUtilization, up } = loads;
  for (let i = 0; i < up.length; i++) {
    const row = at * machines + up[i];
    cpu[row] = utilization[i];
    lc[row] = lcUtilization[i];
  }
}
