import { describe, expect, it } from "vitest";
import { moved, movingSteps, on, run } from "./hand-made.js";

describe("holt", () => {
  /** .5 at first, then .0625 more a step: the LC task's .25 is joined by .25 and .125 of best-effort work. */
  const rising = Array.from({ length: 8 }, (_, i) => 0.125 + 0.0625 * i);
  const tasks = [on(0, 0, true, { cpu: rising }), on(0, 0.25), on(0, 0.125), on(1, 0.25), on(2, 0.1875)];

  it("moves before the load itself passes the mark: the smallest task that covers what is foretold", () => {
    // .5, .5625, .625, .6875, .75: after step 3 the line foretells .75, after step 4 .8125, .0125 above .8.
    const result = run("holt", tasks, { steps: 8 });
    expect(movingSteps(result)[0]).toBe(4);
    expect(moved(result, 4)).toEqual([[2, 0, 3]]);
    const reactive = run("thr-hpg", tasks, { steps: 8 });
    expect(movingSteps(reactive)[0]).toBe(5);
  });

  it("looks further ahead with a longer horizon", () => {
    // After step 2 the load in three steps is foretold to be .8125.
    const result = run("holt", tasks, { steps: 8, parameters: { horizon: 3 } });
    expect(movingSteps(result)[0]).toBe(2);
  });

  it("chooses the target by its foretold load", () => {
    // Machine 1 is at .25 and rises by .125 a step; machine 2 is at .5 and falls as fast: after step 2, .5
    // and .25.
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

  it("lets a falling load fall", () => {
    // 1, .875: .75 is foretold.
    const falling = [on(0, 0, true, { cpu: [0.75, 0.625, 0.5, 0.5] }), on(0, 0.25)];
    const options = { steps: 4, model: { interval: 2 } };
    expect(movingSteps(run("holt", falling, options))).toEqual([]);
    expect(movingSteps(run("thr-hpg", falling, options))).toEqual([1]);
  });
});
