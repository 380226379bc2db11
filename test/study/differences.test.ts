import { describe, expect, it } from "vitest";
import { from, type ColumnTable } from "arquero";
import { differences, means, type DifferenceOptions } from "../../src/study/differences.js";
import { madeUpRun } from "../charts/made-up-runs.js";
import { tableOfRuns } from "./made-up-table.js";

/** Six replicates of a baseline and of policies whose Gini is higher by these values. */
function replicates(policies: Readonly<Record<string, readonly number[]>>, count = 6): ColumnTable {
  const base = [0.31, 0.35, 0.3, 0.38, 0.33, 0.36];
  const runs = Array.from({ length: count }, (_, i) => [
    madeUpRun({ policy: "no-migration", summary: { gini: base[i], lcTail: NaN } }),
    ...Object.entries(policies).map(([policy, above]) =>
      madeUpRun({ policy, summary: { gini: base[i] + above[i], lcTail: i } }),
    ),
  ]);
  return tableOfRuns(runs);
}

interface Row {
  readonly policy: string;
  readonly metric: string;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly p: number;
  readonly verdict: string;
}

function rowsOf(runs: ColumnTable, options?: DifferenceOptions): Row[] {
  return differences(runs, options).objects() as Row[];
}

const LOWER = [-0.1, -0.11, -0.09, -0.1, -0.1, -0.1];
const HIGHER = [0.02, 0.03, 0.02, 0.03, 0.02, 0.03];
const NOTHING = [0.01, -0.02, 0.015, -0.01, 0.02, -0.015];
// Mean 0.02, standard error 0.00764, t = 2.62: p = 0.047 alone, and 0.094 as the larger p of two.
const DOUBTFUL = [0.02, 0.05, 0.01, 0.03, -0.005, 0.015];

describe("differences", () => {
  it("says which policies are higher or lower in paired comparison, and which show no difference", () => {
    const rows = rowsOf(replicates({ low: LOWER, high: HIGHER, same: NOTHING }), {
      metrics: ["gini", "migrations"],
    });
    expect(rows.map(({ policy, metric, verdict }) => [policy, metric, verdict])).toEqual([
      ["low", "gini", "lower"],
      ["low", "migrations", "no difference"],
      ["high", "gini", "higher"],
      ["high", "migrations", "no difference"],
      ["same", "gini", "no difference"],
      ["same", "migrations", "no difference"],
    ]);
    const [low] = rows;
    expect(low.difference).toBeCloseTo(-0.1, 12);
    // The baseline itself varies by 0.08, which pairing removes.
    expect(low.low).toBeGreaterThan(-0.111);
    expect(low.high).toBeLessThan(-0.089);
    expect(rows[1]).toMatchObject({ difference: 0, low: 0, high: 0, pairs: 6, p: 1 });
  });

  it("demands more evidence where there are several policies", () => {
    const alone = rowsOf(replicates({ doubtful: DOUBTFUL }), { metrics: ["gini"] });
    expect(alone[0].p).toBeCloseTo(0.047, 3);
    expect(alone[0].verdict).toBe("higher");
    const [row] = rowsOf(replicates({ doubtful: DOUBTFUL, same: NOTHING }), {
      metrics: ["gini"],
    });
    expect(row.p).toBeCloseTo(0.094, 3);
    expect(row.low).toBeGreaterThan(0);
    expect(row.verdict).toBe("no difference");
  });

  it("gives no verdict on fewer than five replicates or on an undefined metric", () => {
    const [few] = rowsOf(replicates({ low: LOWER }, 4), { metrics: ["gini"] });
    expect(few).toMatchObject({ low: NaN, high: NaN, p: NaN, verdict: "too few replicates" });
    expect(few.difference).toBeCloseTo(-0.1, 12);
    const [undefinedTail] = rowsOf(replicates({ low: LOWER }), { metrics: ["lcTail"] });
    expect(undefinedTail).toMatchObject({ difference: NaN, pairs: 0, verdict: "too few replicates" });
  });

  it("takes another baseline, and becomes a table", () => {
    const rows = rowsOf(replicates({ low: LOWER }), { baseline: "low", metrics: ["gini"] });
    expect(rows.map(({ policy, verdict }) => [policy, verdict])).toEqual([["no-migration", "higher"]]);
    const names = ["policy", "metric", "difference", "low", "high", "pairs", "p", "verdict"];
    expect(differences(replicates({ low: LOWER })).columnNames()).toEqual(names);
  });

  it("refuses unknown baselines and metrics", () => {
    const all = replicates({ low: LOWER });
    expect(() => rowsOf(all, { baseline: "high" })).toThrow(
      "unknown baseline: high; the compared policies are no-migration, low",
    );
    const byArchitecture = all.rename({ policy: "architecture" });
    expect(() => rowsOf(byArchitecture, { of: "architecture", baseline: "trace" })).toThrow(
      "unknown baseline: trace; the values of architecture are no-migration, low",
    );
    expect(() => rowsOf(all, { metrics: ["ginny"] })).toThrow(
      "unknown metric: ginny (did you mean gini?); the runs have: utilization, ",
    );
    expect(() => rowsOf(all.filter("false"))).toThrow("no runs: the table has no rows");
    expect(() => rowsOf(all, { of: "polcy" })).toThrow("no column polcy (did you mean policy?)");
    expect(() => rowsOf(all.select("policy", "gini"))).toThrow("no column seed or firstStep");
    expect(() => rowsOf(all.concat(all))).toThrow(
      "two rows of no-migration have seed 1: name the column in which they differ in `by`",
    );
  });
});

