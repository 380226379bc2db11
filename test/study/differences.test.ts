import { describe, expect, it } from "vitest";
import { differencesTable, replicateDifferences, replicateMeans } from "../../src/study/differences.js";
import type { ReplicateRun } from "../../src/study/replicate-run.js";
import { madeUpRun } from "../charts/made-up-runs.js";

/** Six repetitions of a baseline and policies whose Gini is that much above it. */
function repetitions(policies: Readonly<Record<string, readonly number[]>>, count = 6): ReplicateRun[][] {
  const base = [0.31, 0.35, 0.3, 0.38, 0.33, 0.36];
  return Array.from({ length: count }, (_, i) => [
    madeUpRun({ policy: "no-migration", summary: { gini: base[i], lcTail: NaN } }),
    ...Object.entries(policies).map(([policy, above]) =>
      madeUpRun({ policy, summary: { gini: base[i] + above[i], lcTail: i } }),
    ),
  ]);
}

const LOWER = [-0.1, -0.11, -0.09, -0.1, -0.1, -0.1];
const HIGHER = [0.02, 0.03, 0.02, 0.03, 0.02, 0.03];
const NOTHING = [0.01, -0.02, 0.015, -0.01, 0.02, -0.015];
// Mean .02, standard error .00764, t = 2.62: p = .047 alone, .094 as the less sure of two.
const DOUBTFUL = [0.02, 0.05, 0.01, 0.03, -0.005, 0.015];

describe("replicateDifferences", () => {
  it("says which policies are higher or lower, pair by pair, and in which nothing is to be seen", () => {
    const rows = replicateDifferences(repetitions({ low: LOWER, high: HIGHER, same: NOTHING }), {
      metrics: ["gini", "moves"],
    });
    expect(rows.map(({ policy, metric, verdict }) => [policy, metric, verdict])).toEqual([
      ["low", "gini", "lower"],
      ["low", "moves", "no difference"],
      ["high", "gini", "higher"],
      ["high", "moves", "no difference"],
      ["same", "gini", "no difference"],
      ["same", "moves", "no difference"],
    ]);
    const [low] = rows;
    expect(low.difference).toBeCloseTo(-0.1, 12);
    // The baseline itself varies by .08: pairing takes it out.
    expect(low.low).toBeGreaterThan(-0.111);
    expect(low.high).toBeLessThan(-0.089);
    expect(rows[1]).toMatchObject({ difference: 0, low: 0, high: 0, pairs: 6, p: 1 });
  });

  it("asks more of a policy that is one of several", () => {
    const alone = replicateDifferences(repetitions({ doubtful: DOUBTFUL }), { metrics: ["gini"] });
    expect(alone[0].p).toBeCloseTo(0.047, 3);
    expect(alone[0].verdict).toBe("higher");
    const [row] = replicateDifferences(repetitions({ doubtful: DOUBTFUL, same: NOTHING }), {
      metrics: ["gini"],
    });
    expect(row.p).toBeCloseTo(0.094, 3);
    expect(row.low).toBeGreaterThan(0);
    expect(row.verdict).toBe("no difference");
  });

  it("gives no verdict on fewer than five repetitions, nor where a figure is not defined", () => {
    const [few] = replicateDifferences(repetitions({ low: LOWER }, 4), { metrics: ["gini"] });
    expect(few).toMatchObject({ low: NaN, high: NaN, p: NaN, verdict: "too few repetitions" });
    expect(few.difference).toBeCloseTo(-0.1, 12);
    const [undefinedTail] = replicateDifferences(repetitions({ low: LOWER }), { metrics: ["lcTail"] });
    expect(undefinedTail).toMatchObject({ difference: NaN, pairs: 0, verdict: "too few repetitions" });
  });

  it("takes another baseline, and becomes a table", () => {
    const rows = replicateDifferences(repetitions({ low: LOWER }), { baseline: "low", metrics: ["gini"] });
    expect(rows.map(({ policy, verdict }) => [policy, verdict])).toEqual([["no-migration", "higher"]]);
    const names = ["policy", "metric", "difference", "low", "high", "pairs", "p", "verdict"];
    expect(differencesTable(rows).columnNames()).toEqual(names);
  });

  it("refuses what is not there", () => {
    const all = repetitions({ low: LOWER });
    expect(() => replicateDifferences(all, { baseline: "high" })).toThrow(
      "unknown baseline: high; it is not among the policies compared: no-migration, low",
    );
    expect(() => replicateDifferences(all, { metrics: ["ginny" as "gini"] })).toThrow(
      "unknown figure: ginny; known: ",
    );
    expect(() => replicateDifferences([])).toThrow("no repetition: simulate one first");
    expect(() => replicateDifferences([all[0], all[1].slice(1)])).toThrow(
      "repetition 2 has other policies than the first",
    );
  });
});

describe("replicateMeans", () => {
  it("has a mean for each policy and figure, with an interval from five repetitions on", () => {
    const [gini] = replicateMeans(repetitions({}), ["gini"]);
    expect(gini).toMatchObject({ policy: "no-migration", metric: "gini" });
    expect(gini.mean).toBeCloseTo(2.03 / 6, 12);
    expect(gini.low).toBeGreaterThan(0.3);
    expect(gini.high).toBeLessThan(0.38);
    expect(replicateMeans(repetitions({}, 4), ["gini"])[0]).toMatchObject({ low: NaN, high: NaN });
  });
});
