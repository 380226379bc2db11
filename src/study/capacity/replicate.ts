/** The carrying capacity of one workload under one policy or reference. */
import { createPolicy, type PolicyChoice } from "../../policies/index.js";
import { InputError } from "../../base/errors.js";
import { scaleBestEffort } from "../../workload/scale-best-effort.js";
import { BEST_EFFORT, type Workload } from "../../workload/workload.js";
import { resolveSettings, type SimulationOptions } from "../../simulate/settings.js";
import { simulate } from "../../simulate/simulate.js";
import { splitPolicy, withoutPlacement } from "./no-co-location.js";
import { NO_CO_LOCATION, PERFECTLY_EVEN } from "./references.js";
import { perfectlyEven } from "./perfectly-even.js";
import { largestThatHolds } from "./search.js";
import {
  addedViolations,
  CAPACITY_FIGURES,
  isCarried,
  type CapacityFigure,
  type CapacityFigures,
} from "./violations.js";

/**
 * What ended the search: LC violations, undone best-effort work, or the largest factor to try. It is
 * "undefined" for the reference PERFECTLY_EVEN where LC work may move, because this bound takes LC work as
 * fixed.
 */
export type CapacityLimit = "violations" | "undone" | "range" | "undefined";

type Chosen = Pick<SimulationOptions, "seed" | "steps" | "sharing" | "migration" | "model">;

export interface CapacitySearch extends Chosen {
  /** Allowed violations, as shares of LC work. */
  readonly levels: readonly number[];
  /** Largest factor tried. */
  readonly max: number;
  /** Relative width of the last bracket. */
  readonly precision: number;
  /** Parameters of the policy. */
  readonly parameters?: Readonly<Record<string, number>>;
}

/** How much one workload carries at one level. */
export interface ReplicateCapacity {
  readonly level: number;
  /**
   * Carried best-effort work as a multiple of the trace's; 0 where LC work alone exceeds the level, NaN where
   * undefined.
   */
  readonly factor: number;
  /** Why the factor is not larger. */
  readonly limit: CapacityLimit;
  /** Whether LC work alone exceeds the level. */
  readonly never: boolean;
  /** LC violations at this factor, less those of LC work alone. */
  readonly violations: number;
  readonly figures: CapacityFigures;
}

/**
 * Returns the metrics at a factor. The level matters only for `no-co-location`, whose layout depends on it.
 */
type Evaluate = (factor: number, level: number) => CapacityFigures;

/**
 * Returns the capacity of the workload at each level, under a built-in policy or one of NO_CO_LOCATION and
 * PERFECTLY_EVEN. Throws InputError for an unknown policy or parameter, for options out of range, and for a
 * workload without best-effort work.
 */
export function replicateCapacity(
  workload: Workload,
  contender: PolicyChoice,
  { levels, max, precision, parameters, ...options }: CapacitySearch,
): ReplicateCapacity[] {
  if (contender === PERFECTLY_EVEN && options.model?.moveLatencyCritical === 1)
    return levels.map(undefinedAt);
  if (!workload.executions.taskClass.includes(BEST_EFFORT))
    throw new InputError(
      `${workload.source} has no best-effort work, and capacity is how much of it fits: give a workload ` +
        "with best-effort tasks (for table:FILE.json, a second object in tasks, with a file of such tasks)",
    );
  // All factors select by the same hash, so a larger factor keeps the tasks of a smaller one and adds more.
  const scaled = (factor: number): Workload => scaleBestEffort(workload, factor, options.seed);
  const alone = simulate(scaled(0), createPolicy("no-migration"), { ...options, keepMachines: true });
  const run = (factor: number): CapacityRun =>
    simulate(scaled(factor), createPolicy(contender, parameters), { ...options, metrics: CAPACITY_FIGURES });

  function evaluator(): Evaluate {
    if (contender === PERFECTLY_EVEN)
      return remember(perfectlyEven(workload, alone, resolveSettings(workload, options)));
    if (contender !== NO_CO_LOCATION) return remember((factor) => figuresOf(run(factor)));
    return splitEvaluator(workload, scaled, { base: figuresOf(alone), precision, options });
  }

  const evaluate = evaluator();
  // The fluid is accounted slightly differently from simulated runs, so it is compared with itself.
  const base = contender === PERFECTLY_EVEN ? evaluate(0, 0) : figuresOf(alone);
  return levels.map((level) => {
    const found = largestThatHolds<CapacityLimit>(
      (factor) => {
        const figures = evaluate(factor, level);
        if (addedViolations(figures, base) > level) return "violations";
        return isCarried(factor, figures) ? undefined : "undone";
      },
      { max, precision },
    );
    const figures = evaluate(found.load, level);
    return {
      level,
      factor: found.load,
      limit: found.reason ?? "range",
      never: found.never,
      violations: addedViolations(figures, base),
      figures,
    };
  });
}

function undefinedAt(level: number): ReplicateCapacity {
  const figures = Object.fromEntries(CAPACITY_FIGURES.map((name) => [name, NaN])) as CapacityFigures;
  return { level, factor: NaN, limit: "undefined", never: false, violations: NaN, figures };
}

/** LC work gets as few machines as keep it within the level; best-effort work gets the others. */
function splitEvaluator(
  workload: Workload,
  scaled: (factor: number) => Workload,
  { base, precision, options }: { base: CapacityFigures; precision: number; options: Chosen },
): Evaluate {
  const n = workload.machines.id.length;
  const split = (factor: number, lcMachines: number): CapacityFigures =>
    figuresOf(
      simulate(withoutPlacement(scaled(factor)), splitPolicy(lcMachines), {
        ...options,
        metrics: CAPACITY_FIGURES,
      }),
    );
  const onMachines = remember((lcMachines) => split(0, lcMachines));
  const lcMachines = remember((level) => {
    const { load } = largestThatHolds(
      (share) =>
        addedViolations(onMachines(Math.round(n * (1 - share))), base) > level ? "violations" : undefined,
      { max: (n - 1) / n, precision },
    );
    return Math.round(n * (1 - load));
  });
  const cells = new Map<number, Evaluate>();
  return (factor, level) => {
    const machines = lcMachines(level);
    const evaluate = cells.get(machines) ?? remember((f) => split(f, machines));
    cells.set(machines, evaluate);
    return evaluate(factor, level);
  };
}

/** Caches results by key, because the levels try mostly the same factors. */
function remember<Value>(compute: (key: number) => Value): (key: number) => Value {
  const known = new Map<number, Value>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = compute(key);
    known.set(key, value);
    return value;
  };
}

type CapacityRun = { readonly summary: Readonly<Record<CapacityFigure, number>> };

function figuresOf({ summary }: CapacityRun): CapacityFigures {
  return Object.fromEntries(CAPACITY_FIGURES.map((name) => [name, summary[name]])) as CapacityFigures;
}
