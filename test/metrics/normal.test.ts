import { describe, expect, it } from "vitest";
import { normalCdf } from "../../src/metrics/normal.js";

describe("normalCdf", () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447],
    [-1.959964, 0.025],
    [2.326348, 0.99],
  ])("at %d is %d", (x, probability) => {
    expect(normalCdf(x)).toBeCloseTo(probability, 6);
  });
});
