import { describe, expect, it } from "vitest";
import { comparedHistories, machineUtilization, orderByMean } from "../../src/charts/machine-history.js";
import { madeUpRun } from "./made-up-runs.js";

const two = madeUpRun({ policy: "a", machines: [[0.5, 0.25]] });

it("refuses runs that cannot be compared machine by machine", () => {
  expect(() => comparedHistories([])).toThrow("no run to draw: simulate a policy first");
  expect(() => comparedHistories([two, two])).toThrow("two runs have the name a");
  expect(() => comparedHistories([madeUpRun({ policy: "b" })])).toThrow(
    "the run of b has no utilization per machine: simulate with keepMachines: true",
  );
  expect(() => comparedHistories([two, madeUpRun({ policy: "b", machines: [[0.5]] })])).toThrow(
    "the runs have different machines (a: 2, b: 1): simulate one workload",
  );
});

it("orders machines by mean, ties by number, those never up first", () => {
  expect(orderByMean([0.5, 0.2, NaN, 0.2, 0.7, 0.2, NaN, NaN], 4)).toEqual([2, 1, 3, 0]);
});

describe("machineUtilization", () => {
  const run = madeUpRun({
    policy: "a",
    machines: [
      [0.5, 0.25, NaN],
      [1, NaN, NaN],
    ],
  });

  it("is the utilization in a step, or the mean, without machines that are down", () => {
    expect(Array.from(machineUtilization(run, 0))).toEqual([0.5, 0.25]);
    expect(Array.from(machineUtilization(run))).toEqual([0.75, 0.25]);
  });

  it("refuses a step that the run does not have", () => {
    expect(() => machineUtilization(run, 2)).toThrow("invalid step: 2; the run has 2");
  });
});
