import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { createPolicy, POLICIES } from "../../src/policies/index.js";
import { MODEL } from "../../src/simulate/model.js";

describe("policies", () => {
  it("have different names, a rule, a source and parameters within their own range", () => {
    expect(new Set(POLICIES.map(({ name }) => name)).size).toBe(POLICIES.length);
    for (const { name, rule, source, parameters, mark } of POLICIES) {
      expect(rule, name).toMatch(/\.$/);
      expect(source, name).not.toBe("");
      expect(createPolicy(name).name).toBe(name);
      if (typeof mark?.above === "string") expect(parameters, name).toHaveProperty(mark.above);
      for (const [key, { default: value, min = -Infinity, max = Infinity }] of Object.entries(parameters)) {
        expect(value >= min && value <= max, `${name}.${key}`).toBe(true);
        expect(Object.hasOwn(MODEL, key), `${name}.${key} is also a key of the model`).toBe(false);
      }
    }
  });

  it("refuses unknown names and parameters, naming the known ones", () => {
    expect(() => createPolicy("nosuch")).toThrow(InputError);
    expect(() => createPolicy("nosuch")).toThrow(/unknown policy: nosuch; known: no-migration, /);
    expect(() => createPolicy("threshold", { warm: 1 })).toThrow(
      "unknown parameter of policy threshold: warm; it has: hot, cold",
    );
    expect(() => createPolicy("power-of-two", { choices: 1.5 })).toThrow("it must be a whole number");
  });
});
