import { describe, expect, it } from "vitest";
import { binMachines, utilizationHeatMap } from "../../src/charts/heat-map.js";
import { madeUpRun } from "./made-up-runs.js";

describe("utilizationHeatMap", () => {
  it("puts the least loaded machine at the bottom and leaves a hole where a machine is down", () => {
    const run = madeUpRun({
      policy: "a",
      machines: [
        [0.75, 0.25, 0.5],
        [0.75, 0.25, NaN],
      ],
    });
    const [{ x, y, z }] = utilizationHeatMap(run).data;
    expect(z).toEqual([
      [25, 25],
      [50, null],
      [75, 75],
    ]);
    expect(y).toEqual([0.5, 1.5, 2.5]);
    expect(x).toEqual([150 / 3600, 450 / 3600]);
  });

  it("needs a run with keepMachines", () => {
    expect(() => utilizationHeatMap(madeUpRun({ policy: "a" }))).toThrow(
      "the run of a has no utilization per machine: simulate with keepMachines: true",
    );
  });
});

describe("binMachines", () => {
  it("averages neighbors in rank and time", () => {
    // Machines with means 0, 0.1, 0.2, 0.3 over four steps in at most 4 cells give bins of two by two.
    const cpu = Float64Array.from({ length: 16 }, (_, i) => (i % 4) / 10);
    const bins = binMachines(cpu, [0, 1, 2, 3], 4);
    expect([bins.rows, bins.columns, bins.machinesPerRow, bins.stepsPerColumn]).toEqual([2, 2, 2, 2]);
    expect(Array.from(bins.values, (value) => Number(value.toFixed(12)))).toEqual([0.05, 0.05, 0.25, 0.25]);
  });

  it.each([
    [800, 288],
    [800, 8640],
    [3, 50_000],
    [20_000, 2],
  ])("keeps %i machines in %i steps to about 10,000 cells", (machines, steps) => {
    const { rows, columns } = binMachines(
      new Float64Array(machines * steps),
      [...new Array(machines).keys()],
      10_000,
    );
    expect(rows * columns).toBeLessThanOrEqual(10_000 * 1.1);
    expect(rows * columns).toBeGreaterThan(2000);
  });
});
