import { describe, expect, it } from "vitest";
import { findFault } from "../../src/workload/check.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";
import { windowOf } from "../../src/workload/windows.js";

const whole = generateWorkload({ machines: 6, steps: 10, seed: 1 });

describe("windowOf", () => {
  it("cuts a trace into windows, one after the other, the last steps left over", () => {
    const windows = [0, 1, 2].map((row) => windowOf(whole, { row, count: 3 }));
    expect(windows.map(({ steps, originSeconds }) => [steps, originSeconds])).toEqual([
      [3, 600],
      [3, 1500],
      [3, 2400],
    ]);
    expect(windows.map(({ provenance }) => provenance.options.firstStep)).toEqual([0, 3, 6]);
    expect(windows.map(findFault)).toEqual([undefined, undefined, undefined]);
    expect(windowOf(whole, { row: 0, count: 1, steps: 2 }).steps).toBe(2);
  });

  it.each([
    [{ count: 11 }, "11 windows are longer than the trace, which has 10 steps; give fewer"],
    [
      { count: 4, steps: 3 },
      "4 windows of 3 steps are longer than the trace, which has 10 steps; give fewer or shorter ones",
    ],
  ])("refuses %j", (window, message) => {
    expect(() => windowOf(whole, { row: 0, ...window })).toThrow(message);
  });
});
