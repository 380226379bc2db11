import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, expectTypeOf, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { createPolicy } from "../../src/policies/index.js";
import type { ClusterView, Move, Policy } from "../../src/policies/policy.js";
import { environment, type Environment } from "../../src/simulate/environment.js";
import { simulate, type Run } from "../../src/simulate/simulate.js";
import type { StepLoads } from "../../src/simulate/step-loads.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";
import { tinyWorkload } from "../tiny-workload.js";

/** Plays an episode as the policy would, and returns its run and the sum of the rewards. */
function play(env: Environment<ClusterView, Run>, policy: Policy, seed?: number): { run: Run; sum: number } {
  let { observation } = env.reset(seed);
  let sum = 0;
  for (;;) {
    const next = env.step(policy.rebalance?.(observation, env.random) ?? []);
    sum += next.reward;
    observation = next.observation;
    expect(next.terminated).toBe(next.info.run !== undefined);
    if (next.info.run !== undefined) return { run: next.info.run, sum };
  }
}

/** A run without its timing. */
const bytesOf = ({ steps, summary, migrations: moves, tasks, counts, machines, manifest }: Run): unknown => ({
  ...{ steps, summary, moves, tasks, counts, machines, manifest },
});

/** Two machines, two tasks on the first, for four steps. */
const pair = tinyWorkload({
  machines: [{}, {}],
  tasks: [
    { cpu: [0.25, 0.25, 0.25, 0.25], machine: 0 },
    { cpu: [0.5, 0.5, 0.5, 0.5], machine: 0 },
  ],
  steps: 4,
});
const quiet = { migration: "free", model: { interference: 0 } } as const;

