import { describe, expect, it } from "vitest";
import { resolveParameters } from "../../../src/base/parameters.js";
import { DETECTION, type Detection } from "../../../src/policies/overload/detection.js";
import type { ClusterView } from "../../../src/policies/policy.js";

/** Excess of a machine with this history; the last value is the present load. */
function excess(
  detection: Detection,
  history: readonly number[],
  parameters: Record<string, number> = {},
): number {
  const view = {
    load: [history[history.length - 1]],
    history: () => history.slice(),
  } as unknown as ClusterView;
  const values = resolveParameters(detection.key, detection.parameters, parameters);
  return detection.create(values).excess(view, 0);
}

const { thr, lna, iqr, mad, lr, loess, lrr, otf } = DETECTION;
const SQUARES = Array.from({ length: 12 }, (_, i) => (i + 1) ** 2 / 144);
const CURVE = Array.from({ length: 10 }, (_, i) => (i + 1) ** 2 / 100);
const LINE = Array.from({ length: 10 }, (_, i) => 0.3 + 0.05 * (i + 1));

describe("overload detection", () => {
  it("THR compares the present load", () => {
    expect(excess(thr, [0.9, 0.5])).toBeCloseTo(-0.3, 12);
    expect(excess(thr, [0.5, 0.75], { limit: 0.7 })).toBeCloseTo(0.05, 12);
  });

  it("LNA compares the mean of the last n loads, or of fewer if there are fewer", () => {
    expect(excess(lna, [0.1, 0.9, 1.1])).toBeCloseTo(0.05, 12);
    expect(excess(lna, [0.1, 0.9, 1.1], { samples: 3 })).toBeCloseTo(0.7 - 0.95, 12);
    expect(excess(lna, [1])).toBeCloseTo(0.05, 12);
  });

  it("IQR leaves 1.5 interquartile ranges free: places 3 and 10 of 12", () => {
    const shuffled = [...SQUARES.slice(6), ...SQUARES.slice(0, 6)];
    expect(excess(iqr, shuffled)).toBeCloseTo(36 / 144 - (1 - (1.5 * (100 - 9)) / 144), 12);
    expect(excess(iqr, SQUARES.slice(0, 11))).toBeCloseTo(121 / 144 - 0.7, 12);
  });

  it("MAD leaves 2.5 median absolute deviations free", () => {
    // Median 0.3; distances 0, 0, 0.1 x 4, 0.2 x 5, 0.6: median 0.15.
    const history = [0.9, 0.1, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.4, 0.4, 0.5, 0.5];
    expect(excess(mad, history)).toBeCloseTo(0.5 - (1 - 2.5 * 0.15), 12);
    expect(excess(mad, history.slice(1))).toBeCloseTo(0.5 - 0.7, 12);
  });

  it("LR is ordinary least squares: x^2 over 1..10 has the line 11 x - 22", () => {
    expect(excess(lr, CURVE)).toBeCloseTo(0.99 - 1 / 1.2, 12);
    expect(excess(lr, CURVE, { lookahead: 2, safety: 1 })).toBeCloseTo(1.1 - 1, 12);
    // Loads before the last 10 do not count; fewer than 10 are too few.
    expect(excess(lr, [5, 0, 7, ...CURVE])).toBeCloseTo(0.99 - 1 / 1.2, 12);
    expect(excess(lr, CURVE.slice(1))).toBeCloseTo(1 - 0.7, 12);
    expect(DETECTION.lr.create({ safety: 1, points: 10, lookahead: 1 }).inclusive).toBe(true);
  });

  it("Loess agrees with LR on a line and differs on a curve, whose steep end counts most", () => {
    expect(excess(loess, LINE)).toBeCloseTo(0.85 - 1 / 1.2, 12);
    expect(excess(lr, LINE)).toBeCloseTo(0.85 - 1 / 1.2, 12);
    expect(excess(loess, CURVE)).toBeGreaterThan(excess(lr, CURVE) + 0.03);
  });

  it("LRR agrees with LR on a line and gives an outlier less weight", () => {
    expect(excess(lrr, LINE)).toBeCloseTo(0.85 - 1 / 1.2, 12);
    const outlier = LINE.slice();
    outlier[4] = 1;
    const truth = 0.85 - 1 / 1.2;
    expect(Math.abs(excess(lrr, outlier) - truth)).toBeLessThan(Math.abs(excess(loess, outlier) - truth) / 2);
  });

  it("OTF waits until the machine was overloaded too often: (1 + 3) / (1 + 10), not (1 + 1) / (1 + 10)", () => {
    const calm = Array.from({ length: 7 }, () => 0.5);
    expect(excess(otf, [...calm, 0.8, 0.9, 0.95])).toBeCloseTo(0.15, 12);
    expect(excess(otf, [...calm, 0.5, 0.5, 0.95])).toBe(-Infinity);
    expect(excess(otf, [...calm, 0.9, 0.95])).toBe(-Infinity);
    expect(excess(otf, [...calm, 0.9, 0.9, 0.5])).toBeCloseTo(-0.3, 12);
  });
});
