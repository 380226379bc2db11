/** How much best-effort work a cluster carries before its latency-critical work suffers. */
import { InputError } from "../../errors.js";
import { bootstrapMean, type Interval } from "../../metrics/bootstrap.js";
import { resolveParameters } from "../../parameters.js";
import { findPolicy } from "../../policies/index.js";
import type { OnProgress } from "../../progress.js";
import type { Described } from "../../trace/quality.js";
import { randomStream } from "../../random.js";
import { resolveChoices, type SimulationOptions } from "../../simulate/settings.js";
import { runOnWorkers } from "../worker-pool.js";
import { NO_CO_LOCATION, PERFECTLY_EVEN, type CapacityLimit, type ReplicateCapacity } from "./replicate.js";
import { CAPACITY_FIGURES, type CapacityFigure } from "./violations.js";
import type { CapacityAnswer, CapacityReplicates, CapacityTask } from "./worker.js";

/** Violations allowed where nobody says: one in a thousand, in a hundred, in twenty. */
export const VIOLATION_LEVELS: readonly number[] = [0.001, 0.01, 0.05];

export interface CapacityOptions
  extends Pick<SimulationOptions, "sharing" | "migration" | "model">, CapacityReplicates {
  /** Names of built-in policies. */
  readonly policies: readonly string[];
  /** Parameters of policies, by policy name. */
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Violations allowed, as shares above 0 and below 1. Default VIOLATION_LEVELS. */
  readonly levels?: readonly number[];
  /** Largest factor of best-effort work to try. Default 4. */
  readonly max?: number;
  /** Width of the last bracket as a share of the factor. Default .05. */
  readonly precision?: number;
  /** Worker threads. Default 1. */
  readonly workers?: number;
  readonly onProgress?: OnProgress;
  /** Told of each search that ends what its workload was made of. */
  readonly onWorkload?: (described: Described) => void;
}

/** What one contender carries at one level, over the repetitions. */
export interface CapacityPoint {
  /** A policy, or NO_CO_LOCATION or PERFECTLY_EVEN. */
  readonly policy: string;
  readonly level: number;
  /** Best-effort work carried, times the trace's: mean and 95 % bootstrap interval. */
  readonly factor: Interval;
  /** The repetitions' own factors, in the order of the seeds. */
  readonly samples: readonly number[];
  /** Why each repetition carries no more. Where one is "range" the factor is a lower bound. */
  readonly limits: readonly CapacityLimit[];
  /** Repetitions in which the level is passed without any best-effort work. */
  readonly never: number;
  /** LC violations that best-effort work added there. */
  readonly violations: Interval;
  /** Figures of the summary at the factor carried; NaN where they are not defined. */
  readonly figures: Readonly<Record<CapacityFigure, Interval>>;
}

/**
 * Returns the carrying capacity of a cluster at each level under each policy, then under two references: a point a
 * contender and level. It is the largest factor of best-effort work (`scaleBestEffort`) at which the LC violations
 * that it adds (`addedViolations`) stay at or below the level and the work is carried (`isCarried`), found by
 * bisection for each seed apart; means and intervals are over the seeds, which all contenders share.
 *
 * NO_CO_LOCATION gives LC tasks the fewest machines that hold them at the level and best-effort tasks the others,
 * each task to the least loaded; PERFECTLY_EVEN is best-effort work as a fluid, poured over LC work as evenly as
 * can be in every step (`waterFill`), without requests, memory or moves to pay for.
 *
 * Under sharing "fair" best-effort work takes LC work's CPU by weight and tails grow at once; under "lc-first",
 * the default, it harms LC work by interference alone, and at generous levels what ends the search is the room for
 * requests, the same under every policy. Throws InputError for an unknown policy, a level, maximum or precision
 * out of range, and what the trace's reader throws.
 */
export async function carryingCapacity(options: CapacityOptions): Promise<CapacityPoint[]> {
  const { workers = 1, onProgress, onWorkload } = options;
  const contenders = [...options.policies, NO_CO_LOCATION, PERFECTLY_EVEN];
  const tasks = listTasks(options, contenders);
  const answers = new Map<CapacityTask, readonly ReplicateCapacity[]>();
  const report = (): void =>
    onProgress?.({ phase: "searching capacity", done: answers.size, total: tasks.length, unit: "searches" });
  report();
  await runOnWorkers<CapacityTask, CapacityTask, CapacityAnswer>(tasks, {
    workers,
    file: "capacity/worker.js",
    messageOf: (task) => task,
    groupOf: () => "the workloads of all repetitions",
    onEnd(task, { capacities, described }) {
      answers.set(task, capacities);
      onWorkload?.(described);
      report();
      return Promise.resolve();
    },
  });
  return contenders.flatMap((contender) => {
    const own = tasks.filter((task) => task.contender === contender);
    return capacityPoints(
      contender,
      own.map((task) => answers.get(task)!),
    );
  });
}

function listTasks(
  {
    trace,
    open,
    seeds,
    parameters = {},
    levels = VIOLATION_LEVELS,
    max = 4,
    precision = 0.05,
    sharing,
    migration,
    model,
  }: CapacityOptions,
  contenders: readonly string[],
): CapacityTask[] {
  for (const level of levels) {
    if (!(level > 0 && level < 1))
      throw new InputError(`invalid level of violations: ${level}; give a share above 0 and below 1`);
  }
  if (levels.length === 0) throw new InputError("no level of violations; give at least one");
  if (seeds.length === 0) throw new InputError("no seeds; give at least one");
  if (!(max > 0 && Number.isFinite(max)))
    throw new InputError(`invalid largest factor: ${max}; give a number above 0`);
  if (!(precision > 0 && precision < 1))
    throw new InputError(`invalid precision: ${precision}; give a share above 0 and below 1`);
  const chosen = resolveChoices({ sharing, migration, model });
  const replicates = { trace, open, seeds };
  return contenders.flatMap((contender) => {
    const own = isReference(contender)
      ? {}
      : resolveParameters(
          `policy ${contender}`,
          findPolicy(contender).parameters,
          parameters[contender] ?? {},
        );
    return seeds.map((seed, replicate) => ({
      replicates,
      replicate,
      contender,
      search: { ...chosen, seed, levels, max, precision, parameters: own },
    }));
  });
}

/** Whether the name is that of a reference, not of a policy. */
export function isReference(contender: string): boolean {
  return contender === NO_CO_LOCATION || contender === PERFECTLY_EVEN;
}

/** Returns the means over repetitions, one point per level; each repetition has the same levels in the same order. */
export function capacityPoints(
  policy: string,
  replicates: readonly (readonly ReplicateCapacity[])[],
): CapacityPoint[] {
  return replicates[0].map(({ level }, row) => {
    const found = replicates.map((levels) => levels[row]);
    const interval = (values: readonly number[], name: string): Interval =>
      bootstrapMean(values, randomStream(1, "noise", policy, level, name));
    const samples = found.map(({ factor }) => factor);
    return {
      policy,
      level,
      factor: interval(samples, "factor"),
      samples,
      limits: found.map(({ limit }) => limit),
      never: found.filter(({ never }) => never).length,
      violations: interval(
        found.map(({ violations }) => violations),
        "violations",
      ),
      figures: Object.fromEntries(
        CAPACITY_FIGURES.map((name) => [
          name,
          interval(
            found.map(({ figures }) => figures[name]),
            name,
          ),
        ]),
      ) as CapacityPoint["figures"],
    };
  });
}
