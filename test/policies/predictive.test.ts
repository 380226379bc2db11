import { describe, expect, it } from "vitest";
import { moved, movingSteps, on, run } from "./hand-made.js";

describe("holt", () => {
  /**
   * 0.5 at first, then 0.0625 more per step: one LC task of 0.25, and best-effort tasks of 0.25 and 0.125.
   */
  const rising = Array.from({ length: 8 }, (_, i) => 0.125 + 0.0625 * i);
  const tasks = [on(0, 0, true, { cpu: rising }), on(0, 0.25), on(0, 0.125), on(1, 0.25), on(2, 0.1875)];

  it("moves before the load exceeds the mark: the smallest task that covers the predicted excess", () => {
    // 0.5, 0.5625, 0.625, 0.6875, 0.75: after step 3 the line predicts 0.75, after step 4 0.8125, which is
    // 0.0125 above 0.8.
    const result = run("holt", tasks, { steps: 8 });
    expect(movingSteps(result)[0]).toBe(4);
    expect(moved(result, 4)).toEqual([[2, 0, 3]]);
    const reactive = run("thr-hpg", tasks, { steps: 8 });
    expect(movingSteps(reactive)[0]).toBe(5);
  });

  it("looks further ahead with a longer horizon", () => {
    // After step 2 the predicted load in three steps is 0.8125.
    const result = run("holt", tasks, { steps: 8, parameters: { horizon: 3 } });
    expect(movingSteps(result)[0]).toBe(2);
  });

  it("chooses the target by its predicted load", () => {
    // Machine 1 is at 0.25 and rises by 0.125 a step; machine 2 is at 0.5 and falls equally fast: after step
    // 2 they are at 0.5 and 0.25.
    const up = Array.from({ length: 4 }, (_, i) => 0.125 * (i + 1));
    const tasks = [
      on(0, 0.5, true),
      on(0, 0, true, { cpu: [0, 0.0625, 0.125, 0.1875] }),
      on(0, 0.125),
      on(1, 0, true, { cpu: up }),
      on(2, 0, true, { cpu: up.slice().reverse() }),
    ];
    const result = run("holt", tasks, { machines: 3, steps: 4 });
    expect(movingSteps(result)).toEqual([2]);
    expect(moved(result, 2)).toEqual([[2, 0, 2]]);
  });

  it("moves nothing if the load is falling", () => {
    // 1, 0.875: the prediction is 0.75.
    const falling = [on(0, 0, true, { cpu: [0.75, 0.625, 0.5, 0.5] }), on(0, 0.25)];
    const options = { steps: 4, model: { interval: 2 } };
    expect(movingSteps(run("holt", falling, options))).toEqual([]);
    expect(movingSteps(run("thr-hpg", falling, options))).toEqual([1]);
  });
});
