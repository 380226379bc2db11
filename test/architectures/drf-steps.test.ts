import { describe, expect, it } from "vitest";
import { drfSteps } from "../../src/architectures/drf-steps.js";

describe("drfSteps", () => {
  it("gives table 1 of the DRF paper", () => {
    // Section 4.1: 9 CPUs and 18 GB; the paper picks B first.
    const users = [
      { name: "B", demand: [3, 1] },
      { name: "A", demand: [1, 4] },
    ];
    const steps = drfSteps(users, [9, 18]);
    const ofA = steps.filter("d => d.user === 'A'");
    const ofB = steps.filter("d => d.user === 'B'");
    expect(ofA.array("picked")).toEqual(["", "B", "A", "A", "B", "A"]);
    expect(ofA.array("tasks")).toEqual([0, 0, 1, 2, 2, 3]);
    const shares = (of: typeof ofA): number[] => of.array("share") as number[];
    [0, 0, 2, 4, 4, 6].forEach((ninths, step) => {
      expect(shares(ofA)[step]).toBeCloseTo(ninths / 9, 12);
    });
    [0, 1, 1, 1, 2, 2].forEach((thirds, step) => {
      expect(shares(ofB)[step]).toBeCloseTo(thirds / 3, 12);
    });
  });

  it("refuses a missing user and demands that do not match", () => {
    expect(() => drfSteps([], [1])).toThrow("no user");
    expect(() => drfSteps([{ name: "A", demand: [1] }], [1, 2])).toThrow("demand of A has 1 numbers: give 2");
    expect(() => drfSteps([{ name: "A", demand: [0, 0] }], [1, 2])).toThrow("at least one above 0");
  });
});
