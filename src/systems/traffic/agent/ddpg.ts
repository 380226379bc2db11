/**
 * Deep deterministic policy gradient (Lillicrap et al., ICLR 2016): an actor gives the action, a critic its
 * worth; both follow slowly changing copies of themselves.
 */
import { resolveParameters, type Parameters, type Values } from "../../../base/parameters.js";
import { drawUniform, randomState, type RandomState } from "../../../base/random.js";
import { createAdam, descend, type Adam } from "./adam.js";
import { backward, createMlp, forward, mlpOf, type Mlp } from "./mlp.js";

const SHARE = { unit: "", min: 0, max: 1 } as const;

/** All numbers of the training. */
export const DDPG = {
  gamma: { ...SHARE, default: 0.3, description: "weight of what follows one decision later" },
  tau: { ...SHARE, default: 0.02, description: "part of the way that a copy follows at each step" },
  batch: {
    default: 64,
    unit: "decisions",
    description: "decisions of a step of learning",
    min: 1,
    max: 4096,
    integer: true,
  },
  buffer: {
    default: 4000,
    unit: "decisions",
    description: "decisions that are remembered",
    min: 1,
    max: 1e6,
    integer: true,
  },
  actorRate: { ...SHARE, default: 5e-4, description: "learning rate of the actor (Adam)" },
  criticRate: { ...SHARE, default: 1e-3, description: "learning rate of the critic (Adam)" },
} as const satisfies Parameters;

export type DdpgValues = Values<typeof DDPG>;

/** Units of the layers between input and output. */
export const ACTOR_LAYERS = [32, 32];
export const CRITIC_LAYERS = [48, 48];

export interface Ddpg {
  readonly values: DdpgValues;
  readonly seen: number;
  readonly given: number;
  readonly actor: Mlp;
  readonly critic: Mlp;
  readonly actorCopy: Mlp;
  readonly criticCopy: Mlp;
  readonly actorAdam: Adam;
  readonly criticAdam: Adam;
  readonly draws: RandomState;
  /** Transitions: observation, action, reward, next observation; row-major, a ring. */
  readonly memory: Float64Array;
  remembered: number;
  /** Noise of the action: an Ornstein and Uhlenbeck process of stationary standard deviation 1. */
  readonly noise: Float64Array;
}

/** Returns an agent that has learned nothing. Equal seeds give equal bytes. */
export function createDdpg(
  seen: number,
  given: number,
  seed: number,
  values = resolveParameters("DDPG", DDPG),
): Ddpg {
  const draws = randomState(seed, "policy", "ddpg");
  const { batch } = values;
  const actor = createMlp([seen, ...ACTOR_LAYERS, given], "tanh", { batch, random: draws });
  const critic = createMlp([seen + given, ...CRITIC_LAYERS, 1], "linear", { batch, random: draws });
  return {
    ...{ values, seen, given, actor, critic, draws },
    actorCopy: mlpOf(actor.sizes, "tanh", actor.weights.slice(), batch),
    criticCopy: mlpOf(critic.sizes, "linear", critic.weights.slice(), batch),
    actorAdam: createAdam(actor.weights.length, values.actorRate),
    criticAdam: createAdam(critic.weights.length, values.criticRate),
    memory: new Float64Array(values.buffer * (2 * seen + given + 1)),
    remembered: 0,
    noise: new Float64Array(given),
  };
}

/** Returns the actor's action, each number from -1 to 1. */
export function act(actor: Mlp, observation: ArrayLike<number>): Float64Array {
  actor.units[0].set(observation);
  return forward(actor, 1).slice(0, actor.sizes.at(-1));
}

/** How much of the noise of the step before is left. */
const PERSISTENCE = 0.85;

/** Returns the actor's action with noise of that standard deviation, for exploration. */
export function explore(agent: Ddpg, observation: ArrayLike<number>, deviation: number): Float64Array {
  const { noise, draws } = agent;
  return act(agent.actor, observation).map((value, i) => {
    noise[i] = PERSISTENCE * noise[i] + Math.sqrt(1 - PERSISTENCE ** 2) * drawNormal(draws);
    return Math.min(1, Math.max(-1, value + deviation * noise[i]));
  });
}

