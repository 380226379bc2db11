/** The learning agent: gradients, actions, and that equal seeds give equal bytes. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomState, randomStream } from "../../../../src/base/random.js";
import { createAdam, descend } from "../../../../src/systems/traffic/agent/adam.js";
import { agentJson, readAgent } from "../../../../src/systems/traffic/agent/agent-file.js";
import { createDdpg, explore, learn, remember, act } from "../../../../src/systems/traffic/agent/ddpg.js";
import { trafficEnvironment } from "../../../../src/systems/traffic/agent/environment.js";
import { backward, countWeights, createMlp, forward } from "../../../../src/systems/traffic/agent/mlp.js";
import { observationOf, rewardOf, thresholdsOf } from "../../../../src/systems/traffic/agent/sight.js";
import { agentOf, trainAgent } from "../../../../src/systems/traffic/agent/train.js";
import { trainAgents } from "../../../../src/systems/traffic/agent/train-agents.js";
import { publishedSizes, sizesFrom } from "../../../../src/systems/traffic/sizes/distribution.js";

const workloads = [publishedSizes("web-search"), publishedSizes("data-mining")];

describe("the network", () => {
  // Outputs of 5 and 3 take the ways of four sums at a time and of single sums.
  const shapes = [
    [[4, 9, 5, 3], "tanh"],
    [[3, 8, 6, 1], "linear"],
  ] as const;
  it.each(shapes)("%s %s has the gradients of finite differences", (sizes, output) => {
    const random = randomStream(7, "noise");
    const rows = 3;
    const mlp = createMlp(sizes, output, { batch: rows, random: randomState(7, "policy") });
    // Larger than at the beginning of a training, so that tanh bends.
    for (let w = 0; w < mlp.weights.length; w++) mlp.weights[w] = 1.6 * (random() - 0.5);
    const input = Float64Array.from({ length: rows * sizes[0] }, () => 2 * random() - 1);
    const outputs = sizes[sizes.length - 1];
    const target = Float64Array.from({ length: rows * outputs }, () => 2 * random() - 1);
    const loss = (x = input): number => {
      mlp.units[0].set(x);
      return forward(mlp, rows).reduce((sum, value, i) => sum + (value - target[i]) ** 2, 0);
    };
    const prepare = (): void => {
      loss();
      forward(mlp, rows).forEach((value, i) => (mlp.deltas.at(-1)![i] = 2 * (value - target[i])));
    };
    const step = 1e-6;
    prepare();
    backward(mlp, rows, "weights");
    const gradient = mlp.gradient.slice();
    expect(gradient.filter((value) => value !== 0).length).toBeGreaterThan(gradient.length / 3);
    for (let w = 0; w < mlp.weights.length; w++) {
      const held = mlp.weights[w];
      mlp.weights[w] = held + step;
      const up = loss();
      mlp.weights[w] = held - step;
      const down = loss();
      mlp.weights[w] = held;
      expect(gradient[w], `weight ${w}`).toBeCloseTo((up - down) / (2 * step), 6);
    }
    prepare();
    backward(mlp, rows, "inputs");
    const toInputs = mlp.deltas[0].slice();
    input.forEach((value, i) => {
      const moved = (by: number): number => loss(input.map((x, j) => (j === i ? value + by : x)));
      expect(toInputs[i], `input ${i}`).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 6);
    });
  });
});

it("takes Adam's first steps as computed by hand", () => {
  // With a constant gradient, both corrected moments are constant: each step is rate x sign.
  const adam = createAdam(2, 0.1);
  const weights = Float64Array.of(1, 1);
  for (let i = 0; i < 3; i++) descend(adam, weights, Float64Array.of(4, -0.5));
  expect(weights[0]).toBeCloseTo(0.7, 7);
  expect(weights[1]).toBeCloseTo(1.3, 7);
  // Then a gradient of 0: mean .9 x (1 - .9^3) g and square .999 (1 - .999^3) g^2, corrected for four steps.
  descend(adam, weights, Float64Array.of(0, 0));
  const mean = (0.9 * (1 - 0.9 ** 3)) / (1 - 0.9 ** 4);
  const square = (0.999 * (1 - 0.999 ** 3)) / (1 - 0.999 ** 4);
  expect(weights[0]).toBeCloseTo(0.7 - (0.1 * mean) / Math.sqrt(square), 7);
});

describe("what the agent sees and does", () => {
  it("counts flows and bytes by size", () => {
    const bytes = Float64Array.of(500, 5e4, 5e4, 9e8);
    const seen = observationOf({ bytes, slowdown: bytes, from: 0, to: 1, utilization: 0.6 });
    expect(Array.from(seen.slice(0, 6))).toEqual([0.25, 0.25, 0.75, 0.75, 0.75, 0.75]);
    expect(seen[8]).toBeCloseTo(100_500 / 900_100_500, 12);
    expect(seen[12]).toBe(0.6);
  });

  it("is rewarded with the mean of -log slowdown", () => {
    const slowdown = Float64Array.of(1, Math.E, Math.E ** 2);
    expect(rewardOf({ bytes: slowdown, slowdown, from: 0, to: 1, utilization: 0 })).toBeCloseTo(-1, 12);
  });

  it("has thresholds that ascend between 1 KB and 1 GB for every action", () => {
    const number = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(number, number, number), (action) => {
        const [a, b, c] = thresholdsOf(action);
        expect(1e3 < a && a < b && b < c && c < 1e9).toBe(true);
      }),
    );
  });
});

describe("the environment", () => {
  it("gives the same episode for the same seed, and the reward of its interval", () => {
    const play = (): number[] => {
      const environment = trafficEnvironment({ workloads, decisions: 3, every: 100, seed: 5 });
      const { observation } = environment.reset();
      const all = [...observation];
      for (let terminated = false; !terminated;) {
        const step = environment.step([0.1, -0.2, 0.3]);
        expect(step.reward).toBe(rewardOf(step.info.interval));
        all.push(...step.observation, step.reward);
        ({ terminated } = step);
      }
      expect(() => environment.step([0, 0, 0])).toThrow(/reset/);
      return all;
    };
    expect(play()).toEqual(play());
    expect(play()).toHaveLength(13 + 3 * 14);
  });
});

it("learns to be where the reward is, in a problem with a known answer", () => {
  // The reward is best where each number of the action is half of what is seen.
  const agent = createDdpg(2, 2, 3);
  const random = randomStream(3, "noise");
  const look = (): number[] => [2 * random() - 1, 2 * random() - 1];
  let seen = look();
  for (let step = 0; step < 1500; step++) {
    const action = explore(agent, seen, 0.5 - step / 3200);
    const reward = -action.reduce((sum, value, i) => sum + (value - seen[i] / 2) ** 2, 0);
    const next = look();
    remember(agent, seen, action, reward, next);
    learn(agent);
    seen = next;
  }
  let error = 0;
  for (let i = 0; i < 200; i++) {
    const tried = look();
    error += act(agent.actor, tried).reduce((sum, value, j) => sum + (value - tried[j] / 2) ** 2, 0) / 200;
  }
  // An agent that learned nothing stays near 0: its error is 2 x E[(u / 2)^2] = 1/6.
  expect(error).toBeLessThan(0.03);
});

describe("training", () => {
  const options = { steps: 130, workloads: ["web-search"] as const };

  it("gives the same bytes for the same seed, alone and on one and two threads", async () => {
    const alone = [1, 2, 3].map((seed) => trainAgent({ ...options, seed }));
    expect(alone[0].weights).not.toEqual(alone[1].weights);
    for (const threads of [1, 2])
      expect(await trainAgents({ ...options, seeds: [1, 2, 3], threads })).toEqual(alone);
  }, 60_000);

  it("passes an error of the input from a thread", async () => {
    const wrong = { seeds: [1], workloads: ["web-serch" as "web-search"] };
    await expect(trainAgents(wrong)).rejects.toThrow(/unknown flow sizes: web-serch.*web-search/);
  });

  it("is kept in a file", () => {
    const agent = trainAgent({ ...options, seed: 4 });
    const again = readAgent(agentJson(agent));
    expect(again.weights).toHaveLength(countWeights([13, 32, 32, 3]));
    const seen = {
      ...{ bytes: Float64Array.of(2e3, 4e5), slowdown: Float64Array.of(1, 2) },
      ...{ from: 0, to: 1, utilization: 0.7 },
    };
    Array.from(agentOf(again)(seen)).forEach((bytes, k) => {
      expect(bytes / agentOf(agent)(seen)[k]).toBeCloseTo(1, 6);
    });
    expect(() => readAgent("{}")).toThrow(/lists of numbers/);
    expect(() => readAgent('{"weights":[1],"rewards":[]}')).toThrow(/1603 weights, not 1/);
  });
});

it("trains on a table of one's own, whose name the manifest has", () => {
  const table = [
    [100, 0],
    [5000, 1],
  ] as const;
  const own = sizesFrom(table, { name: "mine" });
  const agent = trainAgent({ steps: 3, workloads: [own, "web-search"] });
  expect(agent.workloads).toEqual(["mine", "web-search"]);
});
