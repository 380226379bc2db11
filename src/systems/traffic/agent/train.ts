/** Trains an agent for the thresholds of queues. */
import { InputError } from "../../../base/errors.js";
import { resolveParameters } from "../../../base/parameters.js";
import { checkKeys, listOf, OBJECT, optional, SEED, whole, type Checks } from "../../../base/checks.js";
import { SIZES } from "../check.js";
import type { Agent } from "../rules/rule.js";
import { publishedSizes, type SizeDistribution, type SizesName } from "../sizes/distribution.js";
import { ACTOR_LAYERS, createDdpg, DDPG, act, explore, learn, remember, type DdpgValues } from "./ddpg.js";
import { LOADS, trafficEnvironment } from "./environment.js";
import { countWeights, mlpOf } from "./mlp.js";
import { GIVEN, observationOf, SEEN, thresholdsOf } from "./sight.js";

export interface TrainOptions {
  /** Workloads to train on: names of published ones, and one's own. Default web search and data mining. */
  readonly workloads?: readonly (SizesName | SizeDistribution)[];
  /** Loads of one link between which episodes lie, above 0 and below 1. Default .5 to .9. */
  readonly loads?: readonly [low: number, high: number];
  /** Decisions in all, of which each is followed by a step of learning. Default 3000. */
  readonly steps?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Other numbers of the training than the defaults of `DDPG`. */
  readonly values?: Partial<DdpgValues>;
}

export const TRAIN_CHECKS: Checks<Omit<TrainOptions, "seed">> = {
  workloads: optional(listOf((value) => (typeof value === "string" ? undefined : SIZES(value)))),
  ...{ loads: optional(LOADS), steps: optional(whole(1, 1e7)), values: optional(OBJECT) },
};

/** A trained agent: plain data, which a file can hold. */
export interface TrainedAgent {
  readonly seed: number;
  readonly steps: number;
  /** Their names. */
  readonly workloads: readonly string[];
  readonly loads: readonly [low: number, high: number];
  readonly values: DdpgValues;
  /** Weights of the actor. */
  readonly weights: Float64Array;
  /** Mean reward of the decisions of each episode. */
  readonly rewards: Float64Array;
}

/** Decisions of an episode, and standard deviation of the noise at the beginning and at the end. */
const DECISIONS = 50;
const NOISE = [0.55, 0.05] as const;

/**
 * Returns an agent trained by DDPG on one link. Equal options give equal bytes. Throws InputError for unknown
 * options and workloads, and for values out of range.
 */
export function trainAgent(options: TrainOptions = {}): TrainedAgent {
  checkKeys("trainAgent", options, { ...TRAIN_CHECKS, seed: optional(SEED) });
  const { workloads = ["web-search", "data-mining"], loads = [0.5, 0.9], steps = 3000, seed = 1 } = options;
  const values = resolveParameters("DDPG", DDPG, options.values);
  const sizes = workloads.map((one) => (typeof one === "string" ? publishedSizes(one) : one));
  const agent = createDdpg(SEEN, GIVEN, seed, values);
  const environment = trafficEnvironment({
    ...{ loads, seed, decisions: DECISIONS, workloads: sizes },
  });
  const rewards: number[] = [];
  let { observation } = environment.reset();
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    const deviation = NOISE[0] + ((NOISE[1] - NOISE[0]) * step) / steps;
    const action = explore(agent, observation, deviation);
    const { observation: next, reward, terminated } = environment.step(action);
    remember(agent, observation, action, reward, next);
    learn(agent);
    sum += reward;
    observation = next;
    if (!terminated) continue;
    rewards.push(sum / DECISIONS);
    sum = 0;
    ({ observation } = environment.reset());
  }
  return {
    ...{ seed, steps, workloads: sizes.map(({ name }) => name), loads, values },
    weights: agent.actor.weights.slice(),
    rewards: Float64Array.from(rewards),
  };
}

/**
 * Returns what the rule "learned" wants as `agent`: from the flows that finished to thresholds. Throws
 * InputError for weights of another network.
 */
export function agentOf({ weights }: Pick<TrainedAgent, "weights">): Agent {
  const sizes = [SEEN, ...ACTOR_LAYERS, GIVEN];
  if (weights.length !== countWeights(sizes))
    throw new InputError(
      `an agent has ${countWeights(sizes)} weights, not ${weights.length}: train it with this version`,
    );
  const actor = mlpOf(sizes, "tanh", weights);
  return (seen) => thresholdsOf(act(actor, observationOf(seen)));
}
