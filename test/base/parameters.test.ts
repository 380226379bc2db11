import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { LOAD, resolveParameters, type Parameters } from "../../src/base/parameters.js";
import { POLICIES } from "../../src/policies/index.js";
import { MODEL } from "../../src/simulate/model.js";
import { DECIDERS } from "../../src/systems/giantvm/decide/index.js";

const PARAMETERS = {
  hot: { default: 0.8, ...LOAD, description: "a load" },
  slack: { default: 0.1, unit: "of the SLO", description: "a share", min: 0, max: 1 },
  pack: { default: 0, unit: "0 or 1", description: "a choice", min: 0, max: 1, integer: true },
} as const;

const resolve = (given: Readonly<Record<string, number>>): unknown =>
  resolveParameters("policy x", PARAMETERS, given);

describe("resolveParameters", () => {
  it("takes what is given, else the defaults, up to both ends of the range", () => {
    expect(resolve({ slack: 1 })).toEqual({ hot: 0.8, slack: 1, pack: 0 });
    expect(resolve({ hot: 0, slack: 0 })).toEqual({ hot: 0, slack: 0, pack: 0 });
    // A load may be above 1.
    expect(resolve({ hot: 1.2 })).toEqual({ hot: 1.2, slack: 0.1, pack: 0 });
  });

  it.each([
    [{ hot: 80 }, "invalid hot of policy x: 80; it must be at most 5; give 0.8 for 80 %"],
    [{ slack: 12.5 }, "invalid slack of policy x: 12.5; it must be at most 1; give 0.125 for 12.5 %"],
    // More than the range allows as a percentage, too.
    [{ slack: 101 }, "invalid slack of policy x: 101; it must be at most 1"],
    [{ slack: -1 }, "invalid slack of policy x: -1; it must be at least 0"],
    [{ pack: 50 }, "invalid pack of policy x: 50; it must be at most 1"],
    [{ pack: 0.5 }, "invalid pack of policy x: 0.5; it must be a whole number"],
    [{ hot: NaN }, "invalid hot of policy x: NaN; it must be a number"],
  ])("refuses %j, and takes a percentage for what it is", (given, message) => {
    expect(() => resolve(given)).toThrow(new InputError(message));
  });
});

describe("every declared parameter", () => {
  const all = [
    ...POLICIES.map(({ name, parameters }): [string, Parameters] => [name, parameters]),
    ["the model", MODEL] as [string, Parameters],
    ...Object.entries(DECIDERS),
  ].flatMap(([owner, parameters]) =>
    Object.entries(parameters).map(([name, parameter]) => ({ owner, name, ...parameter })),
  );

  it("has a unit and a least value", () => {
    expect(all.filter(({ unit, min }) => unit === "" || min === undefined)).toEqual([]);
  });

  /** What is given as a share: a load, a coefficient, or a part "of" something. */
  const shares = all.filter(({ unit }) => /^(load|Gini|weight|of (?!.* a second).*)$/.test(unit));

  it("is found among the shares where it is one", () => {
    const found = shares.map(({ owner, name }) => `${owner}.${name}`);
    expect(found).toEqual(
      expect.arrayContaining([
        ...["threshold.hot", "descheduler.low", "steal-time.threshold", "gini-greedy.target", "ward.limit"],
        ...["the model.workingSet", "the model.minGain", "las-robust.hot"],
      ]),
    );
    expect(found).not.toContain("the model.linkGbps");
  });

  it.each(shares)("$owner: a percentage for $name is refused with its remedy", ({ name, ...parameter }) => {
    const declared = { [name]: parameter };
    for (const ok of [0.5, 1]) {
      const least = Math.min(ok, parameter.max!);
      expect(resolveParameters("it", declared, { [name]: least })).toEqual({ [name]: least });
    }
    expect(() => resolveParameters("it", declared, { [name]: 80 })).toThrow(/; give 0\.8 for 80 %$/);
  });
});
