import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { energyJoules, linearPower, ML110_G4, ML110_G5, tablePower } from "../../src/metrics/energy.js";

describe("tablePower", () => {
  it("gives the table's values at its grid points and their mean half-way", () => {
    for (const table of [ML110_G4, ML110_G5]) {
      const power = tablePower(table);
      expect(table).toHaveLength(11);
      table.forEach((watts, i) => {
        expect(power(i / 10)).toBeCloseTo(watts, 10);
        if (i > 0) expect(power((i - 0.5) / 10)).toBeCloseTo((table[i - 1] + watts) / 2, 10);
      });
    }
    expect(tablePower(ML110_G4)(0.7)).toBeCloseTo(108, 10);
    expect(tablePower(ML110_G5)(1)).toBe(135);
  });

  it("is limited to idle and full, and refuses an invalid table", () => {
    expect(tablePower(ML110_G4)(-1)).toBe(86);
    expect(tablePower(ML110_G4)(1.5)).toBe(117);
    expect(() => tablePower([100])).toThrow(InputError);
    expect(() => tablePower([100, -1])).toThrow(InputError);
  });
});

describe("linearPower", () => {
  it("lies between idle and full", () => {
    const power = linearPower(100, 200);
    expect([0, 0.25, 1, 2].map(power)).toEqual([100, 125, 200, 200]);
    expect(() => linearPower(200, 100)).toThrow("idle power is 200, above the maximum 100");
  });
});

describe("energyJoules", () => {
  it("adds up trapezoids", () => {
    // 100 -> 200 -> 150 W, 10 s each: 1500 + 1750 J.
    expect(energyJoules([0, 1, 0.5], 10, linearPower(100, 200))).toBe(3250);
    expect(energyJoules([0, 0], 300)).toBeCloseTo(93.7 * 300, 8);
    expect(energyJoules([0.5], 300)).toBe(0);
    expect(() => energyJoules([0, 1], -1)).toThrow(InputError);
  });
});
