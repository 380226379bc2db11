import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { MODEL } from "../../../src/simulate/model.js";
import { canonicalJson, runKey as keyOf, workloadHash } from "../../../src/study/kept/run-key.js";
import { listScenarios, type Scenario } from "../../../src/study/scenarios.js";
import { parseSweep } from "../../../src/study/design.js";
import type { InputFile } from "../../../src/trace/inputs.js";

function only(more: object): Scenario {
  const file = { trace: "synthetic", policies: "threshold", ...more };
  return listScenarios(parseSweep(JSON.stringify(file), "s.json"))[0];
}

const CODE = "c0de";

function runKey(scenario: Scenario, inputs: readonly InputFile[], code = CODE, version?: string): string {
  return keyOf(scenario, inputs, code, version);
}

const VM = [{ path: "vm1", sha256: "ab" }];

describe("canonicalJson", () => {
  it("orders keys at every depth, leaves lists and drops what is undefined", () => {
    expect(canonicalJson({ b: [2, { d: 1, c: null }], a: "x", e: undefined, B: 0 })).toBe(
      '{"B":0,"a":"x","b":[2,{"c":null,"d":1}]}',
    );
  });
});

describe("runKey", () => {
  it("is the SHA-256 of all that decides the result", () => {
    const model = Object.entries(MODEL)
      .map(([key, parameter]) => `"${key}":${parameter.default}`)
      .sort()
      .join(",");
    const text =
      '{"code":"c0de","policy":{"name":"threshold","parameters":{"cold":0.6,"hot":0.8}},"schedlab":"9.9.9",' +
      `"simulation":{"migration":"pre-copy","model":{${model}},"seed":4,"sharing":"lc-first"},` +
      '"workload":{"format":"planetlab","inputs":[{"path":"vm1","sha256":"ab"}],"open":{"machines":3,"seed":4}}}';
    const key = runKey(only({ trace: "planetlab:x", machines: 3, seeds: 4 }), VM, CODE, "9.9.9");
    expect(key).toBe(createHash("sha256").update(text).digest("hex"));
  });

  it("does not change with what is written out, or with where files lie", () => {
    const key = runKey(only({}), []);
    const written = { trace: "synthetic:machines=800", lcRule: "class>=2", seeds: [1], sharing: "lc-first" };
    expect(runKey(only(written), [])).toBe(key);
    expect(runKey(only({ set: { hot: 0.8, cooldown: 3 } }), [])).toBe(key);
    expect(runKey(only({ trace: "planetlab:a" }), VM)).toBe(runKey(only({ trace: "planetlab:b/c" }), VM));
  });

  it("changes with everything that can change the result", () => {
    const keys = [
      runKey(only({}), []),
      runKey(only({}), [], CODE, "0.0.0"),
      runKey(only({}), [], "c0df"),
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
        { trace: "synthetic:failures=true" },
      ].map((more) => runKey(only(more), [])),
      runKey(only({ trace: "planetlab:a" }), VM),
      runKey(only({ trace: "google2011:a" }), VM),
      runKey(only({ trace: "planetlab:a" }), [{ path: "vm1", sha256: "cd" }]),
      runKey(only({ trace: "planetlab:a" }), [{ path: "vm2", sha256: "ab" }]),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("workloadHash", () => {
  const hash = (more: object, inputs: readonly InputFile[] = []): string =>
    workloadHash(only(more).workload, inputs);

  it("is equal for one workload under different policies and settings, however it is written", () => {
    const text =
      '{"format":"planetlab","inputs":[{"path":"vm1","sha256":"ab"}],"open":{"machines":3,"seed":4}}';
    const expected = createHash("sha256").update(text).digest("hex").slice(0, 16);
    const choice = { trace: "planetlab:x", machines: 3, seeds: 4 };
    expect(hash(choice, VM)).toBe(expected);
    expect(hash({ ...choice, trace: "planetlab:y/z", policies: "random", set: { cooldown: 3 } }, VM)).toBe(
      expected,
    );
    expect(hash({ machines: 800 })).toBe(hash({ trace: "synthetic:machines=800", sharing: "fair" }));
  });

  it("tells workloads apart", () => {
    const others = [{}, { seeds: 2 }, { machines: 799 }, { steps: 12 }, { lcRule: "class==3" }];
    expect(new Set(others.map((more) => hash(more))).size).toBe(others.length);
    expect(hash({ trace: "planetlab:x" }, VM)).not.toBe(hash({ trace: "planetlab:x" }));
  });
});
