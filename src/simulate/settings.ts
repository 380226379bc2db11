/** The options of a simulation, checked and with their defaults. */
import { SHARING, type Sharing } from "../cluster/share.js";
import { InputError } from "../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../base/known-keys.js";
import { didYouMean } from "../base/nearest.js";
import { resolveParameters } from "../base/parameters.js";
import type { OnProgress } from "../base/progress.js";
import { ORDERS, type Order } from "../workload/task-order.js";
import type { Workload } from "../workload/workload.js";
import { MIGRATION_MODELS, type MigrationModel } from "../cluster/migration/presets.js";
import type { MetricChoice } from "./metrics/catalogue.js";
import { MODEL, type ModelOptions, type ModelValues } from "./model.js";

export interface SimulationOptions {
  /** Root seed of the random numbers for placements and policies; the workload has its own. Default 1. */
  readonly seed?: number;
  /** Steps to simulate; default, and most, the workload's. */
  readonly steps?: number;
  /** How LC and best-effort tasks share a contended machine. Default "lc-first". */
  readonly sharing?: Sharing;
  /**
   * Cost model of migrations: a name in MIGRATIONS. Default "pre-copy"; "free" is unrealistic, for
   * comparison.
   */
  readonly migration?: MigrationModel;
  /**
   * Whether tasks come at the times of the trace ("trace", the default), or also wait until all tasks that
   * they come after (`workload.dependencies`) have ended in the simulation ("enforced"; docs/model.md says
   * exactly how).
   */
  readonly order?: Order;
  /** Parameters of the model that differ from their defaults in MODEL. */
  readonly model?: ModelOptions;
  /**
   * Parameters of the policy that differ from their defaults, by name. For a policy that is an object or a
   * function: the parameters that it was made with, which are only written to the manifest.
   */
  readonly policyParameters?: Readonly<Record<string, number>>;
  /**
   * Metrics to record: names select built-in metrics (without any name: all of them), your own metrics are
   * added. Default: all built-in metrics.
   */
  readonly metrics?: readonly MetricChoice[];
  /** Whether to keep the CPU use of every machine in every step (`run.machines`). Default false. */
  readonly keepMachines?: boolean;
  readonly onProgress?: OnProgress;
}

/** Options with their defaults filled in. */
export interface Settings {
  readonly seed: number;
  readonly steps: number;
  readonly sharing: Sharing;
  readonly migration: MigrationModel;
  readonly model: ModelValues;
  /** Present only where it is not the default, so that manifests and keys of other runs do not have it. */
  readonly order?: "enforced";
}

const OPTION_KEYS = keysOf<SimulationOptions>({
  seed: true,
  steps: true,
  sharing: true,
  migration: true,
  order: true,
  model: true,
  policyParameters: true,
  metrics: true,
  keepMachines: true,
  onProgress: true,
});

/** Fills in defaults. Throws InputError for options that are unknown or out of range. */
export function resolveSettings(workload: Workload, options: SimulationOptions): Settings {
  refuseUnknownKeys(options, OPTION_KEYS, "option of simulate");
  const { steps = workload.steps } = options;
  if (!Number.isInteger(steps) || steps < 1 || steps > workload.steps) {
    throw new InputError(`invalid number of steps: ${steps}; the workload has ${workload.steps}`);
  }
  return { ...resolveChoices(options), steps };
}

/** Fills in the defaults that do not depend on the workload. Throws InputError as `resolveSettings` does. */
export function resolveChoices({
  seed = 1,
  sharing = "lc-first",
  migration = "pre-copy",
  order = "trace",
  model = {},
}: SimulationOptions): Omit<Settings, "steps"> {
  if (!Number.isSafeInteger(seed)) throw new InputError(`invalid seed: ${seed}; it must be a whole number`);
  checkName("sharing", sharing, SHARING);
  checkName("migration model", migration, MIGRATION_MODELS);
  checkName("order", order, ORDERS);
  return {
    seed,
    sharing,
    migration,
    model: resolveParameters("the model", MODEL, model),
    ...(order === "enforced" && { order }),
  };
}

function checkName(what: string, name: string, known: readonly string[]): void {
  if (!known.includes(name))
    throw new InputError(`unknown ${what}: ${name}${didYouMean(name, known)}; known: ${known.join(", ")}`);
}
