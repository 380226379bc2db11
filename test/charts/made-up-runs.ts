import type { MigrationModel } from "../../src/cluster/migration/presets.js";
import { MODEL, type ModelValues } from "../../src/simulate/model.js";
import {
  METRICS,
  RUN_METRICS,
  STEP_METRICS,
  type RunMetricName,
  type StepColumns,
  type StepMetricName,
  type Summary,
} from "../../src/simulate/metrics/catalogue.js";
import type { Run } from "../../src/simulate/simulate.js";

export interface MadeUpRun {
  readonly policy: string;
  /** Columns of the steps, all as long as the first; missing columns are 0. */
  readonly steps?: Partial<Record<"step" | "time" | StepMetricName, readonly number[]>>;
  readonly summary?: Partial<Record<RunMetricName, number>>;
  /** Utilization, one step per row. */
  readonly machines?: readonly (readonly number[])[];
  /** The part of it by LC tasks. Default half. */
  readonly lc?: readonly (readonly number[])[];
  readonly usage?: "measured" | "modelled" | "mixed";
  readonly seed?: number;
  readonly foresight?: boolean;
  readonly migration?: MigrationModel;
}

/** A run written by hand, so that charts do not change when the simulation does. */
export function madeUpRun({
  policy,
  steps = {},
  summary = {},
  machines,
  lc = machines?.map((step) => step.map((cpu) => cpu / 2)),
  usage = "modelled",
  seed = 1,
  foresight = false,
  migration = "pre-copy",
}: MadeUpRun): Run {
  const length = Math.max(1, machines?.length ?? 0, ...Object.values(steps).map((values) => values.length));
  const columns = Object.fromEntries(
    (["step", "time", ...STEP_METRICS] as const).map((name) => [
      name,
      Float64Array.from(
        { length },
        (_, step) => steps[name]?.[step] ?? (name === "time" ? step * 300 : name === "step" ? step : 0),
      ),
    ]),
  ) as StepColumns;
  const figures = Object.fromEntries(RUN_METRICS.map((name) => [name, 0])) as Record<RunMetricName, number>;
  const model = Object.fromEntries(
    Object.entries(MODEL).map(([key, { default: value }]) => [key, value]),
  ) as ModelValues;
  const none = new Float64Array(0);
  return {
    policy,
    summary: { policy, ...figures, ...summary } satisfies Summary,
    metrics: METRICS,
    steps: columns,
    tasks: {
      placed: none,
      ended: none,
      machine: new Int32Array(0),
      migrations: new Int32Array(0),
      evictions: new Int32Array(0),
    },
    migrations: {
      step: new Int32Array(0),
      execution: new Int32Array(0),
      from: new Int32Array(0),
      to: new Int32Array(0),
      start: none,
      seconds: none,
      downtime: none,
      stalled: none,
      bytes: none,
      outcome: new Uint8Array(0),
    },
    machines:
      machines === undefined
        ? undefined
        : {
            machines: machines[0].length,
            cpu: Float32Array.from(machines.flat()),
            lc: Float32Array.from(lc!.flat()),
          },
    counts: {
      arrived: 0,
      placed: 0,
      ended: 0,
      held: 0,
      waiting: 0,
      running: 0,
      expired: 0,
      evicted: 0,
      refused: {} as Run["counts"]["refused"],
    },
    manifest: {
      schedlab: "0",
      workload: {
        source: "synthetic",
        lcRule: "class>=2",
        machines: 8,
        executions: 0,
        steps: length,
        stepSeconds: 300,
        inputs: [],
        options: { seed: 7 },
        usage,
        report: {},
      },
      policy: { name: policy, parameters: {}, ...(foresight ? { foresight } : {}) },
      simulation: { seed, steps: length, sharing: "lc-first", migration, model },
    },
    timing: { simulateSeconds: 0, taskSteps: 0, taskStepsPerSecond: 0, decisionP50: 0, decisionP99: 0 },
  };
}

/** A wave around `middle`, for lines that are easy to distinguish. */
export function wave(steps: number, middle: number, height: number, phase = 0): number[] {
  return Array.from({ length: steps }, (_, step) => middle + height * Math.sin(step / 5 + phase));
}
