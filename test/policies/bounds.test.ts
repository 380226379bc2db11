import { describe, expect, it } from "vitest";
import { createPolicy, POLICIES } from "../../src/policies/index.js";
import { moved, movingSteps, on, run } from "./hand-made.js";

describe("bounds", () => {
  it("are the only policies that see the future", () => {
    for (const { name, family } of POLICIES) {
      expect(createPolicy(name).rebalanceForeseeing !== undefined, name).toBe(family === "bound");
    }
    expect(POLICIES.some(({ family }) => family === "bound")).toBe(true);
  });
});

describe("lookahead", () => {
  // 0.5 until step 2, 1.0625 from step 3 on: 0.25 covers the excess.
  const jump = [0.25, 0.25, 0.25, 0.8125, 0.8125, 0.8125];
  const tasks = [on(0, 0, true, { cpu: jump }), on(0, 0.25), on(1, 0.25), on(2, 0.25)];

  it("moves before the jump; a policy that uses observed loads moves after it", () => {
    const result = run("lookahead", tasks, { machines: 3, steps: 6 });
    expect(movingSteps(result)).toEqual([2]);
    expect(moved(result, 2)).toEqual([[1, 0, 1]]);
    expect(movingSteps(run("lookahead", tasks, { steps: 6, parameters: { horizon: 2 } }))).toEqual([1]);
    for (const policy of ["thr-hpg", "threshold", "holt"]) {
      expect(movingSteps(run(policy, tasks, { machines: 3, steps: 6 })), policy).toEqual([3]);
    }
  });

  it("uses the target's future load and the task's future CPU", () => {
    // Now machine 1 is less loaded, but in the future step machine 2 is. The task that then has 0.25 covers
    // 0.125.
    const tasks = [
      on(0, 0, true, { cpu: [0.25, 0.6875, 0.6875] }),
      on(0, 0, false, { cpu: [0.0625, 0.25, 0.25] }),
      on(0, 0, false, { cpu: [0.25, 0, 0] }),
      on(1, 0, true, { cpu: [0.125, 0.5, 0.5] }),
      on(2, 0, true, { cpu: [0.5, 0.125, 0.125] }),
    ];
    expect(moved(run("lookahead", tasks, { machines: 3, steps: 3 }), 0)).toEqual([[1, 0, 2]]);
  });
});

describe("oracle", () => {
  it("balances the next step, gini-greedy the last step", () => {
    // 0.5 and 0.5 until step 2, then 0.75 and 0.5: a move of 0.125 makes them equal.
    const tasks = [
      on(0, 0, true, { cpu: [0.25, 0.25, 0.25, 0.5, 0.5, 0.5] }),
      on(0, 0.125),
      on(0, 0.125),
      on(1, 0.5, true),
    ];
    const oracle = run("oracle", tasks, { machines: 2, steps: 6 });
    expect(movingSteps(oracle)).toEqual([2]);
    expect(moved(oracle, 2)).toEqual([[1, 0, 1]]);
    expect(oracle.steps.gini[3]).toBeCloseTo(0, 12);
    const greedy = run("gini-greedy", tasks, { machines: 2, steps: 6, parameters: { target: 0 } });
    expect(movingSteps(greedy)).toEqual([3]);
    // 0.75 and 0.5: (0.75 - 0.5) / (2 x 1.25).
    expect(greedy.steps.gini[3]).toBeCloseTo(0.1, 12);
    for (const step of [0, 1, 2, 4, 5]) expect(oracle.steps.gini[step]).toBeCloseTo(0, 12);
  });
});
