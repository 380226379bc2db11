import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { hashModule } from "../../src/base/own-module/hash-module.js";
import { createPolicy, findPolicy, loadPolicy, resolvePolicy } from "../../src/policies/index.js";
import { definePolicy, type ClusterView, type Policy } from "../../src/policies/policy.js";
import { randomStream } from "../../src/base/random.js";

const folder = mkdtempSync(join(tmpdir(), "own-policy-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const view = {} as ClusterView;
const random = randomStream(1, "policy");
const hot = { default: 0.8, unit: "load", description: "a machine above it gives work away" };
const asPolicy = (value: unknown): Policy => value as Policy;

describe("the result of create", () => {
  it("must not have a misspelt hook", () => {
    const create = (): object => ({ rebalanse: () => [] });
    expect(() => createPolicy({ name: "mine", rule: "x", create })).toThrow(
      "unknown key of what create of policy mine returned: rebalanse (did you mean rebalance?)",
    );
  });
});

describe("resolvePolicy and createPolicy", () => {
  it("take a name, a definition, an object, a function, and their own results", () => {
    expect(resolvePolicy("threshold")).toBe(findPolicy("threshold"));
    const definition = definePolicy({
      name: "mine",
      rule: "Moves what is hot.",
      parameters: { hot },
      create: ({ hot }) => ({ rebalance: () => [{ task: 0, to: hot }] }),
    });
    const moved = (policy: Policy): unknown => policy.rebalance?.(view, random);
    expect(moved(createPolicy(definition))).toEqual([{ task: 0, to: 0.8 }]);
    expect(moved(createPolicy(resolvePolicy(definition), { hot: 3 }))).toEqual([{ task: 0, to: 3 }]);
    expect(createPolicy(definition).name).toBe("mine");
    const object = { name: "object", rebalance: () => [{ task: 1, to: 2 }] };
    expect(moved(createPolicy(resolvePolicy(object)))).toEqual([{ task: 1, to: 2 }]);
    const drain = (): [] => [];
    expect(resolvePolicy(drain).name).toBe("drain");
    expect(resolvePolicy(() => []).name).toBe("custom");
    expect(moved(createPolicy(drain))).toEqual([]);
  });

  it("call `create` of a definition for each run, and give each run a copy of a plain object", () => {
    const counting = definePolicy({
      name: "counting",
      rule: "Counts.",
      create() {
        let count = 0;
        return { place: () => count++ };
      },
    });
    const plain = {
      name: "plain",
      place(this: { count?: number }) {
        return (this.count = (this.count ?? -1) + 1);
      },
    };
    for (const choice of [counting, plain]) {
      for (const _ of [1, 2]) {
        const policy = createPolicy(choice);
        expect([1, 2, 3].map(() => policy.place?.({} as never, view, random))).toEqual([0, 1, 2]);
      }
    }
  });

  it("take an instance of a class with private and other fields", () => {
    class Mine {
      readonly name = "mine";
      readonly seen = [4];
      readonly #to = 7;
      place(): number {
        return this.#to + this.seen[0];
      }
    }
    expect(createPolicy(new Mine()).place?.({} as never, view, random)).toBe(11);
    const made = definePolicy({ name: "made", rule: "Places.", create: () => new Mine() });
    expect(createPolicy(made).place?.({} as never, view, random)).toBe(11);
  });

  it.each([
    [
      undefined,
      "invalid policy: it is undefined; a policy is the name of a built-in policy, the path of a module",
    ],
    [3, "invalid policy: it is 3; a policy is"],
    [Promise.resolve(), "invalid policy: it is a promise; a policy is"],
    [[], "invalid policy: it has no name (it is a list of 0); a policy is"],
    [{ rebalance: () => [] }, "invalid policy: it has no name (it is an object with rebalance); a policy is"],
    [{ name: "" }, "invalid policy: it has no name"],
    ["treshold", "unknown policy: treshold (did you mean threshold?); known: no-migration, "],
    ["./x.mjs", 'policy ./x.mjs is a module: load it first, with await loadPolicy("./x.mjs")'],
    [
      { name: "a", rebalence: () => [] },
      "unknown key of policy a: rebalence (did you mean rebalance?); it has: name, ",
    ],
    [{ name: "a", rebalance: [] }, "invalid rebalance of policy a: it is a list of 0, not a function"],
    [{ name: "a", place: null }, "invalid place of policy a: it is null, not a function"],
    [
      { name: "a", taskHistory: 1.5 },
      "invalid taskHistory of policy a: 1.5; it must be a whole number of steps",
    ],
    [{ name: "a", taskHistory: NaN }, "invalid taskHistory of policy a: NaN"],
    [{ name: "a", rule: "b", create: 1 }, "invalid create of policy a: it is 1, not a function"],
    [{ name: "a", create: () => ({}) }, "invalid rule of policy a: it is undefined, not a string"],
    [
      { name: "a", rule: "b", paramters: {}, create: () => ({}) },
      "unknown key of the definition of policy a: paramters (did you mean parameters?)",
    ],
    [
      { name: "a", rule: "b", create: () => [][0] },
      "create of policy a returned undefined; an object with rebalance",
    ],
    [
      { name: "a", rule: "b", create: () => (undefined as unknown as { x: number }).x },
      "policy a cannot be created: Cannot read properties of undefined",
    ],
  ])("refuse %o", (choice, message) => {
    expect(() => createPolicy(asPolicy(choice))).toThrow(InputError);
    expect(() => createPolicy(asPolicy(choice))).toThrow(message);
  });

  it("refuse an unknown parameter, and a value that is not a number, for a user's own policy", () => {
    const mine = definePolicy({ name: "mine", rule: "None.", parameters: { hot }, create: () => ({}) });
    expect(() => createPolicy(mine, { hod: 1 })).toThrow(
      "unknown parameter of policy mine: hod (did you mean hot?); it has: hot",
    );
    expect(() => createPolicy(mine, { hot: "1" as unknown as number })).toThrow("it must be a number");
  });
});

describe("loadPolicy", () => {
  const path = join(folder, "drain.mjs");
  writeFileSync(
    path,
    `export const drain = {
       name: "drains", rule: "Drains.", parameters: { hot: ${JSON.stringify(hot)} },
       create: ({ hot }) => ({ rebalance: () => [{ task: 0, to: hot }] }),
     };
     export const still = () => [];
     export const object = { name: "object" };
     export const typo = { name: "typo", rebalance: () => [], plase: () => 0 };
     export const wrong = { name: "wrong", rebalence: () => [] };
     export const number = 1;`,
  );

  it("takes a definition, an object or a function from a module, with the module's hash", async () => {
    const resolved = await loadPolicy(`${path}#drain`);
    const module = { reference: `${path}#drain`, sha256: await hashModule(path) };
    expect(resolved).toMatchObject({ name: "drains", parameters: { hot }, module });
    expect(createPolicy(resolved, { hot: 2 }).rebalance?.(view, random)).toEqual([{ task: 0, to: 2 }]);
    expect((await loadPolicy(`${path}#still`)).name).toBe("still");
    writeFileSync(join(folder, "only.mjs"), "export default () => [];");
    expect((await loadPolicy(join(folder, "only.mjs"))).name).toBe("only");
  });

  it("takes everything that needs no loading, too", async () => {
    expect(await loadPolicy("threshold")).toBe(findPolicy("threshold"));
    expect((await loadPolicy({ name: "object" })).name).toBe("object");
  });

  it("says what is wrong with an export", async () => {
    await expect(loadPolicy(`${path}#wrong`)).rejects.toThrow(
      /not a policy: it is an object with name, rebalence$/,
    );
    await expect(loadPolicy(`${path}#typo`)).rejects.toThrow(
      "unknown key of policy typo: plase (did you mean place?)",
    );
    await expect(loadPolicy(`${path}#number`)).rejects.toThrow(
      /the export number of .* is not a policy: it is 1$/,
    );
    await expect(loadPolicy(path)).rejects.toThrow(/several exports that may be a policy: drain, still, /);
  });
});
