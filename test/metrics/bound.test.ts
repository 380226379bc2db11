import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { createWaterFilling, waterFill } from "../../src/metrics/bound.js";
import { giniWeighted } from "../../src/metrics/gini.js";

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

describe("waterFill", () => {
  it("agrees with three machines by hand", () => {
    // 0.2 + 0.3 fills the first to 0.5; the next 0.2 raises the first two to 0.6; 0.9 is pinned.
    const filled = waterFill([0.2, 0.5, 0.9], [1, 1, 1], 0.5);
    expect(filled.level).toBeCloseTo(0.6, 14);
    [0.6, 0.6, 0.9].forEach((x, i) => {
      expect(filled.utilization[i]).toBeCloseTo(x, 14);
    });
    expect(filled.gini).toBeCloseTo(0.6 / (3 * 2.1), 14);
    expect(filled.unplaced).toBe(0);
  });

  it("fills by capacity", () => {
    // Utilizations 0.8 of 1 and 0 of 0.5: 0.2 CPU raises the second to 0.4.
    const filled = waterFill([0.8, 0], [1, 0.5], 0.2);
    expect(filled.level).toBeCloseTo(0.4, 14);
    expect(filled.gini).toBeCloseTo(giniWeighted([0.8, 0.4], [1, 0.5]), 14);
  });

  it("spreads everything evenly if possible, and changes nothing without best-effort load", () => {
    expect(waterFill([0.2, 0.4], [1, 1], 0.6).gini).toBe(0);
    const pinned = waterFill([0.2, 0.4], [1, 1], 0);
    expect(pinned.level).toBeCloseTo(0.2, 15);
    expect(pinned.gini).toBeCloseTo(0.2 / 1.2, 14);
  });

  it("stops at full machines and reports the unplaced load", () => {
    const full = waterFill([0.5, 1.5], [1, 1], 2);
    expect(full.level).toBe(1);
    expect([...full.utilization]).toEqual([1, 1]);
    expect(full.gini).toBe(0);
    expect(full.unplaced).toBe(1.5);
    expect([...waterFill([1.5, 1.5], [1, 1], 0).utilization]).toEqual([1, 1]);
  });

  it("leaves out machines without capacity", () => {
    const filled = waterFill([0.2, 0, 0.4], [1, 0, 1], 0.1);
    expect(filled.gini).toBeCloseTo(waterFill([0.2, 0.4], [1, 1], 0.1).gini, 14);
    expect(filled.utilization[1]).toBe(0);
    expect(waterFill([0], [0], 1).level).toBeNaN();
    expect(waterFill([0, 0], [1, 1], 0).gini).toBeNaN();
  });

  it("is the least Gini over every split of the load into 40 parts among 3 machines", () => {
    const capacities = [1, 0.5, 0.25];
    const lc = [0.7, 0.1, 0.05];
    for (const total of [0.1, 0.3, 0.6]) {
      const { gini: bound, level } = waterFill(lc, capacities, total);
      let least = Infinity;
      for (let i = 0; i <= 40; i++) {
        for (let j = 0; i + j <= 40; j++) {
          const be = [i, j, 40 - i - j].map((part) => (part * total) / 40);
          const x = lc.map((l, m) => (l + be[m]) / capacities[m]);
          if (x.some((u) => u > 1 + 1e-12)) continue;
          least = Math.min(least, giniWeighted(x, capacities));
        }
      }
      expect(level).toBeGreaterThan(0.1);
      expect(least).toBeGreaterThanOrEqual(bound - 1e-12);
      // The grid comes close to the bound, so the bound can be reached.
      expect(least - bound).toBeLessThan(0.02);
    }
  });

  it("is at most the Gini of every feasible placement, delivers the load, and has a level", () => {
    const machine = fc.record({
      capacity: fc.constantFrom(0.25, 0.5, 1),
      lc: fc.double({ min: 0, max: 1, noNaN: true }),
      be: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(machine, { minLength: 1, maxLength: 30 }), fc.boolean(), (list, equal) => {
        const capacities = list.map((m) => (equal ? 0.5 : m.capacity));
        const lc = list.map((m, i) => m.lc * capacities[i]);
        const be = list.map((m, i) => m.be * (capacities[i] - lc[i]));
        const total = sum(be);
        fc.pre(total + sum(lc) > 1e-6);
        const filled = waterFill(lc, capacities, total);
        const feasible = giniWeighted(
          lc.map((l, i) => (l + be[i]) / capacities[i]),
          capacities,
        );
        expect(filled.gini).toBeLessThanOrEqual(feasible + 1e-12);
        const placed = lc.map((l, i) => filled.utilization[i] * capacities[i] - l);
        expect(Math.abs(sum(placed) - total)).toBeLessThan(1e-9);
        for (let i = 0; i < lc.length; i++) {
          expect(placed[i]).toBeGreaterThanOrEqual(-1e-12);
          if (placed[i] > 1e-9) expect(Math.abs(filled.utilization[i] - filled.level)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("refuses negative load and columns that do not match", () => {
    expect(() => waterFill([-1], [1], 0)).toThrow(InputError);
    expect(() => waterFill([1], [1], -1)).toThrow("best-effort load is -1");
    expect(() => waterFill([1, 1], [1], 0)).toThrow(InputError);
  });
});

describe("createWaterFilling", () => {
  it("can be reused, also with fewer machines, and does not change its input", () => {
    const filling = createWaterFilling(3);
    const lc = Float64Array.of(0.9, 0.2, 0.5);
    const capacity = new Float64Array(3).fill(1);
    const first = filling(lc, capacity, 0.5);
    expect(first).toBeCloseTo(0.6 / (3 * 2.1), 14);
    expect(filling(lc.subarray(1), capacity.subarray(1), 0.1)).toBeCloseTo(
      waterFill([0.2, 0.5], [1, 1], 0.1).gini,
      14,
    );
    expect(filling(lc, capacity, 0.5)).toBe(first);
    expect([...lc]).toEqual([0.9, 0.2, 0.5]);
  });
});
