/** A simulation that gets its moves from the caller, decision by decision, for learning agents. */
import { describeValue, InputError } from "../base/errors.js";
import { keysOf, refuseUnknownKeys } from "../base/known-keys.js";
import type { ClusterView, Move, Policy } from "../policies/policy.js";
import type { Random } from "../base/random.js";
import type { Workload } from "../workload/workload.js";
import { checkMoves } from "./ask-policy.js";
import { findMetric, type MetricChoice, type RunNames, type StepNames } from "./metrics/catalogue.js";
import { askedAt, finishStep, isDue, prepareDecision, simulateStep, type UndecidedStep } from "./replay.js";
import type { SimulationOptions } from "./settings.js";
import { finishRun, startRun, type Run, type StartedRun } from "./simulate.js";
import type { StepLoads } from "./step-loads.js";
import { refreshView } from "./view.js";

export interface EnvironmentOptions<Choices extends readonly MetricChoice[], Observation> extends Omit<
  SimulationOptions,
  "policyParameters" | "metrics" | "onProgress"
> {
  readonly metrics?: Choices;
  /** Name of the run in tables. Default "agent". */
  readonly name?: string;
  /** Where arrivals go. Default: as with a policy that has no `place`. */
  readonly place?: Policy["place"];
  /**
   * What the agent sees of the cluster. Default: the view itself. It is the same object in every step, so
   * copy the values that you keep.
   */
  readonly observe?: (view: ClusterView) => Observation;
  /**
   * Reward of a step, from the loads of the step (as metrics get them, but without `facts.migrationsStarted`)
   * and the number of migrations that start at its beginning. Default: the negative Gini of utilization, so
   * that 0 is perfectly even.
   */
  readonly reward?: (loads: StepLoads, started: number) => number;
}

const OPTION_KEYS = keysOf<EnvironmentOptions<[], unknown>>({
  ...{ name: true, place: true, observe: true, reward: true },
  ...{ seed: true, steps: true, sharing: true, migration: true, order: true, model: true, metrics: true },
  keepMachines: true,
});

/** What `reset` returns. */
export interface Beginning<Observation> {
  readonly observation: Observation;
  readonly info: { readonly step: number };
}

/** What `step` returns, as in Gymnasium. */
export interface Transition<Observation, Result> {
  readonly observation: Observation;
  /** Sum over the steps up to the next decision; 0 if no step follows. */
  readonly reward: number;
  /** Whether the episode is over: the workload has no more steps. */
  readonly terminated: boolean;
  /** Always false; it exists because Gymnasium has it. */
  readonly truncated: false;
  readonly info: {
    /** The last step simulated. */
    readonly step: number;
    /** How many of the given moves were started, and how many the guards or the network refused. */
    readonly started: number;
    readonly refused: number;
    /** The finished run, as `simulate` returns it, if the episode is over. */
    readonly run: Result | undefined;
  };
}

export interface Environment<Observation, Result> {
  /** Random numbers for the agent: the same stream as a policy would get. It restarts with each episode. */
  readonly random: Random;
  /**
   * Starts an episode and simulates up to its first decision. The same seed gives exactly the same episode.
   *
   * @param seed Replaces the seed of the options.
   */
  reset(seed?: number): Beginning<Observation>;
  /**
   * Starts the moves, simulates up to the next decision or the end, and returns the transition. Throws
   * InputError before `reset`, after the end, and for moves without a valid task or machine; in the last case
   * the caller may try again with other moves.
   */
  step(moves: readonly Move[]): Transition<Observation, Result>;
}

interface Episode {
  readonly started: StartedRun;
  /** The step that waits for its moves; undefined at the end. */
  pending: UndecidedStep | undefined;
}

/**
 * Returns the workload as an environment for reinforcement learning in the style of Gymnasium: an action is a
 * list of moves, a step lasts from one decision to the next (`interval` of the model). An agent that asks for
 * the same moves as a policy gets exactly the same run. Throws InputError for an unknown option; `reset`
 * throws the errors of `simulate`.
 */
export function environment<const Choices extends readonly MetricChoice[] = [], Observation = ClusterView>(
  workload: Workload,
  options: EnvironmentOptions<Choices, Observation> = {},
): Environment<Observation, Run<StepNames<Choices>, RunNames<Choices>>> {
  refuseUnknownKeys(options, OPTION_KEYS, "option of environment");
  const { name = "agent", place, observe, reward = evenness, ...simulation } = options;
  let episode: Episode | undefined;

  function current(): Episode {
    if (episode === undefined) throw new InputError("the environment has no episode yet: call reset() first");
    return episode;
  }

  // Without `observe`, the type of the observation is ClusterView by default.
  const observationOf = ({ started }: Episode): Observation => {
    const view = started.replay.view.cluster;
    return observe === undefined ? (view as Observation) : observe(view);
  };

  return {
    get random() {
      return current().started.replay.random;
    },
    reset(seed = simulation.seed) {
      const policy: Policy = { name, ...(place === undefined ? {} : { place }) };
      const started = startRun(workload, policy, { ...simulation, seed });
      const { interval } = started.replay.settings.model;
      const { steps } = started.replay.settings;
      if (interval > steps) {
        throw new InputError(
          `no decision in ${steps} steps with an interval of ${interval}; make it shorter`,
        );
      }
      const begun: Episode = { started, pending: undefined };
      advance(begun, 0, 0, () => 0);
      episode = begun;
      return { observation: observationOf(begun), info: { step: interval - 1 } };
    },
    step(moves) {
      const now = current();
      const { started, pending } = now;
      if (pending === undefined) throw new InputError("the episode is over: call reset() for another one");
      const { replay } = started;
      const checked = checkMoves(askedAt(replay, pending.step), moves, "the agent");
      const admitted = finishStep(replay, pending, checked);
      const worth = advance(now, pending.step + 1, admitted, reward);
      const terminated = now.pending === undefined;
      return {
        observation: observationOf(now),
        reward: worth,
        terminated,
        truncated: false,
        info: {
          step: now.pending?.step ?? replay.settings.steps - 1,
          started: admitted,
          refused: checked.length - admitted,
          run: terminated ? finishRun(started) : undefined,
        },
      };
    },
  };
}

/** Simulates up to the next decision or the end, and returns the sum of the rewards. */
function advance(
  episode: Episode,
  from: number,
  started: number,
  reward: (loads: StepLoads, started: number) => number,
): number {
  const { replay } = episode.started;
  const { loads } = replay.recorder;
  episode.pending = undefined;
  let sum = 0;
  for (let step = from; step < replay.settings.steps; step++) {
    const facts = simulateStep(replay, step);
    loads.take({ ...facts, migrationsStarted: 0 });
    const worth: unknown = reward(loads, step === from ? started : 0);
    if (typeof worth !== "number" || Number.isNaN(worth)) {
      throw new InputError(`reward returned ${describeValue(worth)} for step ${step}; give a number`);
    }
    loads.takeAgain();
    sum += worth;
    if (isDue(replay, step)) {
      prepareDecision(replay);
      episode.pending = facts;
      return sum;
    }
    finishStep(replay, facts, []);
  }
  refreshView(replay.view);
  return sum;
}

const { step: giniOf } = findMetric("gini");

/** The negative Gini of utilization; 0 where no machine is up. */
function evenness(loads: StepLoads): number {
  return -(giniOf?.(loads) || 0);
}
