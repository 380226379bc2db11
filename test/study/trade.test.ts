import { describe, expect, it } from "vitest";
import type { ColumnTable } from "arquero";
import { giniPrices, rankAgreement } from "../../src/study/trade.js";
import { madeUpRun } from "../charts/made-up-runs.js";
import { tableOfRuns } from "./made-up-table.js";

type Figures = Parameters<typeof madeUpRun>[0]["summary"];

/** Five replicates; a policy's metrics may depend on the replicate. */
function study(policies: Readonly<Record<string, (i: number) => Figures>>): ColumnTable {
  return tableOfRuns(
    [0, 1, 2, 3, 4].map((i) =>
      Object.entries(policies).map(([policy, figures]) => madeUpRun({ policy, summary: figures(i) })),
    ),
  );
}

describe("giniPrices", () => {
  it("is traffic per gained point of Gini, for policies that migrate and gain in every replicate", () => {
    const prices = giniPrices(
      study({
        "no-migration": (i) => ({ gini: 0.4 + i / 100 }),
        // 10 points for 500 to 540 GB, 5 points for 50 GB.
        dear: (i) => ({ gini: 0.3 + i / 100, migrationGb: 500 + 10 * i }),
        cheap: (i) => ({ gini: 0.35 + i / 100, migrationGb: 50 }),
        still: (i) => ({ gini: 0.3 + i / 100 }),
        worse: (i) => ({ gini: 0.5 + i / 100, migrationGb: 1 }),
        unsteady: (i) => ({ gini: (i === 0 ? 0.41 : 0.2) + i / 100, migrationGb: 1 }),
      }),
    );
    expect(prices.map(({ policy }) => policy)).toEqual(["cheap", "dear"]);
    expect(prices[0].mean).toBeCloseTo(10, 9);
    expect(prices[1].mean).toBeCloseTo(52, 9);
    expect(prices[1].low).toBeGreaterThanOrEqual(50);
    expect(prices[1].high).toBeLessThanOrEqual(54);
  });
});

describe("rankAgreement", () => {
  it("correlates ranks within each replicate, and lists pairs in opposite order", () => {
    const { correlation, pairs, opposite, clear } = rankAgreement(
      study({
        a: (i) => ({ gini: 0.4 + i / 100, lcViolations: 0.1 }),
        b: (i) => ({ gini: 0.3 + i / 100, lcViolations: 0.2 }),
        c: (i) => ({ gini: 0.2 + i / 100, lcViolations: 0.3 }),
        // Like b in Gini except for noise, and below a in harm.
        d: (i) => ({ gini: 0.3 + i / 100 + [0.02, -0.01, 0.01, -0.01, 0][i], lcViolations: 0.05 }),
      }),
      "gini",
      "lcViolations",
    );
    expect(pairs).toBe(6);
    // Opposite: b-a, c-a, c-b, c-d. Also b-d: b is below d by 0.002 and harms more, but this may be noise.
    expect(opposite).toBe(5);
    expect(clear.map(({ policy, other }) => `${policy}-${other}`).sort()).toEqual([
      "b-a",
      "c-a",
      "c-b",
      "c-d",
    ]);
    // Ranks of Gini a 4, c 1, d 3 above b 2 (or 2 and 3, or level) against a 2, b 3, c 4, d 1.
    const higher = 1 - (6 * (4 + 1 + 9 + 4)) / 60;
    const lower = 1 - (6 * (4 + 0 + 9 + 1)) / 60;
    // With ties the ranks are 4, 2.5, 1, 2.5: covariance -3, variances 4.5 and 5.
    const level = -3 / Math.sqrt(4.5 * 5);
    expect(correlation.mean).toBeCloseTo((2 * higher + 2 * lower + level) / 5, 12);
  });

  it("is not defined where a metric is the same for all policies", () => {
    const same = study({ a: () => ({ gini: 0.1 }), b: () => ({ gini: 0.2 }) });
    expect(rankAgreement(same, "gini", "lcHarmed")).toMatchObject({ opposite: 0, clear: [] });
    expect(rankAgreement(same, "gini", "lcHarmed").correlation.mean).toBeNaN();
  });
});
