import { expect, it } from "vitest";
import { machinesByLoad, meanByRank } from "../../src/charts/machines-by-load.js";
import { madeUpRun } from "./made-up-runs.js";

const run = (policy: string, machines: readonly (readonly number[])[]) => madeUpRun({ policy, machines });

it("sorts the machines of each step, and averages each rank over the steps", () => {
  const loads = meanByRank(
    run("a", [
      [0.9, 0.1, 0.5],
      [0.2, 0.4, 0.6],
    ]),
  );
  // The least loaded: .1 and .2; the middle one: .5 and .4; the most loaded: .9 and .6.
  expect([loads[0], loads[50], loads[100]].map((load) => Number(load.toFixed(6)))).toEqual([
    0.15, 0.45, 0.75,
  ]);
});

it("ignores machines that are down, and steps without a machine", () => {
  const loads = meanByRank(
    run("a", [
      [NaN, 0.5, 0.25],
      [NaN, NaN, NaN],
    ]),
  );
  expect([loads[0], loads[100]]).toEqual([0.25, 0.5]);
});

it("draws one line for each policy, flat for an even load", () => {
  const { data } = machinesByLoad([run("a", [[0.5, 0.5]]), run("b", [[0.25, 0.75]])]);
  expect(data.filter(({ name }) => name).map(({ y }) => [(y as number[])[0], (y as number[])[100]])).toEqual([
    [50, 50],
    [25, 75],
  ]);
});

it("refuses runs without machines and without names of their own", () => {
  expect(() => machinesByLoad([])).toThrow("no run to draw");
  expect(() => machinesByLoad([madeUpRun({ policy: "a" })])).toThrow("simulate with keepMachines: true");
  expect(() => machinesByLoad([run("a", [[1]]), run("a", [[1]])])).toThrow("two runs have the name a");
});
