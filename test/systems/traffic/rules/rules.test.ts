/** Rules for flows: what they declare, and what they decide. */
import { describe, expect, it } from "vitest";
import { slowdowns } from "../../../../src/systems/traffic/control.js";
import { flowsFrom } from "../../../../src/systems/traffic/flows.js";
import { bigSwitch } from "../../../../src/systems/traffic/network.js";
import {
  findFlowRule,
  FLOW_RULES,
  type FlowRuleName,
} from "../../../../src/systems/traffic/rules/registry.js";
import { defineFlowRule } from "../../../../src/systems/traffic/rules/rule.js";
import { runRule } from "../../../../src/systems/traffic/rules/run-rule.js";
import { publishedSizes } from "../../../../src/systems/traffic/sizes/distribution.js";
import { generateFlows } from "../../../../src/systems/traffic/sizes/generate.js";
import { meanOf } from "../../../../src/metrics/statistics.js";
import { readRows, referenceFiles } from "../reference.js";

const [web, mining] = ["web-search", "data-mining"].map(publishedSizes);
const network = bigSwitch(2);

it("finds rules by name, and proposes one for a misspelt name", () => {
  expect(findFlowRule("pias").name).toBe("pias");
  expect(() => findFlowRule("fiar")).toThrow(/unknown rule for flows: fiar.*fair/);
  expect(FLOW_RULES.filter(({ bound }) => bound === true).map(({ name }) => name)).toEqual(["srpt"]);
});

const published = referenceFiles(/closed-forms.*\.csv$/).flatMap((file) =>
  readRows(file).filter(({ discipline }) => discipline.includes("PIAS")),
);
it.skipIf(published.length === 0)("has the thresholds that PIAS publishes", () => {
  for (const row of published) {
    const sizes = row.cdf === "DCTCP_CDF" ? web : mining;
    const parts = findFlowRule("pias").create({}, { sizes, load: Number(row.load) });
    const thresholds = parts.order === "tags" ? Array.from(parts.thresholds).join(" ") : "";
    expect(thresholds).toBe(row.thresholds_bytes);
  }
});

describe("on one link with web search at .8", () => {
  const flows = generateFlows(web, network, { load: 0.8, flows: 20_000, pairs: "one", seed: 4 });
  const context = { sizes: web, load: 0.8, other: mining };
  const runs = new Map(
    (["fair", "pias", "wrong-optimum", "adaptive-optimum", "own-optimum", "srpt"] as FlowRuleName[]).map(
      (name) => [name, runRule(name, flows, network, context)] as const,
    ),
  );
  const mean = (name: FlowRuleName): number => meanOf(slowdowns(runs.get(name)!));

  it("orders the rules as their closed forms are ordered", () => {
    // Closed forms: fair 5, wrong workload's optimum 1.84, PIAS 1.842, own optimum 1.629, SRPT 1.192.
    expect(mean("srpt")).toBeLessThan(mean("own-optimum"));
    expect(mean("own-optimum")).toBeLessThan(mean("adaptive-optimum"));
    expect(mean("adaptive-optimum")).toBeLessThan(mean("wrong-optimum"));
    expect(mean("own-optimum")).toBeLessThan(mean("pias"));
    expect(mean("pias")).toBeLessThan(mean("fair"));
  });

  it("decides with thresholds that ascend", () => {
    const { decisions } = runs.get("adaptive-optimum")!;
    expect(decisions).toHaveLength(1 + 20_000 / 400);
    for (const { thresholds } of decisions)
      thresholds.forEach((bytes, k) => {
        expect(bytes > (thresholds[k - 1] ?? 0)).toBe(true);
      });
  });
});

it("tells a rule of one's own the flows that finished since its last decision", () => {
  const seen: number[][] = [];
  const watch = defineFlowRule({
    name: "watch",
    rule: "Looks, and changes nothing.",
    create: () => ({
      order: "tags",
      thresholds: [5],
      adapt: {
        every: 2,
        next: ({ bytes, from, to, utilization }) => {
          seen.push([...bytes, from, to, utilization]);
          return [5];
        },
      },
    }),
  });
  const one = (arrival: number, bytes: number, background = false) => ({
    ...{ arrival, source: 0, target: 1, bytes, background },
  });
  // One byte a second. The background flow is not reported; it ends after all others.
  const rows = [one(0, 2), one(2, 3), one(6, 4), one(12, 1), one(13, 1), one(0, 1, true)];
  runRule(watch, flowsFrom(rows), bigSwitch(2, 8e-9), { sizes: web, load: 0.5, background: "lowest" });
  expect(seen).toEqual([
    [2, 3, 0, 5, 1],
    [4, 1, 5, 13, 5 / 8],
  ]);
});

describe("refuses", () => {
  const flows = flowsFrom([]);
  it.each([
    ["wrong-optimum", {}, /other/],
    ["learned", {}, /agent/],
    ["own-optimum", { parameters: { queues: 9 } }, /at most 8/],
    ["pias", { sizes: publishedSizes("key-value") }, /no thresholds for flow sizes key-value/],
    ["srpt", { background: "lowest" as const }, /no queues/],
  ] as const)("%s", (name, options, message) => {
    expect(() => runRule(name, flows, network, { sizes: web, load: 0.5, ...options })).toThrow(message);
  });
});
