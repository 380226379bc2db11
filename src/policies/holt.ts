import { LOAD } from "../base/parameters.js";
import { holtForecast } from "../metrics/trend.js";
import type { Random } from "../base/random.js";
import { DETECTION } from "./overload/detection.js";
import { relieve } from "./overload/relieve.js";
import { SELECTION } from "./overload/selection.js";
import { definePolicy, type ClusterView, type Move } from "./policy.js";

/** The parameters of a rule that uses future loads. */
export const FORECAST_PARAMETERS = {
  horizon: {
    default: 1,
    unit: "steps",
    description: "how many steps ahead the load is predicted",
    min: 1,
    max: 1000,
    integer: true,
  },
  hot: {
    default: 0.8,
    ...LOAD,
    description: "a machine with a predicted load above it gives tasks away",
  },
  ceiling: {
    default: 0.8,
    ...LOAD,
    description: "most predicted load of a target, with the task",
  },
} as const;

/** Relieves the machines above `hot` in a view with future loads: `thr-hpg` with these loads. */
export function relieveBefore(
  ahead: ClusterView,
  random: Random,
  { hot, ceiling }: { readonly hot: number; readonly ceiling: number },
): Move[] {
  return relieve(ahead, random, {
    detector: DETECTION.thr.create({ limit: hot }),
    selection: SELECTION.hpg,
    target: "coldest",
    ceiling,
    underload: 0,
  });
}

export const holtPolicy = definePolicy({
  name: "holt",
  rule:
    "Predicts each machine's load `horizon` steps ahead by double exponential smoothing. A " +
    "machine predicted above `hot` gives away best-effort tasks, the smallest that covers the " +
    "excess first. They go to the machines with the least predicted load, the largest task first.",
  family: "predictive",
  source:
    "Holt, Forecasting Seasonals and Trends by Exponentially Weighted Moving Averages, ONR " +
    "memorandum 52, 1957; the migration rule is that of thr-hpg",
  fidelity: "inspired-by",
  deviations: [
    "smoothed over the history that a policy has, not from the start; negative predictions count as 0",
    "migrations also change a machine's load, and the smoothing takes this for a trend",
    "a task is assumed to want the same CPU in `horizon` steps as now",
    "the horizon counts from the newest observation, which is itself `staleness` old",
    "LC tasks stay",
    "the default weights were chosen on the Google trace of 2011 and on a generated one of 100 machines",
  ],
  parameters: {
    ...FORECAST_PARAMETERS,
    levelWeight: {
      default: 0.8,
      unit: "weight",
      description: "weight of the newest load in the level",
      min: 0.001,
      max: 1,
    },
    trendWeight: {
      default: 0.3,
      unit: "weight",
      description: "weight of the newest rise of the level in the trend",
      min: 0,
      max: 1,
    },
  },
  mark: { of: "load", above: "hot" },
  create: ({ horizon, levelWeight, trendWeight, hot, ceiling }) => ({
    rebalance(view, random) {
      const load = Float64Array.from(view.load);
      const smoothing = { level: levelWeight, trend: trendWeight, ahead: horizon };
      for (let machine = 0; machine < view.machines; machine++) {
        if (view.cpuCapacity[machine] === 0) continue;
        load[machine] = Math.max(0, holtForecast(view.history(machine), smoothing));
      }
      return relieveBefore({ ...view, load }, random, { hot, ceiling });
    },
  }),
});
