import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/base/errors.js";
import { parseSyntheticOptions } from "../../../src/traces/synthetic/spec.js";

describe("parseSyntheticOptions", () => {
  it("reads keys from the text and from the options", () => {
    expect(parseSyntheticOptions("")).toEqual({});
    expect(parseSyntheticOptions("days=2,machines=100,failures=true,lcRule=class>=2", { seed: 5 })).toEqual({
      steps: 576,
      machines: 100,
      failures: true,
      lcRule: "class>=2",
      seed: 5,
    });
    expect(parseSyntheticOptions("days=1,stepSeconds=600").steps).toBe(144);
    expect(parseSyntheticOptions("", { machines: "all", shape: { cpu: 1, memory: 0.5 } })).toEqual({
      cpu: 1,
      memory: 0.5,
    });
    expect(parseSyntheticOptions("seed=3", { seed: 3 })).toEqual({ seed: 3 });
  });

  it.each([
    ["machine=3", /unknown key of the synthetic trace: machine \(did you mean machines\?\)/],
    ["machines=many", /invalid machines of the synthetic trace: many; give a number/],
    ["machines=", /invalid machines/],
    ["machines", /no value for machines/],
    ["seed=1,seed=2", /two values for seed/],
    ["steps=3,days=1", /both steps and days/],
    ["failures=yes", /invalid failures.*give true or false/],
  ])("refuses %s", (text, message) => {
    expect(() => parseSyntheticOptions(text)).toThrow(InputError);
    expect(() => parseSyntheticOptions(text)).toThrow(message);
  });

  it("refuses an option that contradicts the text", () => {
    expect(() => parseSyntheticOptions("seed=1", { seed: 2 })).toThrow(
      /two values for seed: 1 in the trace and 2/,
    );
  });
});
