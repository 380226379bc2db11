import { describe, expect, it } from "vitest";
import { studentCritical, studentTwoSided } from "../../src/metrics/student.js";

describe("Student's t distribution", () => {
  // Printed tables of the distribution (R: 2 * pt(-t, df), qt(0.975, df)).
  it.each([
    [1, 1, 0.5],
    [2, 2, 0.1835034],
    [2, 10, 0.073388],
    [3, 5, 0.0300992],
    [-3, 5, 0.0300992],
    [0, 7, 1],
    [Infinity, 4, 0],
  ])("|T| is above %d with %d degrees of freedom in %d of cases", (t, degrees, p) => {
    expect(studentTwoSided(t, degrees)).toBeCloseTo(p, 6);
  });

  it.each([
    [1, 12.7062],
    [4, 2.776445],
    [9, 2.262157],
    [30, 2.042272],
    [100, 1.983972],
  ])("with %d degrees of freedom 5 %% lie beyond %d", (degrees, t) => {
    expect(studentCritical(0.05, degrees)).toBeCloseTo(t, 4);
  });

  it("refuses invalid degrees of freedom and probabilities", () => {
    expect(() => studentTwoSided(1, 0)).toThrow(
      "degrees of freedom are 0: give a whole number of at least 1",
    );
    expect(() => studentCritical(1, 3)).toThrow("probability is 1: give a number between 0 and 1");
  });
});
