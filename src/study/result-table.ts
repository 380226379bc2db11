/** The runs of a sweep as one tidy table. */
import { RUN_METRICS, type RunMetricName } from "../simulate/metrics/catalogue.js";
import type { Scenario } from "./scenarios.js";

/** What came of a run: its figures, and what only the opened trace could tell. */
export interface RunResult {
  readonly machines: number;
  readonly steps: number;
  readonly lcRule: string;
  readonly figures: Readonly<Record<RunMetricName, number>>;
}

export interface SweptRun {
  readonly scenario: Scenario;
  readonly result: RunResult;
}

export type SweepCell = string | number | null;

export interface SweepColumn {
  readonly name: string;
  /** "whole" for numbers that are always whole. */
  readonly kind: "text" | "whole" | "number";
  /** Null where a setting has no bearing on the run. */
  readonly values: readonly SweepCell[];
}

export const FIGURES: readonly RunMetricName[] = RUN_METRICS;

/**
 * Returns one row per run, in the order given: what was run (`trace`, `machines`, `steps`, `lcRule`,
 * `sharing`, `migration`, `policy`, a column `set.KEY` for each key of the sweep's settings, `seed`), then
 * the metrics that have a figure of the whole run.
 */
export function sweepColumns(runs: readonly SweptRun[], settings: readonly string[]): SweepColumn[] {
  const column = (
    name: string,
    kind: SweepColumn["kind"],
    read: (run: SweptRun) => SweepCell,
  ): SweepColumn => ({ name, kind, values: runs.map(read) });
  return [
    column("trace", "text", ({ scenario }) => scenario.workload.trace),
    column("machines", "whole", ({ result }) => result.machines),
    column("steps", "whole", ({ result }) => result.steps),
    column("lcRule", "text", ({ result }) => result.lcRule),
    column("sharing", "text", ({ scenario }) => scenario.simulation.sharing),
    column("migration", "text", ({ scenario }) => scenario.simulation.migration),
    column("policy", "text", ({ scenario }) => scenario.policy.name),
    ...settings.map((key) =>
      column(`set.${key}`, "number", ({ scenario }) =>
        Object.hasOwn(scenario.settings, key) ? scenario.settings[key] : null,
      ),
    ),
    column("seed", "whole", ({ scenario }) => scenario.simulation.seed),
    ...FIGURES.map((figure) => column(figure, "number", ({ result }) => result.figures[figure])),
  ];
}
