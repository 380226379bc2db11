/**
 * When a machine is overloaded (Beloglazov and Buyya, Concurrency and Computation 24(13), 2012, section 4;
 * OpenStack Neat). Each detector returns an excess: how far the machine's load is above the detector's limit.
 * A task that leaves lowers the excess by its load, because the task is assumed to have had this load during
 * the whole history.
 */
import { interquartileRange, medianAbsoluteDeviation } from "../../metrics/statistics.js";
import { extrapolate, extrapolateRobustly, tricubeWeights } from "../../metrics/trend.js";
import { LOAD, type Parameter, type Parameters, type Values } from "../../base/parameters.js";
import type { ClusterView, Mark } from "../policy.js";

export interface Detector {
  /** Load of the machine above the limit; negative if it is below. */
  readonly excess: (view: ClusterView, machine: number) => number;
  /** Whether a machine exactly at the limit is overloaded. */
  readonly inclusive: boolean;
}

/** A detector with its name, description and parameters. */
export interface Detection<P extends Parameters = Parameters> {
  readonly key: string;
  /** Ends the sentence "A machine is overloaded where ...". */
  readonly rule: string;
  readonly deviations: readonly string[];
  readonly parameters: P;
  /** Present if the limit is the same for all machines at all times. */
  readonly mark?: Mark;
  create(values: Values<P>): Detector;
}

/** "12 has been suggested as a safe value." (CloudSim's source) */
const LEAST_SAMPLES_OF_SPREAD = 12;

/** CloudSim's threshold for machines with too short a history. */
const FALLBACK = 0.7;
const SHORT_HISTORY =
  `a machine with too short a history is overloaded above ${FALLBACK} (CloudSim's ` + "choice)";

const LOOKAHEAD: Parameter = {
  default: 1,
  unit: "steps",
  description: "steps that a migration takes, rounded up",
  min: 1,
  max: 1000,
  integer: true,
};

const define = <P extends Parameters>(detection: Detection<P>): Detection<P> => detection;

const thr = define({
  key: "thr",
  rule: "its load is above `limit` (THR)",
  deviations: [],
  parameters: { limit: { ...LOAD, default: 0.8, description: "load above which a machine is overloaded" } },
  mark: { of: "load", above: "limit" },
  create: ({ limit }) => ({ inclusive: false, excess: (view, machine) => view.load[machine] - limit }),
});

const lna = define({
  key: "lna",
  rule: "the mean of its last `samples` loads is above `limit` (LNA)",
  deviations: [],
  parameters: {
    limit: { ...LOAD, default: 0.95, description: "mean load above which a machine is overloaded" },
    samples: {
      default: 2,
      unit: "steps",
      description: "loads in the mean",
      min: 1,
      max: 1000,
      integer: true,
    },
  },
  mark: { of: "load", above: "limit" },
  create: ({ limit, samples }) => ({
    inclusive: false,
    excess(view, machine) {
      const last = view.history(machine).slice(-samples);
      return last.reduce((sum, load) => sum + load, 0) / last.length - limit;
    },
  }),
});

const iqr = define({
  key: "iqr",
  rule: "its load is above 1 - `safety` x the interquartile range of its history (IQR)",
  deviations: [SHORT_HISTORY],
  parameters: {
    safety: {
      default: 1.5,
      unit: "ranges",
      description: "interquartile ranges kept free below full load",
      min: 0,
      max: 100,
    },
  },
  create: ({ safety }) => overSpread(safety, interquartileRange),
});

const mad = define({
  key: "mad",
  rule: "its load is above 1 - `safety` x the median absolute deviation of its history (MAD)",
  deviations: [SHORT_HISTORY],
  parameters: {
    safety: {
      default: 2.5,
      unit: "deviations",
      description: "median absolute deviations kept free below full load",
      min: 0,
      max: 100,
    },
  },
  create: ({ safety }) => overSpread(safety, medianAbsoluteDeviation),
});

function overSpread(safety: number, spread: (history: Float64Array) => number): Detector {
  return {
    inclusive: false,
    excess(view, machine) {
      const history = Float64Array.from(view.history(machine));
      const limit = history.length < LEAST_SAMPLES_OF_SPREAD ? FALLBACK : 1 - safety * spread(history);
      return view.load[machine] - limit;
    },
  };
}

const REGRESSION = {
  safety: { default: 1.2, unit: "times", description: "factor on the predicted load", min: 0, max: 100 },
  points: {
    default: 10,
    unit: "steps",
    description: "number of loads to which the line is fitted",
    min: 4,
    max: 1000,
    integer: true,
  },
  lookahead: LOOKAHEAD,
};
const REGRESSION_DEVIATIONS = [
  SHORT_HISTORY,
  "the duration of a migration is a parameter; CloudSim computes it from the largest memory on the " +
    "machine",
];

const lr = define({
  key: "lr",
  rule:
    "`safety` x the load that a least-squares line through its last `points` loads predicts " +
    "for `lookahead` steps ahead is 1 or more (LR as CloudSim computes it: without weights)",
  deviations: REGRESSION_DEVIATIONS,
  parameters: REGRESSION,
  create: (values) => overPrediction(values, (history, x) => extrapolate(history, x)),
});

const loess = define({
  key: "loess",
  rule:
    "`safety` x the load that a local regression (tricube weights, the newest load counts " +
    "most) over its last `points` loads predicts for `lookahead` steps ahead is 1 or more (LR as " +
    "published)",
  deviations: REGRESSION_DEVIATIONS,
  parameters: REGRESSION,
  create: (values) => overPrediction(values, extrapolate),
});

const lrr = define({
  key: "lrr",
  rule:
    "`safety` x the load that a robust local regression (tricube, then bisquare weights) " +
    "over its last `points` loads predicts for `lookahead` steps ahead is 1 or more (LRR)",
  deviations: [...REGRESSION_DEVIATIONS, "one robust refit, as in OpenStack Neat"],
  parameters: REGRESSION,
  create: (values) => overPrediction(values, extrapolateRobustly),
});

function overPrediction(
  { safety, points, lookahead }: Values<typeof REGRESSION>,
  predict: (history: Float64Array, x: number, weights: Float64Array) => number,
): Detector {
  const weights = tricubeWeights(points);
  return {
    inclusive: true,
    excess(view, machine) {
      const history = view.history(machine);
      if (history.length < points) return view.load[machine] - FALLBACK;
      const last = Float64Array.from(history.slice(-points));
      return predict(last, points + lookahead, weights) - 1 / safety;
    },
  };
}

const otf = define({
  key: "otf",
  rule:
    "its load is at least `limit`, now and in at least the share `overloadShare` of its history " + "(OTF)",
  deviations: [
    "the share is computed over the history that a policy has, not over the time since the start",
    "no machine is overloaded before there are 10 observations",
  ],
  parameters: {
    limit: { ...LOAD, default: 0.8, description: "load from which a machine counts as overloaded" },
    overloadShare: {
      default: 0.2,
      unit: "of the steps",
      description: "accepted fraction of overload time",
      min: 0,
      max: 1,
    },
    lookahead: LOOKAHEAD,
  },
  mark: { of: "load", above: "limit" },
  create: ({ limit, overloadShare, lookahead }) => ({
    inclusive: true,
    excess(view, machine) {
      const history = view.history(machine);
      const over = history.filter((load) => load >= limit).length;
      const share = (lookahead + over) / (lookahead + history.length);
      return history.length >= 10 && share >= overloadShare ? view.load[machine] - limit : -Infinity;
    },
  }),
});

/** All detectors by key. */
export const DETECTION = { thr, lna, iqr, mad, lr, loess, lrr, otf } as const;
