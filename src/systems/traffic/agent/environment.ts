/** Queues of one link as an environment for reinforcement learning, as `environment` is for a cluster. */
import { InputError } from "../../../base/errors.js";
import { drawUniform, randomState, type RandomState } from "../../../base/random.js";
import type { Beginning, Transition } from "../../../simulate/environment.js";
import {
  checkKeys,
  checkValue,
  listOf,
  number,
  optional,
  SEED,
  whole,
  type Check,
  type Checks,
} from "../../../base/checks.js";
import { SIZES, STABLE_LOAD } from "../check.js";
import { decide, nextInterval, startFlows, type ControlledFlows, type Interval } from "../control.js";
import { bigSwitch } from "../network.js";
import type { SizeDistribution } from "../sizes/distribution.js";
import { generateFlows } from "../sizes/generate.js";
import { DEFAULT_THRESHOLDS, GIVEN, observationOf, rewardOf, thresholdsOf } from "./sight.js";

export interface TrafficEnvironmentOptions {
  /** Workloads, of which each episode draws one. */
  readonly workloads: readonly SizeDistribution[];
  /** Each episode draws a load between the two, above 0 and below 1. Default .5 to .9. */
  readonly loads?: readonly [low: number, high: number];
  /** Finished flows from one decision to the next. Default 400. */
  readonly every?: number;
  /** Decisions of an episode. Default 50. */
  readonly decisions?: number;
  /** Default 1. */
  readonly seed?: number;
}

/** Two loads below 1, the lower one first. */
export const LOADS: Check = (value) =>
  listOf(STABLE_LOAD, 2)(value) ??
  ((value as number[])[0] > (value as number[])[1] ? "give the lower load first" : undefined);

const OPTIONS: Checks<TrafficEnvironmentOptions> = {
  ...{ workloads: listOf(SIZES), loads: optional(LOADS), seed: optional(SEED) },
  ...{ every: optional(whole(1, 1e6)), decisions: optional(whole(1, 1e6)) },
};

const ACTION = listOf(number(), GIVEN);

/** The last interval of a transition. */
export interface TrafficInfo {
  readonly interval: Interval;
}

export interface TrafficEnvironment {
  /** Starts an episode; the observation is of an interval under the thresholds of the action 0. */
  reset(seed?: number): Pick<Beginning<Float64Array>, "observation"> & { readonly info: TrafficInfo };
  /**
   * Sets the thresholds of an action (three numbers, cut to -1 to 1), simulates until `every` more flows have
   * finished, and returns what is seen then. Throws InputError before `reset`, after the end, and for another
   * action.
   */
  step(action: ArrayLike<number>): Pick<
    Transition<Float64Array, undefined>,
    "observation" | "reward" | "terminated" | "truncated"
  > & {
    readonly info: TrafficInfo;
  };
}

/**
 * Returns an environment in the style of Gymnasium. Without a seed, `reset` begins another episode each time;
 * the same seed gives exactly the same episodes. Throws InputError for options out of range.
 */
export function trafficEnvironment(options: TrafficEnvironmentOptions): TrafficEnvironment {
  checkKeys("trafficEnvironment", options, OPTIONS);
  const { workloads, loads = [0.5, 0.9], every = 400, decisions = 50, seed = 1 } = options;
  let draws: RandomState = randomState(seed, "workload", "episodes");
  let flows: ControlledFlows | undefined;
  let left = 0;

  function observe(): { observation: Float64Array; interval: Interval } {
    // There are more flows than an episode needs, so that an interval never is missing.
    const interval = nextInterval(flows!, every)!;
    return { observation: observationOf(interval), interval };
  }

  return {
    reset(again) {
      checkValue("seed of reset", again, optional(SEED));
      if (again !== undefined) draws = randomState(again, "workload", "episodes");
      const sizes = workloads[Math.floor(drawUniform(draws) * workloads.length)];
      const load = loads[0] + drawUniform(draws) * (loads[1] - loads[0]);
      const network = bigSwitch(2);
      // Flows that are still under way at the end did not finish.
      const count = Math.ceil(1.2 * every * (decisions + 1)) + 2000;
      const own = Math.floor(drawUniform(draws) * 2 ** 31);
      const generated = generateFlows(sizes, network, { load, flows: count, pairs: "one", seed: own });
      flows = startFlows(generated, network, { thresholds: DEFAULT_THRESHOLDS });
      left = decisions;
      const { observation, interval } = observe();
      return { observation, info: { interval } };
    },
    step(action) {
      if (flows === undefined || left === 0)
        throw new InputError("the environment has no episode under way: call reset() first");
      checkValue("action of step", action, ACTION);
      decide(flows, thresholdsOf(action), "trafficEnvironment");
      const { observation, interval } = observe();
      left--;
      return {
        observation,
        reward: rewardOf(interval),
        terminated: left === 0,
        truncated: false,
        info: { interval },
      };
    },
  };
}
