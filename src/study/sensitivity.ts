/** What becomes of a result when one assumption changes. */
import { bootstrapMean, type Interval } from "../metrics/bootstrap.js";
import { randomStream } from "../random.js";
import type { Run } from "../simulate/simulate.js";
import { type RunMetricName } from "../simulate/metrics/catalogue.js";

export interface SensitivityPlan {
  /** Settings of the parameter. */
  readonly values: readonly number[];
  /** Repetitions, such as workloads of different seeds; each is met by every policy at every setting. */
  readonly replicates: readonly number[];
  /** Figures of the summary to follow. */
  readonly figures: readonly RunMetricName[];
  /** Simulates one setting of one repetition under all policies: mostly a call of `compare`. */
  readonly run: (value: number, replicate: number) => readonly Run[];
}

/** A figure of one policy at one setting: mean over the repetitions and 95 % bootstrap interval. */
export interface SensitivityPoint extends Interval {
  readonly policy: string;
  readonly figure: RunMetricName;
  readonly x: number;
  /** The repetitions' own values, in their order: for paired differences. */
  readonly samples: readonly number[];
}

/** Runs the plan and returns a point for each policy, figure and setting, settings in the order given. */
export function sensitivity({ values, replicates, figures, run }: SensitivityPlan): SensitivityPoint[] {
  return values.flatMap((x) => {
    const repeated = replicates.map((replicate) => run(x, replicate));
    const policies = repeated[0].map(({ policy }) => policy);
    return policies.flatMap((policy, row) =>
      figures.map((figure) => {
        const samples = repeated.map((runs) => runs[row].summary[figure]);
        return {
          policy,
          figure,
          x,
          samples,
          ...bootstrapMean(samples, randomStream(1, "noise", policy, figure, x)),
        };
      }),
    );
  });
}
