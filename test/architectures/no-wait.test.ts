import { describe, expect, it } from "vitest";
import { noWait } from "../../src/architectures/no-wait.js";

describe("noWait", () => {
  it("equals the values computed by hand for two tasks at half load", () => {
    const job = { load: 0.5, tasks: 2 };
    expect(noWait("random-sampling", job)).toBe(0.25);
    // (1 - 1/4)^2.
    expect(noWait("per-task-sampling", job)).toBe(0.5625);
    // Two or more of four: 1 - (1 + 4) / 16.
    expect(noWait("batch-sampling", job)).toBeCloseTo(11 / 16, 12);
    expect(noWait("sparrow", job)).toBe(noWait("batch-sampling", job));
  });

  it("equals random sampling with one probe for each task", () => {
    const job = { load: 0.3, tasks: 5, probeRatio: 1 };
    expect(noWait("batch-sampling", job)).toBeCloseTo(0.7 ** 5, 12);
    expect(noWait("per-task-sampling", job)).toBeCloseTo(0.7 ** 5, 12);
  });

  it("is 1 for an idle cluster and 0 for a full one", () => {
    for (const name of ["random-sampling", "per-task-sampling", "batch-sampling"] as const) {
      expect(noWait(name, { load: 0, tasks: 3 })).toBe(1);
      expect(noWait(name, { load: 1, tasks: 3 })).toBe(0);
    }
  });

  it("gives a probability for thousands of probes", () => {
    // 1,000 idle workers of 2,000 probed ones are needed, and .6 of them are idle: 9 standard deviations
    // above.
    expect(noWait("batch-sampling", { load: 0.4, tasks: 1000 })).toBeCloseTo(1, 9);
  });

  it.each([
    [{ load: 1.5, tasks: 1 }, "load is 1.5"],
    [{ load: 0.5, tasks: 0 }, "tasks is 0"],
    [{ load: 0.5, tasks: 4, probeRatio: 0.5 }, "probeRatio is 0.5"],
  ])("refuses %j", (job, message) => {
    expect(() => noWait("batch-sampling", job)).toThrow(message);
  });
});
