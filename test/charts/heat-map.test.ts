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

  it("puts two runs and their difference side by side, machines in the order of the first", () => {
    const before = madeUpRun({ policy: "a", machines: [[0.75, 0.25]] });
    const after = madeUpRun({ policy: "b", machines: [[0.5, 0.625]] });
    const { data, layout, says } = utilizationHeatMap([before, after]);
    expect(data.map(({ z }) => z)).toEqual([
      [[25], [75]],
      [[62.5], [50]],
      [[37.5], [-25]],
    ]);
    expect(data.map(({ coloraxis }) => coloraxis)).toEqual(["coloraxis2", "coloraxis2", "coloraxis"]);
    expect(layout.coloraxis).toMatchObject({ cmin: -37.5, cmax: 37.5 });
    expect(says?.en).toBe(
      "Under b, the tenth of the machines that was fullest goes from 75 to 50 % of its CPU, the emptiest from " +
        "25 to 63 %.",
    );
  });

  it("says the means of the fullest and of the emptiest tenth", () => {
    const run = madeUpRun({ policy: "a", machines: [Array.from({ length: 20 }, (_, m) => m / 32)] });
    expect(utilizationHeatMap(run).says?.en).toBe(
      "Under a, the fullest tenth of the machines uses 58 % of its CPU on average, the emptiest 1.6 %.",
    );
  });

  it("refuses runs of different lengths, and more than two", () => {
    const [a, b, c] = ["a", "b", "c"].map((policy) => madeUpRun({ policy, machines: [[0.5]] }));
    const long = madeUpRun({ policy: "d", machines: [[0.5], [0.5]] });
    expect(() => utilizationHeatMap([a, long])).toThrow("the runs have different lengths");
    expect(() => utilizationHeatMap([a, b, c] as never)).toThrow(
      "3 runs to draw: give one, or two to compare",
    );
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
