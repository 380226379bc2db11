import { describe, expect, expectTypeOf, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { createPolicy, POLICIES, type PolicyKey, type PolicyName } from "../../src/policies/index.js";
import { definePolicy } from "../../src/policies/policy.js";
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

  it("have names and parameters that an editor can complete", () => {
    expectTypeOf<"threshold" | "thr-mmt-consolidate" | "oracle">().toExtend<PolicyName>();
    expectTypeOf<"treshold">().not.toExtend<PolicyName>();
    expectTypeOf<"hot" | "threshold.hot" | "lr-mu.points" | "heracles.least">().toExtend<PolicyKey>();
    expectTypeOf<"warm">().not.toExtend<PolicyKey>();
    expectTypeOf<"thr-mmt.points">().not.toExtend<PolicyKey>();
  });
});

describe("definePolicy", () => {
  it("requires only a name, a rule and `create`", () => {
    const still = definePolicy({ name: "still", rule: "Does nothing.", create: () => ({}) });
    expectTypeOf(still.name).toEqualTypeOf<"still">();
    // @ts-expect-error It declares no parameter `hot`.
    definePolicy({ name: "hot", rule: "Burns.", create: ({ hot }) => ({ taskHistory: Number(hot) }) });
    // @ts-expect-error A policy without a rule in words.
    definePolicy({ name: "still", create: () => ({}) });
  });

  it("passes the declared parameters to `create`, and requires all descriptions in the registry", () => {
    const hot = { default: 0.8, unit: "load", description: "a machine above it gives work away" };
    const drain = definePolicy({
      name: "drain",
      rule: "Moves nothing.",
      parameters: { hot },
      create: ({ hot }) => ({ rebalance: (view) => (view.load[0] > hot ? [{ task: 0, to: 1 }] : []) }),
    });
    // @ts-expect-error Family, source, fidelity and deviations are not said.
    const registry: typeof POLICIES = [drain];
    expect(registry[0].parameters).toEqual({ hot });
  });
});
