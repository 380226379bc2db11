import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { relativeThroughput, slowdownFigures } from "../../src/metrics/slowdown.js";

describe("slowdownFigures", () => {
  it("is the time taken over the time in the trace", () => {
    // Slowdowns 1, 2, 3, 1.5.
    expect(slowdownFigures([300, 600, 900, 150], [300, 300, 300, 100])).toEqual({
      tasks: 4,
      mean: 1.875,
      p50: 1.75,
      p95: expect.closeTo(2.85, 12) as number,
    });
  });

  it("leaves out tasks that did not end or took no time in the trace", () => {
    expect(slowdownFigures([NaN, 600, 5], [300, 300, 0])).toEqual({ tasks: 1, mean: 2, p50: 2, p95: 2 });
    expect(slowdownFigures([NaN], [300])).toEqual({ tasks: 0, mean: NaN, p50: NaN, p95: NaN });
  });

  it("can be bounded, so that very short tasks do not dominate", () => {
    // max(1, 20 / 10) and max(1, 5 / 10).
    expect(slowdownFigures([20, 5], [1, 0], { boundSeconds: 10 })).toMatchObject({ tasks: 2, mean: 1.5 });
  });

  it("refuses negative times and columns that do not match", () => {
    expect(() => slowdownFigures([-1], [1])).toThrow("time taken by task 0 is -1");
    expect(() => slowdownFigures([1], [NaN])).toThrow(InputError);
    expect(() => slowdownFigures([1, 2], [1])).toThrow(InputError);
  });
});

describe("relativeThroughput", () => {
  it("is work over work in the reference", () => {
    expect(relativeThroughput(30, 40)).toBe(0.75);
    expect(relativeThroughput(0, 0)).toBeNaN();
    expect(() => relativeThroughput(-1, 1)).toThrow(InputError);
  });
});
