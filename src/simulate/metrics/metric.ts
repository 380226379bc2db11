/** What a metric is: its words, and how it is computed. */
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

/**
 * A figure of a simulation, declared once: from the declaration follow its column in `steps` and `summary`,
 * its label on axes, and its place in tables and differences.
 *
 * It has `step`, `run` or both. With `step` it has a column in `steps`; without `run` its figure of the whole
 * run is then the mean of the steps in which it is defined. NaN stands for "not defined".
 */
export interface Metric {
  /** Its column: a letter, then letters, digits and `_`. */
  readonly name: string;
  /** What an axis calls it, without the unit. */
  readonly label: Words;
  /** What exactly it is, half a sentence. */
  readonly description: string;
  /** Of the value times `scale`; none where absent. */
  readonly unit?: string;
  /** What is drawn over what is computed, such as 100 for a share drawn in percent. Default 1. */
  readonly scale?: number;
  readonly better?: "less" | "more";
  /** Whether it rests on a model of requests rather than on CPU counted in the simulation. */
  readonly modelled?: boolean;
  /** From the loads of one step. They are only valid during the call. */
  readonly step?: (loads: StepLoads) => number;
  /** From the finished run. "none": it has no figure of the whole run. */
  readonly run?: ((run: EndedRun) => number) | "none";
  /** Metrics whose columns in `steps` the function `run` reads. */
  readonly needs?: readonly string[];
}

/** A metric without its name, which is the key that it is declared under. */
export type Definition = Omit<Metric, "name">;

/** A run that has come to its end, as metrics see it. */
export interface EndedRun {
  readonly policy: string;
  readonly workload: Workload;
  /** What was simulated, with every default filled in. */
  readonly settings: {
    readonly seed: number;
    readonly steps: number;
    readonly sharing: Sharing;
    readonly migration: MigrationModel;
    readonly model: ModelValues;
  };
  /** By name of the metric, one value per step; beside them `step` and `time`. */
  readonly steps: Readonly<Record<string, Float64Array>>;
  readonly tasks: TaskColumns;
  readonly migrations: MigrationColumns;
  readonly counts: Counts;
  /** Of each machine, over the steps in which it was up; NaN where it never was. */
  readonly meanUtilization: Float64Array;
  readonly totals: RunTotals;
  /** The highest load and steal time of a machine that the policy saw. */
  readonly peaks: Peaks;
  /** CPU that best-effort tasks take in the trace, summed over the steps, in CPU of the reference machine. */
  readonly beInTrace: number;
  /** The limit that LC tails are compared with, a slowdown. */
  readonly slo: number;
  /** What its migrations come to. */
  readonly migration: MigrationFigures;
  /** Of the best-effort tasks that ended. */
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
