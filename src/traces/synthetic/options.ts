import { InputError } from "../../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../../base/known-keys.js";
import type { OnProgress } from "../../base/progress.js";
import { TIERS, type Tier } from "../../workload/tier.js";
import { LC_RULES, STEP_SECONDS, type LcRule } from "../../workload/workload.js";
import { NEW_TASK_SHARES, RESIDENT_TASKS, EXECUTION_SECONDS } from "./tables.js";
import type { QuantileTable } from "./quantiles.js";

/** Options of the generated trace; every default follows the Google 2011 cell. */
export interface SyntheticOptions {
  /** Number of identical machines. Default 800. */
  readonly machines?: number;
  /** CPU and memory of a machine, as fractions of the reference machine. Defaults 0.5 and 0.5. */
  readonly cpu?: number;
  readonly memory?: number;
  /** Number of steps, and the length of a step in seconds. Defaults 288 and 300: a day. */
  readonly steps?: number;
  readonly stepSeconds?: number;
  /**
   * Trace time of step 0, which determines the hour and weekday. Default 600: Sunday 1 May 2011 19:00 EDT.
   */
  readonly originSeconds?: number;
  readonly seed?: number;
  readonly lcRule?: LcRule;
  /** Number of tasks that run on a machine at the beginning. Default 10.23 for each 0.5 of CPU. */
  readonly tasksPerMachine?: number;
  /** New tasks per machine and hour, without repeated executions. Default 1.874 for each 0.5 of CPU. */
  readonly arrivalsPerMachineHour?: number;
  /** Shares of new tasks by tier; they need not sum to 1. */
  readonly arrivalShares?: Readonly<Record<Tier, number>>;
  /** Duration of an execution in seconds, by tier: knots (probability, seconds), from probability 0 to 1. */
  readonly executionSeconds?: Readonly<Record<Tier, QuantileTable>>;
  /** Whether machines fail and come back (mean time between failures 40 days per machine). Default false. */
  readonly failures?: boolean;
  readonly onProgress?: OnProgress;
}

export type ResolvedOptions = Required<Omit<SyntheticOptions, "onProgress">>;

const TASKS_PER_HALF_CPU = RESIDENT_TASKS.reduce((sum, cell) => sum + cell.tasksPerMachine, 0);
const ARRIVALS_PER_HALF_CPU_HOUR = 23_383 / 12_477;

const OPTION_KEYS = keysOf<SyntheticOptions>({
  ...{ machines: true, cpu: true, memory: true, steps: true, stepSeconds: true, originSeconds: true },
  ...{ seed: true, lcRule: true, tasksPerMachine: true, arrivalsPerMachineHour: true, arrivalShares: true },
  ...{ executionSeconds: true, failures: true, onProgress: true },
});

/**
 * Returns the options with the defaults filled in. Throws InputError for an unknown option and a value out of
 * range.
 */
export function resolveOptions(options: SyntheticOptions): ResolvedOptions {
  refuseUnknownKeys(options, OPTION_KEYS, "option of generateWorkload");
  const { cpu = 0.5 } = options;
  const resolved: ResolvedOptions = {
    machines: options.machines ?? 800,
    cpu,
    memory: options.memory ?? 0.5,
    steps: options.steps ?? 288,
    stepSeconds: options.stepSeconds ?? STEP_SECONDS,
    originSeconds: options.originSeconds ?? 600,
    seed: options.seed ?? 1,
    lcRule: options.lcRule ?? "class>=2",
    tasksPerMachine: options.tasksPerMachine ?? (TASKS_PER_HALF_CPU * cpu) / 0.5,
    arrivalsPerMachineHour: options.arrivalsPerMachineHour ?? (ARRIVALS_PER_HALF_CPU_HOUR * cpu) / 0.5,
    arrivalShares: options.arrivalShares ?? NEW_TASK_SHARES,
    executionSeconds: options.executionSeconds ?? EXECUTION_SECONDS,
    failures: options.failures ?? false,
  };
  checkNumbers(resolved);
  if (!LC_RULES.includes(resolved.lcRule)) {
    throw new InputError(`unknown lcRule: ${resolved.lcRule}; use one of ${LC_RULES.join(", ")}`);
  }
  for (const tier of TIERS) checkDurations(tier, resolved.executionSeconds[tier]);
  return resolved;
}

function checkNumbers(options: ResolvedOptions): void {
  for (const name of ["machines", "steps"] as const) {
    const value = options[name];
    if (!Number.isInteger(value) || value < 1) {
      throw new InputError(`invalid ${name}: ${value}; use a whole number of at least 1`);
    }
  }
  if (!Number.isSafeInteger(options.seed)) {
    throw new InputError(`invalid seed: ${options.seed}; use a whole number`);
  }
  for (const name of ["cpu", "memory", "stepSeconds"] as const) {
    const value = options[name];
    if (!(value > 0) || !Number.isFinite(value)) {
      throw new InputError(`invalid ${name}: ${value}; use a number above 0`);
    }
  }
  for (const name of ["originSeconds", "tasksPerMachine", "arrivalsPerMachineHour"] as const) {
    const value = options[name];
    if (!(value >= 0) || !Number.isFinite(value)) {
      throw new InputError(`invalid ${name}: ${value}; use a number of at least 0`);
    }
  }
  const shares = TIERS.map((tier) => options.arrivalShares[tier]);
  if (!shares.every((share) => share >= 0 && Number.isFinite(share)) || !shares.some((share) => share > 0)) {
    throw new InputError(`invalid arrivalShares: ${shares.join(", ")}; use numbers of at least 0, not all 0`);
  }
}

function checkDurations(tier: Tier, table: QuantileTable): void {
  const rising = table.every(
    ([p, value], i) => value > 0 && (i === 0 || (p > table[i - 1][0] && value >= table[i - 1][1])),
  );
  if (table.length < 2 || !rising || table[0][0] !== 0 || table[table.length - 1][0] !== 1) {
    throw new InputError(
      `invalid executionSeconds of tier ${tier}: use two or more knots from probability 0 to 1, with ` +
        "increasing values in both columns",
    );
  }
}
