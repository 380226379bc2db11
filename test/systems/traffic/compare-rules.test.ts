/** Tables of rules, closed forms and migration loads. */
import { describe, expect, it } from "vitest";
import { againstClosedForms } from "../../../src/systems/traffic/against-closed-forms.js";
import { shippedAgent } from "../../../src/systems/traffic/agent/shipped.js";
import { thresholdsOf } from "../../../src/systems/traffic/agent/sight.js";
import { agentOf } from "../../../src/systems/traffic/agent/train.js";
import { compareRules } from "../../../src/systems/traffic/compare-rules.js";
import { migrationLoads } from "../../../src/systems/traffic/migrations/loads.js";
import { defineFlowRule } from "../../../src/systems/traffic/rules/rule.js";
import { publishedSizes } from "../../../src/systems/traffic/sizes/distribution.js";

type Row = Record<string, number | string>;
const web = publishedSizes("web-search");
const mining = publishedSizes("data-mining");

describe("rules on the same flows", () => {
  const agents = [agentOf(shippedAgent())];
  const rules = ["fair", "learned", "own-optimum"] as const;
  const cases = [
    { name: "web", parts: [{ sizes: web, load: 0.8, flows: 20_000 }] },
    {
      name: "switch",
      parts: [
        { sizes: web, load: 0.8, flows: 6000 },
        { sizes: mining, load: 0.8, flows: 6000 },
      ],
    },
  ];
  const rows = compareRules(cases, { rules, seeds: [1, 2], agents }).objects() as Row[];
  const of = (name: string, rule: string) =>
    rows.filter((row) => row.case === name && row.rule === rule).map((row) => row.overOptimum as number);

  it("has a row for each case, rule and seed", () => {
    expect(rows).toHaveLength(2 * 3 * 2);
    expect(of("web", "own-optimum")).toEqual([1, 1]);
  });

  it("finds the shipped agent much better than fair sharing, on what it was trained on", () => {
    for (const name of ["web", "switch"])
      of(name, "learned").forEach((over, i) => {
        // The closed form of fair sharing is three times the optimum of web search at .8.
        expect(over).toBeLessThan(1.2);
        expect(over).toBeLessThan(of(name, "fair")[i] / 2);
      });
  });
});

describe("rules of one's own, parameters and loads without a mean", () => {
  const web8 = { name: "web", parts: [{ sizes: web, load: 0.8, flows: 900 }] };
  const tenth = defineFlowRule({
    name: "share",
    rule: "A threshold at a share of 1 MB.",
    parameters: { share: { default: 0.1, unit: "", description: "share of 1 MB", min: 0.01, max: 1 } },
    create: ({ share }) => ({ order: "tags", thresholds: [share * 1e6] }),
  });
  const slowdownsOf = (options: Parameters<typeof compareRules>[1], cases = [web8]) =>
    Object.fromEntries(
      (compareRules(cases, options).objects() as Row[]).map((row) => [row.rule, row.slowdown]),
    );

  it("compares them under their names", () => {
    const rules = [tenth, "fair"] as const;
    const found = slowdownsOf({ rules, seeds: [1] });
    const other = slowdownsOf({ rules, seeds: [1], parameters: { share: { share: 0.5 } } });
    expect(Object.keys(found)).toEqual(["share", "fair"]);
    expect(other.fair).toBe(found.fair);
    expect(other.share).not.toBe(found.share);
  });

  it("has no optimum to compare with at a load above 1", () => {
    const parts = [{ sizes: web, load: 1.2, flows: 300 }];
    const table = compareRules([{ name: "more", parts }], { rules: ["fair", "srpt"], seeds: [1] });
    expect(table.array("overOptimum")).toEqual([NaN, NaN]);
    expect(() => compareRules([{ name: "more", parts }], { rules: ["own-optimum"], seeds: [1] })).toThrow(
      /load of optimalThresholds is 1.2/,
    );
  });

  it("has an agent before its training that is as good as one that never learns", () => {
    const seeds = [1];
    const agents = [() => thresholdsOf([0, 0, 0])];
    const found = slowdownsOf({ rules: ["untrained", "learned"], seeds, agents });
    expect(found.untrained).toBe(found.learned);
  });
});

it("puts simulated means beside closed forms", () => {
  const [row] = againstClosedForms([{ sizes: web, load: 0.5, discipline: "ps" }], {
    seeds: [1, 2, 3, 4, 5],
    flows: 5000,
  }).objects() as Row[];
  expect(row.slowdown).toBeCloseTo(2, 9);
  expect(Math.abs((row.simulatedSlowdown as number) - 2)).toBeLessThan(5 * (row.slowdownError as number));
  expect(row.slowdownError).toBeLessThan(0.2);
});

it("finds LC flows untouched by migrations tagged lowest, at every load", () => {
  const rows = migrationLoads({
    ...{ sizes: web, load: 0.3, migrationLoads: [0, 0.2], thresholds: [1e5, 2e6, 1e7] },
    ...{ seeds: [1], seconds: 8, servers: 6 },
  }).objects() as Row[];
  const at = (discipline: string) =>
    rows.filter((row) => row.discipline === discipline).map((row) => row.slowdown as number);
  const [[fair, fairBeside], [tagged, taggedBeside], [queued, queuedBeside]] = [
    at("fair"),
    at("tagged-lowest"),
    at("by-bytes-sent"),
  ];
  expect(taggedBeside).toBe(tagged);
  expect(tagged).toBe(fair);
  expect(fairBeside).toBeGreaterThan(1.1 * fair);
  expect(queuedBeside).toBeLessThan(1.05 * queued);
});
