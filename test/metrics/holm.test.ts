import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holm } from "../../src/metrics/holm.js";

describe("holm", () => {
  it("multiplies the least by their number, the next by one less, and never goes down", () => {
    // .005 x 4, .01 x 3, .03 x 2; .04 x 1 is below the one before it.
    const adjusted = [...holm([0.01, 0.04, 0.03, 0.005])];
    [0.03, 0.06, 0.06, 0.02].forEach((p, i) => {
      expect(adjusted[i]).toBeCloseTo(p, 12);
    });
  });

  it("stops at 1, and leaves out what is not defined", () => {
    expect([...holm([0.5, NaN, 0.9])]).toEqual([1, NaN, 1]);
    expect([...holm([0.03])]).toEqual([0.03]);
  });

  it("is never below the value given nor above Bonferroni's, and keeps the order", () => {
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
