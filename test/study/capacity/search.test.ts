import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { largestThatHolds } from "../../../src/study/capacity/search.js";

const OPTIONS = { max: 4, precision: 0.05 };

describe("largestThatHolds", () => {
  it("comes within the precision of the largest load that holds, from below", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 3.99, noNaN: true }), (mark) => {
        const { load, reason, never } = largestThatHolds((x) => (x > mark ? "too much" : undefined), OPTIONS);
        expect(load).toBeLessThanOrEqual(mark);
        expect(mark - load).toBeLessThanOrEqual(0.05 * Math.max(0.1, mark / 0.95));
        expect([reason, never]).toEqual(["too much", false]);
      }),
    );
  });

  it("reports where even the maximum holds, and where not even 0 holds", () => {
    expect(largestThatHolds(() => undefined, OPTIONS)).toEqual({ load: 4, reason: undefined, never: false });
    expect(largestThatHolds(() => "always", OPTIONS)).toEqual({ load: 0, reason: "always", never: true });
  });

  it("stops at the first failure among the doubling steps, whatever holds beyond it", () => {
    const tried: number[] = [];
    const { load } = largestThatHolds(
      (x) => {
        tried.push(x);
        return x > 0.4 && x < 0.6 ? "gap" : undefined;
      },
      { max: 4, precision: 0.05 },
    );
    expect(load).toBeLessThanOrEqual(0.4);
    expect(load).toBeGreaterThan(0.37);
    expect(Math.max(...tried)).toBe(0.5);
  });

  it("gives the reason of the failure next to the largest load that holds", () => {
    const why = (x: number): string | undefined => (x > 1.5 ? "far" : x > 1.2 ? "near" : undefined);
    expect(largestThatHolds(why, OPTIONS).reason).toBe("near");
  });
});
