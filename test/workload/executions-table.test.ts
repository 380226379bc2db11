import { describe, expect, it } from "vitest";
import { executionsTable } from "../../src/workload/executions-table.js";
import { tinyWorkload } from "../tiny-workload.js";

describe("executionsTable", () => {
  it("has one row per execution with the mean and the peak of its usage", () => {
    const workload = tinyWorkload({
      machines: [{}],
      tasks: [
        { lc: true, priority: 9, cpu: [0.25, 0.75], memory: 0.5, cpuRequest: 1, machine: 0 },
        { start: 300, cpu: [0.125], memory: 0.25 },
      ],
      steps: 2,
    });
    expect(executionsTable(workload).objects()).toMatchObject([
      {
        tier: "prod",
        taskClass: "LC",
        machine: 0n,
        hours: 1 / 6,
        cpuMean: 0.5,
        memoryPeak: 0.5,
        measured: true,
      },
      { tier: "free", taskClass: "BE", machine: null, start: 300, cpuMean: 0.125, memoryMean: 0.25 },
    ]);
  });
});
