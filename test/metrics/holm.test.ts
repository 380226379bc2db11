import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holm } from "../../src/metrics/holm.js";

describe("holm", () => {
  it("multiplies the least value by their number, the next by one less, and never decreases", () => {
    // 0.005 x 4, 0.01 x 3, 0.03 x 2; 0.04 x 1 is below the previous value.
    const adjusted = [...holm([0.01, 0.04, 0.03, 0.005])];
    [0.03, 0.06, 0.06, 0.02].forEach((p, i) => {
      expect(adjusted[i]).toBeCloseTo(p, 12);
    });
  });

  it("is at most 1, and leaves out undefined values", () => {
    expect([...holm([0.5, NaN, 0.9])]).toEqual([1, NaN, 1]);
    expect([...holm([0.03])]).toEqual([0.03]);
  });

  it("is never below the given value nor above Bonferroni's, and keeps the order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 }),
        (p) => {
          const adjusted = holm(p);
          p.forEach((value, i) => {
            expect(adjusted[i]).toBeGreaterThanOrEqual(value);
            expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, value * p.length));
            p.forEach((other, k) => {
              if (value < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[k]);
            });
          });
        },
      ),
    );
  });
});
