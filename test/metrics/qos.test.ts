import { describe, expect, it } from "vitest";
import { defaultSlo, fallsShort, shortfall } from "../../src/metrics/qos.js";

describe("fallsShort", () => {
  it("is true for a task below 95 % of the CPU that it wants", () => {
    expect(fallsShort(1, 0.949)).toBe(true);
    expect(fallsShort(1, 0.95)).toBe(false);
    expect(fallsShort(0.2, 0.2)).toBe(false);
    expect(fallsShort(1, 0.98, 0.99)).toBe(true);
  });

  it("is false for a rounding error, and for a task that wants nothing", () => {
    // 0.95 * 0.07 / 0.07 is below 0.95 in doubles for some factors: all of these tasks get exactly 95 %.
    for (let i = 1; i < 1000; i++) expect(fallsShort(i / 997, (0.95 * i) / 997)).toBe(false);
    expect(fallsShort(0, 0)).toBe(false);
  });
});

describe("shortfall", () => {
  it("is the part that was not delivered", () => {
    expect(shortfall(2, 1.5)).toBe(0.25);
    expect(shortfall(1, 1 + 1e-16)).toBe(0);
    expect(shortfall(0.3, 0.1 + 0.2)).toBe(0);
    expect(shortfall(0, 0)).toBeNaN();
  });
});

describe("defaultSlo", () => {
  it("is 1.2 times the tail on the whole machine", () => {
    const machine = { cores: 1, capacity: 1, quantile: 0.99 };
    expect(defaultSlo(0.5, machine)).toBeCloseTo(1.2 * (1 + 2 * Math.log(50)), 12);
    expect(defaultSlo(0, machine)).toBe(1.2);
    expect(defaultSlo(0, machine, 2)).toBe(2);
  });
});
