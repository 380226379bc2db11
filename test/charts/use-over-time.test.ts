import { describe, expect, it } from "vitest";
import { useOverTime } from "../../src/charts/use-over-time.js";
import { simulate } from "../../src/simulate/simulate.js";
import { tinyWorkload } from "../tiny-workload.js";

describe("useOverTime", () => {
  const workload = tinyWorkload({
    machines: [{}, {}],
    steps: 2,
    tasks: [
      { lc: true, machine: 0, initial: true, cpu: [0.5, 0.25], cpuRequest: 1 },
      { machine: 1, initial: true, cpu: [0.5, 0.5], cpuRequest: 0.5 },
    ],
  });

  it("stacks BE use on LC use, against requests and capacity", () => {
    const { data, says, table } = useOverTime(simulate(workload, "no-migration"), workload);
    expect(data.map(({ name }) => (name as { en: string }).en)).toEqual([
      "BE",
      "LC",
      "Requested",
      "Capacity",
    ]);
    expect(data.map(({ y }) => y)).toEqual([
      // Along the lower edge and back along the upper one; the last step has a length.
      [25, 12.5, 12.5, 37.5, 37.5, 50],
      [0, 0, 0, 12.5, 12.5, 25],
      [75, 75, 75],
      [100, 100],
    ]);
    expect(table.columns.map(({ values }) => values)).toEqual([
      [0, 300 / 3600],
      [25, 12.5],
      [50, 37.5],
    ]);
    expect(says?.en).toBe(
      "On average, tasks request 75 % of the CPU and use 44 %: 19 % for LC and 25 % for BE tasks.",
    );
  });

  it("refuses another workload", () => {
    const other = tinyWorkload({ machines: [{}], steps: 2, tasks: [{ cpu: [0.1] }] });
    expect(() => useOverTime(simulate(workload, "no-migration"), other)).toThrow(
      "the run has 2 executions, the workload 1: give the workload that was simulated",
    );
  });
});
