import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createShares, shareCpu, type Sharing } from "../../src/cluster/share.js";

interface Entry {
  demand: number;
  weight?: number;
  lc?: boolean;
}

function share(entries: readonly Entry[], capacity: number, cap: number, sharing: Sharing): number[] {
  const shares = createShares(entries.length);
  shares.count = entries.length;
  entries.forEach(({ demand, weight = 1, lc = false }, i) => {
    shares.demand[i] = demand;
    shares.weight[i] = weight;
    shares.latencyCritical[i] = lc ? 1 : 0;
  });
  shareCpu(shares, capacity, cap, sharing);
  return Array.from(shares.given);
}

describe("shareCpu", () => {
  it("lc-first: LC tasks get all that they want, best-effort tasks share the rest max-min", () => {
    const entries = [{ demand: 0.5, lc: true }, { demand: 0.1 }, { demand: 0.4 }, { demand: 0.3 }];
    // 0.5 left for 0.1, 0.3, 0.4: 0.1 in full, then 0.2 each.
    expect(share(entries, 1, 1, "lc-first")).toEqual(
      [0.5, 0.1, 0.2, 0.2].map((x) => expect.closeTo(x, 12) as number),
    );
  });

  it("lc-first: LC tasks share max-min if they want too much, best-effort tasks get nothing", () => {
    const entries = [{ demand: 0.9, lc: true }, { demand: 0.2, lc: true }, { demand: 0.4 }];
    expect(share(entries, 1, 1, "lc-first")).toEqual(
      [0.8, 0.2, 0].map((x) => expect.closeTo(x, 12) as number),
    );
  });

  it("fair: shares by weight, independent of the class", () => {
    const entries = [
      { demand: 1, weight: 3, lc: true },
      { demand: 1, weight: 1 },
    ];
    expect(share(entries, 1, 1, "fair")).toEqual([0.75, 0.25]);
  });

  it("fair: CPU that a task does not want goes to the others by weight", () => {
    const entries = [
      { demand: 0.1, weight: 2 },
      { demand: 1, weight: 1 },
      { demand: 1, weight: 2 },
    ];
    expect(share(entries, 1, 1, "fair")).toEqual([0.1, 0.3, 0.6].map((x) => expect.closeTo(x, 12) as number));
  });

  it("limits best-effort work to its cap and gives LC tasks the rest", () => {
    const entries = [{ demand: 0.9, lc: true }, { demand: 0.9 }];
    expect(share(entries, 1, 0.2, "fair")).toEqual([0.8, 0.2].map((x) => expect.closeTo(x, 12) as number));
    expect(share([{ demand: 0.9 }], 1, 0.2, "lc-first")).toEqual([0.2]);
  });

  it("gives at most the demand and the capacity, and leaves no CPU unused that is wanted", () => {
    const entry = fc.record({
      demand: fc.double({ min: 0, max: 1, noNaN: true }),
      weight: fc.double({ min: 1e-6, max: 1, noNaN: true }),
      lc: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 12 }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.constantFrom<Sharing>("lc-first", "fair"),
        (entries, capacity, sharing) => {
          const given = share(entries, capacity, Infinity, sharing);
          const wanted = entries.reduce((sum, { demand }) => sum + demand, 0);
          entries.forEach(({ demand }, i) => {
            expect(given[i]).toBeGreaterThanOrEqual(0);
            expect(given[i]).toBeLessThanOrEqual(demand);
          });
          expect(given.reduce((sum, x) => sum + x, 0)).toBeCloseTo(Math.min(wanted, capacity), 9);
        },
      ),
    );
  });
});
