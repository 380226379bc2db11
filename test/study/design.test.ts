import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { readDesign, parseExperiment, type Design, type Experiment } from "../../src/study/design.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";

const SMALL = { trace: "synthetic", policies: ["random", "threshold"] };

/** With policies by their names. */
async function read(value: unknown): Promise<object> {
  const { policies, ...design }: Design = await readDesign(value as Experiment);
  return { ...design, policies: policies.map(({ name }) => name) };
}

const DEFAULTS = {
  traces: [{ name: "synthetic" }],
  machines: [undefined],
  steps: [undefined],
  lcRules: [undefined],
  shape: undefined,
  onError: undefined,
  sharing: [undefined],
  migration: [undefined],
  order: [undefined],
  policies: ["random", "threshold"],
  set: [],
  seeds: [undefined],
  windows: undefined,
  metrics: undefined,
};

describe("readDesign", () => {
  it("fills in one default for each missing key", async () => {
    expect(await read(SMALL)).toEqual(DEFAULTS);
  });

  it("takes single values and lists alike, and a range of seeds", async () => {
    const design = await read({
      ...SMALL,
      policies: "threshold",
      machines: [40, "all"],
      steps: 12,
      lcRule: "priority>=9",
      sharing: ["lc-first", "fair"],
      migration: ["free", "dsm", "vm"],
      order: ["trace", "enforced"],
      seeds: { from: 5, count: 3 },
      set: { cooldown: [0, 3], "threshold.hot": 0.7 },
    });
    expect(design).toEqual({
      ...DEFAULTS,
      machines: [40, "all"],
      steps: [12],
      lcRules: ["priority>=9"],
      sharing: ["lc-first", "fair"],
      migration: ["free", "dsm", "vm"],
      order: ["trace", "enforced"],
      policies: ["threshold"],
      set: [
        { key: "cooldown", values: [0, 3] },
        { key: "threshold.hot", values: [0.7] },
      ],
      seeds: [5, 6, 7],
    });
    expect(await read({ ...SMALL, seeds: [3, 1] })).toMatchObject({ seeds: [3, 1] });
    expect(await read({ ...SMALL, windows: 3 })).toMatchObject({ windows: { count: 3 } });
  });

  it("takes workloads, alone, in a list and by names", async () => {
    const workload = generateWorkload({ machines: 2, steps: 2 });
    expect(await read({ ...SMALL, trace: workload })).toMatchObject({
      traces: [{ name: "synthetic", workload }],
    });
    const names = async (trace: unknown): Promise<string[]> =>
      (await readDesign({ ...SMALL, trace } as Experiment)).traces.map(({ name }) => name);
    expect(await names([workload, workload])).toEqual(["synthetic 1", "synthetic 2"]);
    expect(await names({ monday: workload, tuesday: workload })).toEqual(["monday", "tuesday"]);
    await expect(read({ ...SMALL, trace: workload, machines: 2 })).rejects.toThrow(
      "machines has no effect on a workload that is already open",
    );
    await expect(read({ ...SMALL, trace: { monday: 3 } })).rejects.toThrow(
      "invalid trace monday: 3; give a workload",
    );
  });

  it("reads JSON, and names the line of an error", () => {
    expect(parseExperiment(JSON.stringify(SMALL), "s.json")).toEqual(SMALL);
    expect(() => parseExperiment("{", "s.json")).toThrow(/^s\.json: invalid JSON.*: /);
    expect(() => parseExperiment('{\n"trace": "synthetic",\n"policies": oops}', "s.json")).toThrow(
      /^s\.json: invalid JSON/,
    );
  });

  it.each([
    [[], /invalid experiment: \[\]; give an object in braces/],
    [
      { ...SMALL, polices: [] },
      /unknown key of the experiment: polices \(did you mean policies\?\); it has: trace, /,
    ],
    [{ ...SMALL, metrics: ["ginni"] }, /unknown metric: ginni \(did you mean gini\?\)/],
    [{ ...SMALL, metrics: ["gini", "gini"] }, /two metrics called gini/],
    [{ ...SMALL, metrics: "./none.mjs" }, /no such module: \.\/none\.mjs/],
    [{ ...SMALL, policies: "./none.mjs#drain" }, /no such module: \.\/none\.mjs/],
    [{ ...SMALL, policies: ["random", { rule: "x" }] }, /invalid policy: it has no name/],
    [{ ...SMALL, trace: {} }, /empty trace; give at least one workload/],
    [{ ...SMALL, trace: null }, /no trace; give one or a list/],
    [{ ...SMALL, policies: null }, /no policies; give one or a list/],
    [{ ...SMALL, seeds: null }, /invalid seeds: null/],
    [{ ...SMALL, seeds: NaN }, /invalid seeds: NaN/],
    [{ ...SMALL, metrics: null }, /invalid metrics: null/],
    [{ ...SMALL, metrics: [] }, /empty metrics; give at least one/],
    [{ ...SMALL, shape: "autoo" }, /invalid shape: "autoo"; give auto, any/],
    [{ ...SMALL, shape: { cpu: 1, mem: 1 } }, /unknown key of shape: mem/],
    [{ ...SMALL, windows: 0 }, /invalid windows: 0; give a whole number of at least 1/],
    [{ ...SMALL, windowSteps: 3 }, /windowSteps is 3, but windows is missing; give windows as well/],
    [{ ...SMALL, windows: 2, seeds: [1, 2] }, /give one of the two$/],
    [{ ...SMALL, onError: "ignore" }, /invalid onError: "ignore"; give fail or skip/],
    [{ policies: ["random"] }, /no trace; give one or a list/],
    [{ trace: "synthetic" }, /no policies; give one or a list/],
    [{ ...SMALL, trace: "syntetic" }, /unknown trace: syntetic \(did you mean synthetic\?\)/],
    [{ ...SMALL, trace: 3 }, /invalid trace: 3; give the name of a trace, or a workload, or a list of them/],
    [{ ...SMALL, policies: ["treshold"] }, /unknown policy: treshold/],
    [{ ...SMALL, policies: [] }, /empty policies; give at least one/],
    [
      { ...SMALL, policies: ["random", "random"] },
      /two policies have the name random; give each policy once/,
    ],
    [{ ...SMALL, machines: 0 }, /invalid machines: 0; give a whole number of at least 1 or "all"/],
    [{ ...SMALL, machines: [800, "many"] }, /invalid machines: "many"/],
    [{ ...SMALL, steps: 1.5 }, /invalid steps: 1\.5; give a whole number of at least 1/],
    [{ ...SMALL, steps: null }, /invalid steps: null/],
    [{ ...SMALL, lcRule: "all" }, /invalid lcRule: "all"; give class>=2 or class==3 or priority>=9/],
    [{ ...SMALL, sharing: "rude" }, /invalid sharing: "rude"; give lc-first or fair/],
    [{ ...SMALL, order: "forced" }, /invalid order: "forced"; give trace or enforced/],
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
  ])("refuses %j", async (value, message) => {
    await expect(read(value)).rejects.toThrow(InputError);
    await expect(read(value)).rejects.toThrow(message);
    await expect(read(value)).rejects.toThrow(/^[^\n]+$/);
  });
});
