import { describe, expect, it } from "vitest";
import { gini } from "../../src/metrics/gini.js";
import { createPolicy } from "../../src/policies/index.js";
import { simulate } from "../../src/simulate/simulate.js";
import { tinyWorkload } from "../tiny-workload.js";
import { moved, on, run } from "./hand-made.js";

describe("threshold", () => {
  it("moves the smallest task that covers the excess to the least loaded machine; LC tasks stay", () => {
    // Machine 0 wants 1.0, 0.2 above the mark: of the tasks 0.1, 0.25 and 0.4, 0.25 moves to machine 3.
    const tasks = [
      on(0, 0.25, true),
      on(0, 0.1),
      on(0, 0.25),
      on(0, 0.4),
      on(1, 0.5),
      on(2, 0.3),
      on(3, 0.2),
    ];
    expect(moved(run("threshold", tasks))).toEqual([[2, 0, 3]]);
  });

  it("moves several tasks if none covers the excess, the largest first", () => {
    // 1.1 wanted: 0.3 above. 0.25 moves, then 0.1 is the smallest that covers the remaining 0.05.
    const tasks = [
      on(0, 0.65, true),
      on(0, 0.1),
      on(0, 0.25),
      on(0, 0.1),
      on(1, 0.1),
      on(2, 0.2),
      on(3, 0.3),
    ];
    expect(moved(run("threshold", tasks))).toEqual([
      [2, 0, 1],
      [1, 0, 2],
    ]);
  });

  it("does not move a task if no machine would stay below the cold mark", () => {
    const tasks = [on(0, 0.5, true), on(0, 0.5), on(1, 0.2), on(2, 0.2), on(3, 0.2)];
    expect(moved(run("threshold", tasks))).toEqual([]);
    expect(moved(run("threshold", tasks, { parameters: { cold: 0.75 } }))).toEqual([[1, 0, 1]]);
  });
});

describe("gini-greedy", () => {
  it("makes the best move of an exhaustive search", () => {
    const loads = [0.9, 0.3, 0.4, 0.2];
    const tasks = [
      on(0, 0.35, true),
      on(0, 0.3),
      on(0, 0.2),
      on(0, 0.05),
      on(1, 0.3),
      on(2, 0.4),
      on(3, 0.2),
    ];
    let best = { value: Infinity, task: -1, to: -1 };
    for (const [task, cpu] of [0.3, 0.2, 0.05].entries()) {
      for (const to of [1, 2, 3]) {
        const after = loads.map((load, m) => (m === 0 ? load - cpu : m === to ? load + cpu : load));
        const value = gini(after);
        if (value < best.value) best = { value, task: task + 1, to };
      }
    }
    expect(moved(run("gini-greedy", tasks, { parameters: { moves: 1, target: 0 } }))).toEqual([
      [best.task, 0, best.to],
    ]);
  });

  it("stops at its target and never raises the coefficient", () => {
    const tasks = [on(0, 0.5), on(0, 0.25), on(0, 0.25), on(1, 0.25), on(2, 0.25), on(3, 0.25)];
    const { steps } = run("gini-greedy", tasks, { parameters: { target: 0 } });
    expect(steps.gini[1]).toBeLessThan(steps.gini[0]);
    expect(moved(run("gini-greedy", tasks, { parameters: { target: 0.9 } }))).toEqual([]);
  });
});

describe("steal-time", () => {
  const busy = [on(0, 0.75, true), on(0, 0.25), on(0, 0.25), on(1, 0.5, true), on(1, 0.75)];

  it("moves all best-effort work of a machine to the machine of its group with the least steal time", () => {
    // Machine 0 wants 0.5 and has 0.25 (steal 0.25); machine 1 wants 0.75 and has 0.5 (0.25); machine 2 is
    // full of LC, its 0.125 gets nothing (0.125); machines 3 to 5 are another group.
    const tasks = [...busy, on(2, 1, true), on(2, 0.125)];
    const result = run("steal-time", tasks, { machines: 6, parameters: { group: 3 } });
    expect(moved(result)).toEqual([
      [1, 0, 2],
      [2, 0, 2],
      [4, 1, 2],
    ]);
  });

  it("does not move below the threshold, nor if all machines have the same steal time", () => {
    expect(moved(run("steal-time", busy, { parameters: { threshold: 0.25 } }))).toEqual([]);
    expect(moved(run("steal-time", busy, { machines: 2, parameters: { group: 2 } }))).toEqual([]);
  });

  it("cannot tell an idle machine from a saturated one: both read 0 without best-effort work", () => {
    // Machine 2 is saturated by LC and machine 3 is idle; with different seeds it chooses both.
    const tasks = [...busy, on(2, 1, true)];
    const workload = tinyWorkload({ machines: [{}, {}, {}, {}], tasks, steps: 2 });
    const chosen = new Set<number>();
    for (let seed = 1; seed <= 20; seed++) {
      const { migrations: moves } = simulate(workload, createPolicy("steal-time"), {
        seed,
        migration: "free",
      });
      for (const to of moves.to) chosen.add(to);
    }
    expect(Array.from(chosen).sort()).toEqual([2, 3]);
  });
});

describe("random-migration", () => {
  it("moves only best-effort tasks, at most the given number", () => {
    const tasks = [on(0, 0.1, true), on(0, 0.1), on(0, 0.1), on(1, 0.1), on(2, 0.1), on(3, 0.1)];
    const result = run("random-migration", tasks, { parameters: { moves: 3 } });
    expect(result.summary.migrations).toBeGreaterThan(0);
    expect(result.summary.migrations).toBeLessThanOrEqual(6);
    expect(moved(result).map(([task]) => task)).not.toContain(0);
  });
});