describe("environment", () => {
  const workload = generateWorkload({ machines: 30, steps: 40, seed: 2 });

  it.each([
    ["random-migration", {}],
    ["random-migration", { interval: 3, staleness: 1 }],
    ["gini-greedy", {}],
    ["thr-mmt", { interval: 7 }],
  ])("an agent that asks for the moves of %s with %j has the same run, byte for byte", (name, model) => {
    const options = {
      seed: 7,
      model,
      keepMachines: true,
      metrics: ["gini", "migrations", "peakLoad"],
    } as const;
    const env = environment(workload, { ...options, name });
    const { run } = play(env as Environment<ClusterView, Run>, createPolicy(name));
    const alone = simulate(workload, createPolicy(name), options) as Run;
    expect(bytesOf(run)).toEqual(bytesOf(alone));
    expect(alone.summary.migrations).toBeGreaterThan(0);
  });

  it("restarts with each episode: equal for the same seed, different for another", () => {
    const env = environment(workload, { seed: 7, name: "random-migration" });
    const policy = createPolicy("random-migration");
    const [first, other, again] = [undefined, 8, 7].map((seed) => bytesOf(play(env, policy, seed).run));
    expect(again).toEqual(first);
    expect(other).toEqual(bytesOf(simulate(workload, policy, { seed: 8 })));
    expect(other).not.toEqual(first);
  });

  it("rewards each step once, by default with the negative Gini", () => {
    const { run, sum } = play(environment(workload, { model: { interval: 4 } }), createPolicy("threshold"));
    // The steps up to the first decision give no reward.
    const later = Array.from(run.steps.gini).slice(4);
    expect(later).toHaveLength(36);
    expect(sum).toBeCloseTo(-later.reduce((all, gini) => all + gini, 0), 10);
  });

  it("reports which moves were started", () => {
    const env = environment(pair, quiet);
    const { observation, info } = env.reset();
    expect(info.step).toBe(0);
    expect(Array.from(observation.load)).toEqual([0.75, 0]);
    const wanted: Move[] = [0, 0].map((task) => ({ task, to: 1 }));
    const next = env.step(wanted);
    // A task of 0.25 moved, a task of 0.5 stayed; the second move of the same task was refused.
    expect(next.info).toEqual({ step: 1, started: 1, refused: 1, run: undefined });
    expect(Array.from(next.observation.load)).toEqual([0.5, 0.25]);
    // Gini of 0.25 and 0.5: the gap of 0.25, over four times the mean of 0.375.
    expect(next.reward).toBeCloseTo(-1 / 6, 12);
    expect([next.terminated, next.truncated]).toEqual([false, false]);
  });

  it("takes the user's observation and reward, which gets the number of started migrations", () => {
    const seen: number[][] = [];
    const env = environment(pair, {
      ...quiet,
      observe: (view) => Array.from(view.load),
      reward: (loads, started) => {
        seen.push([loads.facts.step, started, loads.facts.migrationsStarted]);
        return loads.beServed - 10 * started;
      },
    });
    expectTypeOf(env.reset()).toHaveProperty("observation").toEqualTypeOf<number[]>();
    expect(env.reset().observation).toEqual([0.75, 0]);
    expect(env.step([{ task: 0, to: 1 }]).reward).toBe(0.75 - 10);
    expect(env.step([]).reward).toBe(0.75);
    expect(env.step([]).reward).toBe(0.75);
    expect(seen).toEqual([
      [1, 1, 0],
      [2, 0, 0],
      [3, 0, 0],
    ]);
    const last = env.step([]);
    expect(last).toMatchObject({ reward: 0, terminated: true, info: { step: 3 } });
    expect(last.info.run?.migrations.execution).toEqual(Int32Array.of(0));
  });

  it("has the same run even if the reward changes the loads", () => {
    const reward = ({ utilization, up, cpu }: StepLoads): number => {
      up.reverse();
      return utilization.fill(0)[0] + cpu;
    };
    const policy = createPolicy("threshold");
    const [changed, plain] = [environment(workload, { reward }), environment(workload)].map((env) =>
      bytesOf(play(env, policy).run),
    );
    expect(changed).toEqual(plain);
  });

  it("places arrivals by the given function", () => {
    const env = environment(pair, { ...quiet, place: () => 1 });
    expect(Array.from(env.reset().observation.load)).toEqual([0, 0.75]);
  });

  it("refuses invalid input, and then accepts valid moves", () => {
    const env = environment(pair, quiet);
    expect(() => env.step([])).toThrow(InputError);
    expect(() => env.step([])).toThrow("the environment has no episode yet: call reset() first");
    expect(() => env.random()).toThrow("call reset() first");
    env.reset();
    expect(() => env.step([{ task: 2, to: 1 }])).toThrow(
      "policy agent at step 0: move 1 of the agent names no task (2)",
    );
    expect(() => env.step(undefined as unknown as Move[])).toThrow(
      "the agent returned undefined, not a list of moves",
    );
    expect(env.step([{ task: 0, to: 1 }]).info.step).toBe(1);
    for (const _ of [2, 3, 4]) env.step([]);
    expect(() => env.step([])).toThrow("the episode is over: call reset() for another one");
    expect(env.reset().info.step).toBe(0);
    const long = environment(pair, { model: { interval: 5 } });
    expect(() => long.reset()).toThrow("no decision in 4 steps with an interval of 5");
    expect(() => environment(pair, { observ: () => 0 } as object)).toThrow(
      "unknown option of environment: observ (did you mean observe?)",
    );
    const rogue = environment(pair, { reward: () => NaN });
    rogue.reset();
    expect(() => rogue.step([])).toThrow("reward returned NaN for step 1; give a number");
  });
});

describe.skipIf(!existsSync("dist/index.js"))(
  "the example in docs/agents.md (skipped before npm run build)",
  () => {
    const [, example] = /```js\n(.*?)```/s.exec(readFileSync("docs/agents.md", "utf8")) ?? [];

    it("runs unchanged, has at most 25 lines, and tries every mark", () => {
      expect(example.trimEnd().split("\n").length).toBeLessThanOrEqual(25);
      const folder = mkdtempSync(join(tmpdir(), "schedlab-agent-"));
      try {
        mkdirSync(join(folder, "node_modules"));
        symlinkSync(process.cwd(), join(folder, "node_modules", "schedlab"), "junction");
        writeFileSync(join(folder, "agent.mjs"), example);
        const printed = execFileSync(process.execPath, ["agent.mjs"], { cwd: folder, encoding: "utf8" });
        const [tries, gini] = /^\[ (\d+, \d+, \d+) \] (0\.\d+)\n$/.exec(printed)?.slice(1) ?? [];
        const counts = tries.split(", ").map(Number);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(200);
        expect(Math.min(...counts)).toBeGreaterThan(0);
        expect(Number(gini)).toBeLessThan(0.5);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);
