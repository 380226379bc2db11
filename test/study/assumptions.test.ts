import { expect, it } from "vitest";
import { ASSUMPTIONS, assumptionSwings } from "../../src/study/assumptions.js";
import { compare } from "../../src/study/compare.js";
import { generateWorkload } from "../../src/trace/synthetic/generate.js";
import type { LcRule, Workload } from "../../src/trace/workload.js";

const SEEDS = [1, 2];
const opened: (LcRule | undefined)[] = [];
const load = (lcRule?: LcRule): Workload[] =>
  SEEDS.map((seed) => generateWorkload({ machines: 20, steps: 12, seed, lcRule }));
const open = ({ lcRule }: { lcRule?: LcRule }): Promise<Workload[]> => {
  opened.push(lcRule);
  return Promise.resolve(load(lcRule));
};
const swings = await assumptionSwings({ open, policy: "gini-greedy", figures: ["gini", "migrationGb"] });

it("has a row for each figure and assumption, the widest swing first", () => {
  for (const figure of ["gini", "migrationGb"] as const) {
    const own = swings.filter((swing) => swing.figure === figure);
    expect(own.map(({ assumption }) => assumption).sort()).toEqual(
      ASSUMPTIONS.map(({ name }) => name).sort(),
    );
    const widths = own.map(({ swing }) => swing);
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    for (const { base, settings, swing } of own) {
      const means = [base, ...settings].map(({ mean }) => mean);
      expect(swing).toBe(Math.max(...means) - Math.min(...means));
    }
  }
});

it("opens the trace once for each LC rule", () => {
  expect(opened).toEqual([undefined, "class==3", "priority>=9"]);
});

it("measures the policy against the reference on the same workload, under the setting alone", () => {
  const effect = (workload: Workload, options = {}): number => {
    const [before, after] = compare(workload, ["no-migration", "gini-greedy"], options);
    return after.summary.gini - before.summary.gini;
  };
  const row = (name: string): (typeof swings)[number] =>
    swings.find(({ figure, assumption }) => figure === "gini" && assumption === name)!;
  const base = load().map((workload) => effect(workload));
  expect(row("sharing").base.samples).toEqual(base);
  expect(row("interval").settings[0].samples).toEqual(base);
  expect(row("sharing").settings[1].samples).toEqual(
    load().map((workload) => effect(workload, { sharing: "fair" })),
  );
  expect(row("lcRule").settings[1].samples).toEqual(load("priority>=9").map((workload) => effect(workload)));
  expect(row("interval").settings[1].samples).toEqual(
    load().map((workload) => effect(workload, { model: { interval: 12 } })),
  );
});

it("finds that a policy that never gets to act has no effect, and free moves no less than dear ones", () => {
  const find = (name: string): (typeof swings)[number] =>
    swings.find(({ figure, assumption }) => figure === "gini" && assumption === name)!;
  expect(find("interval").settings[1].mean).toBeGreaterThan(find("interval").base.mean);
  const bytes = swings.find(
    ({ figure, assumption }) => figure === "migrationGb" && assumption === "migrationSize",
  )!;
  expect(bytes.settings[0].mean).toBeLessThan(bytes.base.mean);
  expect(bytes.settings[1].mean).toBeGreaterThan(bytes.base.mean);
});