/** Box and Muller's method. */
function drawNormal(draws: RandomState): number {
  const radius = Math.sqrt(-2 * Math.log1p(-drawUniform(draws)));
  return radius * Math.cos(2 * Math.PI * drawUniform(draws));
}

/** Remembers a transition; the oldest is forgotten when the buffer is full. */
export function remember(
  agent: Ddpg,
  observation: ArrayLike<number>,
  action: ArrayLike<number>,
  reward: number,
  next: ArrayLike<number>,
): void {
  const { seen, given, memory, values } = agent;
  const at = (agent.remembered++ % values.buffer) * (2 * seen + given + 1);
  memory.set(observation, at);
  memory.set(action, at + seen);
  memory[at + seen + given] = reward;
  memory.set(next, at + seen + given + 1);
}

/** Takes one step of critic and actor on a random batch; nothing until a batch is remembered. */
export function learn(agent: Ddpg): void {
  const { values, remembered, draws } = agent;
  const { batch, buffer } = values;
  if (remembered < batch) return;
  const rows = new Int32Array(batch);
  for (let b = 0; b < batch; b++) rows[b] = Math.floor(drawUniform(draws) * Math.min(remembered, buffer));
  learnCritic(agent, rows);
  learnActor(agent, rows);
  follow(agent.actorCopy.weights, agent.actor.weights, values.tau);
  follow(agent.criticCopy.weights, agent.critic.weights, values.tau);
}

/** Least squares of the reward and the discounted worth of what the copies would do next. */
function learnCritic(agent: Ddpg, rows: Int32Array): void {
  const { values, seen, given, memory, critic, actorCopy, criticCopy } = agent;
  const width = 2 * seen + given + 1;
  const batch = rows.length;
  const wide = seen + given;
  rows.forEach((row, b) => {
    const at = row * width;
    const next = memory.subarray(at + wide + 1, at + width);
    actorCopy.units[0].set(next, b * seen);
    criticCopy.units[0].set(next, b * wide);
    critic.units[0].set(memory.subarray(at, at + wide), b * wide);
  });
  const actions = forward(actorCopy, batch);
  for (let b = 0; b < batch; b++)
    criticCopy.units[0].set(actions.subarray(b * given, (b + 1) * given), b * wide + seen);
  const worthNext = forward(criticCopy, batch);
  const worth = forward(critic, batch);
  const delta = critic.deltas.at(-1)!;
  for (let b = 0; b < batch; b++) {
    const target = memory[rows[b] * width + wide] + values.gamma * worthNext[b];
    delta[b] = (2 * (worth[b] - target)) / batch;
  }
  backward(critic, batch, "weights");
  descend(agent.criticAdam, critic.weights, critic.gradient);
}

/** Moves the actor towards actions that the critic finds better. */
function learnActor(agent: Ddpg, rows: Int32Array): void {
  const { seen, given, memory, actor, critic } = agent;
  const width = 2 * seen + given + 1;
  const batch = rows.length;
  const wide = seen + given;
  rows.forEach((row, b) => {
    actor.units[0].set(memory.subarray(row * width, row * width + seen), b * seen);
  });
  const actions = forward(actor, batch);
  for (let b = 0; b < batch; b++)
    critic.units[0].set(actions.subarray(b * given, (b + 1) * given), b * wide + seen);
  forward(critic, batch);
  critic.deltas.at(-1)!.fill(-1 / batch, 0, batch);
  backward(critic, batch, "inputs");
  const delta = actor.deltas.at(-1)!;
  for (let b = 0; b < batch; b++)
    for (let i = 0; i < given; i++) delta[b * given + i] = critic.deltas[0][b * wide + seen + i];
  backward(actor, batch, "weights");
  descend(agent.actorAdam, actor.weights, actor.gradient);
}

function follow(copy: Float64Array, weights: Float64Array, tau: number): void {
  for (let w = 0; w < copy.length; w++) copy[w] += tau * (weights[w] - copy[w]);
}
