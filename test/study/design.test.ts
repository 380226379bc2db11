import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { parseSweep } from "../../src/study/design.js";

const SMALL = { trace: "synthetic", policies: ["random", "threshold"] };

function parse(value: unknown): ReturnType<typeof parseSweep> {
  return parseSweep(typeof value === "string" ? value : JSON.stringify(value), "s.json");
}

describe("parseSweep", () => {
  it("fills in one default for each key that is left out", () => {
    expect(parse(SMALL)).toEqual({
      traces: ["synthetic"],
      machines: [undefined],
      steps: [undefined],
      lcRules: [undefined],
      sharing: [undefined],
      migration: [undefined],
      policies: ["random", "threshold"],
      set: [],
      seeds: [undefined],
    });
  });

  it("takes single values and lists alike, and a range of seeds", () => {
    const sweep = parse({
      ...SMALL,
      policies: "threshold",
      machines: [40, "all"],
      steps: 12,
      lcRule: "priority>=9",
      sharing: ["lc-first", "fair"],
      migration: ["free", "dsm", "vm"],
      seeds: { from: 5, count: 3 },
      set: { cooldown: [0, 3], "threshold.hot": 0.7 },
    });
    expect(sweep).toEqual({
      traces: ["synthetic"],
      machines: [40, "all"],
      steps: [12],
      lcRules: ["priority>=9"],
      sharing: ["lc-first", "fair"],
      migration: ["free", "dsm", "vm"],
      policies: ["threshold"],
      set: [
        { key: "cooldown", values: [0, 3] },
        { key: "threshold.hot", values: [0.7] },
      ],
      seeds: [5, 6, 7],
    });
    expect(parse({ ...SMALL, seeds: [3, 1] }).seeds).toEqual([3, 1]);
  });

  it.each([
    ["{", /^s\.json: invalid JSON.*: /],
    ['{\n"trace": "synthetic",\n"policies": oops}', /^s\.json: invalid JSON/],
    ["[]", /invalid sweep: \[\]; give an object in braces/],
    [{ ...SMALL, polices: [] }, /unknown key: polices \(did you mean policies\?\); known: trace, /],
    [{ policies: ["random"] }, /no trace; give one or a list/],
    [{ trace: "synthetic" }, /no policies; give one or a list/],
    [{ ...SMALL, trace: "syntetic" }, /unknown trace: syntetic \(did you mean synthetic\?\)/],
    [{ ...SMALL, trace: 3 }, /invalid trace: 3; give a text, or a list of them/],
    [{ ...SMALL, policies: ["treshold"] }, /unknown policy: treshold/],
    [{ ...SMALL, policies: [] }, /empty policies; give at least one value/],
    [{ ...SMALL, policies: ["random", "random"] }, /two times random in policies; give each value once/],
    [{ ...SMALL, machines: 0 }, /invalid machines: 0; give a whole number of at least 1 or "all"/],
    [{ ...SMALL, machines: [800, "many"] }, /invalid machines: "many"/],
    [{ ...SMALL, steps: 1.5 }, /invalid steps: 1\.5; give a whole number of at least 1/],
    [{ ...SMALL, steps: null }, /invalid steps: null/],
    [{ ...SMALL, lcRule: "all" }, /invalid lcRule: "all"; give class>=2 or class==3 or priority>=9/],
    [{ ...SMALL, sharing: "rude" }, /invalid sharing: "rude"; give lc-first or fair/],
    [{ ...SMALL, migration: [["free"]] }, /invalid migration: \["free"\]/],
    [{ ...SMALL, seeds: [-1] }, /invalid seeds: -1; give a whole number of at least 0/],
    [{ ...SMALL, seeds: { from: 1, cout: 2 } }, /unknown key of seeds: cout \(did you mean count\?\)/],
    [{ ...SMALL, seeds: { from: 1 } }, /invalid count of seeds: nothing; give a whole number of at least 1/],
    [{ ...SMALL, seeds: { from: 1, count: 1e6 } }, /invalid count of seeds: 1000000; give at most 100000/],
    [{ ...SMALL, set: ["hot"] }, /invalid set: \["hot"\]; give an object/],
    [{ ...SMALL, set: { hott: 1 } }, /unknown key of set: hott \(did you mean hot\?\)/],
    [{ ...SMALL, set: { "gini-greedy.band": 1 } }, /unknown key of set: gini-greedy\.band/],
    [{ ...SMALL, set: { hot: "0.8" } }, /invalid hot: "0\.8"; give a number, or a list of them/],
    [{ ...SMALL, set: { hot: [] } }, /empty hot/],
    [
      { ...SMALL, set: { hot: 1, "threshold.hot": 1 } },
      /two settings of hot of policy threshold: hot and threshold\.hot; give one/,
    ],
  ])("refuses %j", (value, message) => {
    expect(() => parse(value)).toThrow(InputError);
    expect(() => parse(value)).toThrow(message);
    expect(() => parse(value)).toThrow(/^s\.json: [^\n]+$/);
  });
});
