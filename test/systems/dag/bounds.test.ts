import { expect, it } from "vitest";
import { boundsOf } from "../../../src/systems/dag/bounds.js";
import { dagFrom, dagFromStages } from "../../../src/systems/dag/dag-from.js";
import { optimalMakespan } from "../../../src/systems/dag/optimum.js";

it("computes the bounds of stages with barriers by hand", () => {
  const dag = dagFromStages([
    { id: "a", tasks: 4, duration: 3, cpu: 0.5 },
    { id: "b", durations: [2, 5], memory: 0.25, after: ["a"] },
    { id: "c", duration: 1, cpu: 1, after: ["a"] },
  ]);
  // Path: 3 + 5. CPU: 4 x 3 x .5 + 1 x 1 = 7; memory: 7 x .25. Stage a alone takes 6 on one machine, 3 on two.
  expect(boundsOf(dag, 1)).toEqual({ criticalPath: 8, work: 7, modifiedCriticalPath: 11, best: 11 });
  expect(boundsOf(dag, 2)).toEqual({ criticalPath: 8, work: 3.5, modifiedCriticalPath: 8, best: 8 });
});

it("does not take edges between tasks for barriers", () => {
  // Two chains a1-b1 and a2-b2: b1 may run beside a2.
  const dag = dagFrom([
    { id: "a1", duration: 1, cpu: 1, stage: "a" },
    { id: "a2", duration: 4, stage: "a" },
    { id: "b1", duration: 4, stage: "b", after: ["a1"] },
    { id: "b2", duration: 1, cpu: 1, stage: "b", after: ["a2"] },
  ]);
  expect(boundsOf(dag, 1).modifiedCriticalPath).toBe(4);
  expect(boundsOf(dag, 1).best).toBe(5);
  expect(optimalMakespan(dag, 1)).toBe(5);
});
