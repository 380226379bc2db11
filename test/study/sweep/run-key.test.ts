import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MODEL } from "../../../src/simulate/model.js";
import { canonicalJson, runKey as keyOf, workloadHash } from "../../../src/study/sweep/run-key.js";
import { listScenarios, type Scenario } from "../../../src/study/scenarios.js";
import { readDesign } from "../../../src/study/design.js";
import type { InputFile } from "../../../src/workload/inputs.js";

async function only(more: object): Promise<Scenario> {
  const file = { trace: "synthetic", policies: "threshold", ...more };
  return listScenarios(await readDesign(file))[0];
}

const CODE = "c0de";

function runKey(scenario: Scenario, inputs: readonly InputFile[], code = CODE, version?: string): string {
  return keyOf(scenario, inputs, code, version);
}

const VM = [{ path: "vm1", sha256: "ab" }];

describe("canonicalJson", () => {
  it("sorts keys at every depth, keeps lists and drops undefined values", () => {
    expect(canonicalJson({ b: [2, { d: 1, c: null }], a: "x", e: undefined, B: 0 })).toBe(
      '{"B":0,"a":"x","b":[2,{"c":null,"d":1}]}',
    );
  });
});

describe("runKey", () => {
  it("is the SHA-256 of everything that determines the result", async () => {
    const model = Object.entries(MODEL)
      .map(([key, parameter]) => `"${key}":${parameter.default}`)
      .sort()
      .join(",");
    const text =
      '{"code":"c0de","policy":{"name":"threshold","parameters":{"cold":0.6,"hot":0.8}},"schedlab":"9.9.9",' +
      `"simulation":{"migration":"pre-copy","model":{${model}},"seed":4,"sharing":"lc-first"},` +
      '"workload":{"format":"planetlab","inputs":[{"path":"vm1","sha256":"ab"}],"open":{"machines":3,"seed":4}}}';
    const key = runKey(await only({ trace: "planetlab:x", machines: 3, seeds: 4 }), VM, CODE, "9.9.9");
    expect(key).toBe(createHash("sha256").update(text).digest("hex"));
  });

  it("does not depend on whether defaults are written out, or on the location of files", async () => {
    const key = runKey(await only({}), []);
    const written = {
      trace: "synthetic:machines=800",
      lcRule: "class>=2",
      seeds: [1],
      sharing: "lc-first",
      order: "trace",
    };
    expect(runKey(await only(written), [])).toBe(key);
    expect(runKey(await only({ set: { hot: 0.8, cooldown: 3 } }), [])).toBe(key);
    expect(runKey(await only({ trace: "planetlab:a" }), VM)).toBe(
      runKey(await only({ trace: "planetlab:b/c" }), VM),
    );
  });

  it("changes with everything that can change the result", async () => {
    const keys = await Promise.all([
      only({}).then((scenario) => runKey(scenario, [])),
      only({}).then((scenario) => runKey(scenario, [], CODE, "0.0.0")),
      only({}).then((scenario) => runKey(scenario, [], "c0df")),
      ...[
        { policies: "random" },
        { set: { hot: 0.7 } },
        { set: { cooldown: 0 } },
        { seeds: 2 },
        { machines: 40 },
        { steps: 12 },
        { lcRule: "class==3" },
        { sharing: "fair" },
        { migration: "free" },
        { order: "enforced" },
        { trace: "synthetic:failures=true" },
        { windows: 2 },
        { windows: 2, windowSteps: 3 },
        { metrics: ["gini"] },
        { metrics: ["gini", "jain"] },
      ].map(async (more) => runKey(await only(more), [])),
      only({ trace: "planetlab:a" }).then((scenario) => runKey(scenario, VM)),
      only({ trace: "google2011:a" }).then((scenario) => runKey(scenario, VM)),
      only({ trace: "planetlab:a" }).then((scenario) => runKey(scenario, [{ path: "vm1", sha256: "cd" }])),
      only({ trace: "planetlab:a" }).then((scenario) => runKey(scenario, [{ path: "vm2", sha256: "ab" }])),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("workloadHash", () => {
  const hash = async (more: object, inputs: readonly InputFile[] = []): Promise<string> =>
    workloadHash((await only(more)).workload, inputs);

  it("is equal for one workload under different policies and settings, however it is written", async () => {
    const text =
      '{"format":"planetlab","inputs":[{"path":"vm1","sha256":"ab"}],"open":{"machines":3,"seed":4}}';
    const expected = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const choice = { trace: "planetlab:x", machines: 3, seeds: 4 };
    expect(await hash(choice, VM)).toBe(expected);
    expect(
      await hash({ ...choice, trace: "planetlab:y/z", policies: "random", set: { cooldown: 3 } }, VM),
    ).toBe(expected);
    expect(await hash({ machines: 800 })).toBe(
      await hash({ trace: "synthetic:machines=800", sharing: "fair" }),
    );
  });

  it("distinguishes workloads", async () => {
    const others = [{}, { seeds: 2 }, { machines: 799 }, { steps: 12 }, { lcRule: "class==3" }];
    expect(new Set(await Promise.all(others.map((more) => hash(more)))).size).toBe(others.length);
    expect(await hash({ trace: "planetlab:x" }, VM)).not.toBe(await hash({ trace: "planetlab:x" }));
  });
});
