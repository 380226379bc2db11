/** The runs of an experiment as one tidy table. */
import type { Manifest } from "../simulate/manifest.js";
import type { Provenance } from "../workload/workload.js";
import { figuresOf, type Scenario } from "./scenarios.js";

/** Properties of the simulated workload that are known only once the trace is open. */
export interface Simulated {
  readonly machines: number;
  readonly steps: number;
  readonly lcRule: string;
  /** Whether the usage of CPU and memory was measured or modelled. */
  readonly usage: Provenance["usage"];
  /** The step of the trace at which the run's window begins; undefined without windows. */
  readonly firstStep?: number;
}

/** The result of a run; `figures` holds its metrics by name. */
export interface RunResult extends Simulated {
  readonly figures: Readonly<Record<string, number>>;
}

export interface SweptRun {
  readonly scenario: Scenario;
  readonly result: RunResult;
}

export type Cell = string | number | null;

export interface ResultColumn {
  readonly name: string;
  /** "whole" for numbers that are always whole. */
  readonly kind: "text" | "whole" | "number";
  /** Null where a setting does not affect the run. */
  readonly values: readonly Cell[];
}

/** The columns that distinguish replicates; the columns before them say what was simulated. */
export const REPLICATE = ["seed", "firstStep"] as const;

export function simulatedOf({ workload, simulation }: Manifest, scenario: Scenario): Simulated {
  const { machines, steps, lcRule, usage, options } = workload;
  return {
    machines,
    steps: Math.min(steps, simulation.steps),
    lcRule,
    usage,
    ...(scenario.workload.window && { firstStep: Number(options.firstStep) }),
  };
}

/**
 * Returns one row per run, in the given order: the columns of `simulatedColumns`, then the metrics that have
 * a value for the whole run.
 */
export function resultColumns(runs: readonly SweptRun[], settings: readonly string[]): ResultColumn[] {
  const figures = runs.length === 0 ? [] : figuresOf(runs[0].scenario);
  return [
    ...simulatedColumns(runs, settings),
    ...figures.map((name): ResultColumn => {
      return { name, kind: "number", values: runs.map(({ result }) => result.figures[name]) };
    }),
  ];
}

/**
 * Returns what was simulated (`trace`, `machines`, `steps`, `lcRule`, `usage`, `sharing`, `migration`,
 * `architecture` where the design has architectures, `order` where some run enforces the order of tasks,
 * `policy`, a column `set.KEY` for each of the settings), `seed` and, where there are windows, `firstStep`.
 */
export function simulatedColumns(
  runs: readonly { readonly scenario: Scenario; readonly result: Simulated }[],
  settings: readonly string[],
): ResultColumn[] {
  type Read = (run: (typeof runs)[number]) => Cell;
  const column = (name: string, kind: ResultColumn["kind"], read: Read): ResultColumn => ({
    name,
    kind,
    values: runs.map(read),
  });
  const hasArchitectures = runs.some(({ scenario }) => scenario.architecture !== undefined);
  const hasOrder = runs.some(({ scenario }) => scenario.simulation.order !== undefined);
  const hasWindows = runs.some(({ result }) => result.firstStep !== undefined);
  return [
    column("trace", "text", ({ scenario }) => scenario.workload.trace),
    column("machines", "whole", ({ result }) => result.machines),
    column("steps", "whole", ({ result }) => result.steps),
    column("lcRule", "text", ({ result }) => result.lcRule),
    column("usage", "text", ({ result }) => result.usage),
    column("sharing", "text", ({ scenario }) => scenario.simulation.sharing),
    column("migration", "text", ({ scenario }) => scenario.simulation.migration),
    ...(hasArchitectures
      ? [column("architecture", "text", ({ scenario }) => scenario.architecture?.name ?? null)]
      : []),
    ...(hasOrder ? [column("order", "text", ({ scenario }) => scenario.simulation.order ?? "trace")] : []),
    column("policy", "text", ({ scenario }) => scenario.policy.name),
    ...settings.map((key) =>
      column(`set.${key}`, "number", ({ scenario }) =>
        Object.hasOwn(scenario.settings, key) ? scenario.settings[key] : null,
      ),
    ),
    column("seed", "whole", ({ scenario }) => scenario.simulation.seed),
    ...(hasWindows ? [column("firstStep", "whole", ({ result }) => result.firstStep ?? null)] : []),
  ];
}
