/** The definition of a metric: its texts, and how it is computed. */
import type { MigrationFigures } from "../../metrics/migration.js";
import type { SlowdownFigures } from "../../metrics/slowdown.js";
import type { Words } from "../../base/text.js";
import type { Workload } from "../../workload/workload.js";
import type { Peaks } from "../observe.js";
import type { Counts, MigrationColumns, TaskColumns } from "../run.js";
import type { Sharing } from "../../cluster/share.js";
import type { MigrationModel } from "../../cluster/migration/presets.js";
import type { ModelValues } from "../model.js";
import type { StepLoads } from "../step-loads.js";
import type { Range } from "./range.js";

/**
 * A metric of a simulation. One declaration defines its column in `steps` and `summary`, its label on axes,
 * and its place in tables and differences.
 *
 * It has `step`, `run` or both. With `step` it has a column in `steps`. With `step` and without `run`, its
 * value for the whole run is the mean over the steps in which it is defined. NaN means "not defined".
 */
export interface Metric {
  /** Name of the column: a letter, then letters, digits and `_`. */
  readonly name: string;
  /** Label on an axis, without the unit. */
  readonly label: Words;
  /** A few short words for the head of a narrow column, without the unit. Default: the label. */
  readonly short?: string;
  /** Exact meaning, as a short phrase. */
  readonly description: string;
  /**
   * Least and greatest value of a step and of a run, before `scale`; NaN is not in it. A value outside of it
   * by rounding alone becomes the nearest bound. Default: every finite number.
   */
  readonly range?: Range;
  /** Unit of the value times `scale`; absent if it has no unit. */
  readonly unit?: string;
  /** Factor from the computed to the drawn value, such as 100 for a share drawn in percent. Default 1. */
  readonly scale?: number;
  readonly better?: "less" | "more";
  /** Whether it comes from the queueing model instead of CPU counted in the simulation. */
  readonly modelled?: boolean;
  /** Computes the value of one step. `loads` is only valid during the call. */
  readonly step?: (loads: StepLoads) => number;
  /** Computes the value of the whole run. "none": there is no such value. */
  readonly run?: ((run: EndedRun) => number) | "none";
  /** Metrics whose columns in `steps` the function `run` reads. */
  readonly needs?: readonly string[];
}

/** A built-in metric without its name, which is the key in the catalogue. */
export type Definition = Omit<Metric, "name"> & { readonly range: Range };

/** A finished run, as metrics see it. */
export interface EndedRun {
  readonly policy: string;
  readonly workload: Workload;
  /** The settings, with all defaults filled in. */
  readonly settings: {
    readonly seed: number;
    readonly steps: number;
    readonly sharing: Sharing;
    readonly migration: MigrationModel;
    readonly model: ModelValues;
  };
  /** By name of the metric, one value per step; also `step` and `time`. */
  readonly steps: Readonly<Record<string, Float64Array>>;
  readonly tasks: TaskColumns;
  readonly migrations: MigrationColumns;
  readonly counts: Counts;
  /** Mean utilization of each machine over the steps in which it was up; NaN if it never was up. */
  readonly meanUtilization: Float64Array;
  readonly totals: RunTotals;
  /** The highest load and steal time of a machine that the policy saw. */
  readonly peaks: Peaks;
  /** CPU that best-effort tasks use in the trace, summed over the steps, in CPU of the reference machine. */
  readonly beInTrace: number;
  /** The limit for LC tails, as a slowdown. */
  readonly slo: number;
  /** Metrics of the migrations. */
  readonly migration: MigrationFigures;
  /** Slowdown of the best-effort tasks that ended. */
  readonly slowdown: SlowdownFigures;
}

/** Sums over the steps: CPU of the reference machine, and task-steps. */
export interface RunTotals {
  lcWanted: number;
  lcLost: number;
  lcTaskSteps: number;
  lcViolations: number;
  beServed: number;
}