describe("differences between settings", () => {
  const run = (policy: string, hot: number | null, sharing: string, gini: number) =>
    [1, 2, 3, 4, 5].map((seed) => ({ policy, "set.hot": hot, sharing, seed, gini: gini + seed / 100 }));
  const runs = from([
    ...run("no-migration", null, "lc-first", 0.3),
    ...run("no-migration", null, "fair", 0.4),
    ...run("threshold", 0.7, "lc-first", 0.2),
    ...run("threshold", 0.9, "lc-first", 0.25),
    ...run("threshold", 0.7, "fair", 0.1),
  ]);

  it("are from the baseline of the same setting, except for settings that do not affect it", () => {
    const found = differences(runs).objects() as (Row & { "set.hot": number; sharing: string })[];
    expect(found.map((row) => [row["set.hot"], row.sharing, Number(row.difference.toFixed(9))])).toEqual([
      [0.7, "lc-first", -0.1],
      [0.9, "lc-first", -0.05],
      [0.7, "fair", -0.3],
    ]);
  });

  it("pair the common replicates, in any order of the rows", () => {
    const some = runs.filter("d => d.policy === 'threshold' || d.seed > 1").orderby("gini");
    expect((differences(some).objects() as { pairs: number }[]).map(({ pairs }) => pairs)).toEqual([4, 4, 4]);
  });

  it("say where the baseline was not simulated", () => {
    const some = runs.filter("d => d.sharing === 'lc-first' || d.policy !== 'no-migration'");
    expect(() => differences(some)).toThrow(
      "no run of the baseline no-migration with set.hot 0.7, sharing fair; simulate it as well",
    );
  });

  it("can compare other columns than the policy", () => {
    const found = differences(runs.filter("d => d.policy === 'threshold' && d['set.hot'] === 0.7"), {
      of: "sharing",
      baseline: "lc-first",
    });
    expect(found.object()).toMatchObject({ sharing: "fair", verdict: "lower", pairs: 5 });
  });
});

describe("replicates", () => {
  const rows = (gini: (seed: number, trace: string) => number) =>
    from(
      ["a", "b", "c", "d", "e"].flatMap((trace, t) =>
        ["no-migration", "threshold"].map((policy) => ({
          trace,
          policy,
          seed: 1,
          gini: gini(t, trace) - (policy === "threshold" ? 0.1 + t / 1000 : 0),
        })),
      ),
    );

  it("can be workloads instead of seeds", () => {
    const runs = rows((t) => 0.3 + t / 100);
    const row = differences(runs, { over: ["trace"] }).object() as Row & { pairs: number };
    expect([row.pairs, row.verdict]).toEqual([5, "lower"]);
    expect(row.difference).toBeCloseTo(-0.102, 12);
  });

  it("give no verdict where they are copies of one run", () => {
    const copies = from(
      [1, 2, 3, 4, 5].flatMap((seed) => [
        { policy: "no-migration", seed, gini: 0.3, moves: 0 },
        { policy: "threshold", seed, gini: 0.2, moves: 0 },
      ]),
    );
    const [gini, moves] = differences(copies).objects() as Row[];
    expect(gini).toMatchObject({ low: NaN, high: NaN, p: NaN, verdict: "too few replicates" });
    expect(gini.difference).toBeCloseTo(-0.1, 12);
    expect(moves).toMatchObject({ difference: 0, verdict: "no difference" });
  });

  it.each([
    [
      Promise.resolve(1),
      "the runs are a promise, not a table; give the arquero table that experiment returns; put await",
    ],
    [null, "the runs are null, not a table"],
    [[{ policy: "a" }], "the runs are a list of 1, not a table"],
    [{ runs: 1, steps: 2 }, "the runs are an object with runs, steps, not a table"],
  ])("are looked for in a table: %o", (runs, message) => {
    expect(() => differences(runs as unknown as ColumnTable)).toThrow(message);
    expect(() => means(runs as unknown as ColumnTable)).toThrow(message);
  });

  it("are grouped by options that exist", () => {
    const runs = replicates({ low: LOWER });
    expect(() => differences(runs, { basline: "low" } as DifferenceOptions)).toThrow(
      "unknown option of differences: basline (did you mean baseline?)",
    );
    expect(() => means(runs, { metric: ["gini"] } as object)).toThrow(
      "unknown option of means: metric (did you mean metrics?)",
    );
  });
});

describe("means", () => {
  it("has a mean for each policy and metric, with an interval from five replicates on", () => {
    const meanOf = (runs: ColumnTable) =>
      means(runs, { metrics: ["gini"] }).object() as Row & { mean: number };
    const gini = meanOf(replicates({}));
    expect(gini).toMatchObject({ policy: "no-migration", metric: "gini", count: 6 });
    expect(gini.mean).toBeCloseTo(2.03 / 6, 12);
    expect(gini.low).toBeGreaterThan(0.3);
    expect(gini.high).toBeLessThan(0.38);
    expect(meanOf(replicates({}, 4))).toMatchObject({ low: NaN, high: NaN });
  });

  it("covers the usual and the user-defined metrics by default", () => {
    const runs = from([1, 2].map((seed) => ({ policy: "a", seed, gini: 0.3, jain: 0.5, hottest: 0.9 })));
    expect(means(runs).array("metric")).toEqual(["gini", "hottest"]);
  });
});
