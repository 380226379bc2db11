/** A simulation whose moves come from outside, decision by decision: for agents that learn. */
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
  /** What the run is called in tables. Default "agent". */
  readonly name?: string;
  /** Where arrivals go. Default: as with a policy that has no `place`. */
  readonly place?: Policy["place"];
  /**
   * What the agent sees of the cluster. Default: the view itself, which is one and the same object
   * throughout; copy what is to be kept.
   */
  readonly observe?: (view: ClusterView) => Observation;
  /**
   * What a step is worth, from the step's loads (as of a metric; `facts.migrationsStarted` is not known yet)
   * and the number of migrations that start with it. Default: less the Gini of utilization, so that 0 is
   * perfectly even.
   */
  readonly reward?: (loads: StepLoads, started: number) => number;
}

const OPTION_KEYS = keysOf<EnvironmentOptions<[], unknown>>({
  ...{ name: true, place: true, observe: true, reward: true },
  ...{ seed: true, steps: true, sharing: true, migration: true, model: true, metrics: true },
  keepMachines: true,
});

/** What `reset` returns. */
export interface Beginning<Observation> {
  readonly observation: Observation;
  readonly info: { readonly step: number };
}

/** What `step` returns, after Gymnasium. */
export interface Transition<Observation, Result> {
  readonly observation: Observation;
  /** Sum over the steps up to the next decision; 0 after the last, where none is left. */
  readonly reward: number;
  /** Whether the episode is over: the workload has no more steps. */
  readonly terminated: boolean;
  /** Never: it is there for those who expect it. */
  readonly truncated: false;
  readonly info: {
    /** The last step simulated. */
    readonly step: number;
    /** Of the moves given, how many were started and how many guards or network refused. */
    readonly started: number;
    readonly refused: number;
    /** The finished run, as of `simulate`, where the episode is over. */
    readonly run: Result | undefined;
  };
}

export interface Environment<Observation, Result> {
  /**
   * What the agent may draw from: the stream that a policy of the run would have. It begins anew with each
   * episode.
   */
  readonly random: Random;
  /**
   * Begins an episode and simulates up to its first decision. The same seed gives the same episode to the
   * bit.
   *
   * @param seed In place of that of the options.
   */
  reset(seed?: number): Beginning<Observation>;
  /**
   * Starts the moves, simulates up to the next decision or the end, and returns what came of it. Throws
   * InputError before `reset` and after the end, and for moves that name no task or machine: others may be
   * given then.
   */
  step(moves: readonly Move[]): Transition<Observation, Result>;
}

interface Episode {
  readonly started: StartedRun;
  /** The step that waits for its moves; none at the end. */
  pending: UndecidedStep | undefined;
}

/**
 * Returns the workload as an environment for reinforcement learning, after Gymnasium: an action is a list of
 * moves, a step lasts from one decision to the next (`interval` of the model). An agent that makes the moves
 * that a policy would make gets the policy's run, to the bit. Throws InputError for an unknown option; other
 * errors as of `simulate`, when `reset` is called.
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

  // Without `observe` the observation is the view: that is what its type's default says.
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

/** Less the Gini of utilization; 0 where no machine is up. */
function evenness(loads: StepLoads): number {
  return -(giniOf?.(loads) || 0);
}
