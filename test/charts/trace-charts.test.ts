import { describe, expect, it } from "vitest";
import { requestAgainstUse, requestUse } from "../../src/charts/request-use.js";
import { taskArrivals, taskDurations } from "../../src/charts/task-life.js";
import { tinyWorkload } from "../tiny-workload.js";

/** Two machines of 1 CPU and 1 memory over four steps: 8 machine-steps. */
const workload = tinyWorkload({
  machines: [{}, {}],
  steps: 4,
  tasks: [
    // Running from the beginning, for two whole steps.
    { lc: true, priority: 9, cpu: [0.5, 0.25], cpuRequest: 1, memory: 0.5, initial: true },
    // Running for half of step 1 and half of step 2.
    { priority: 0, start: 450, end: 750, cpu: [0.25, 0.25], cpuRequest: 0.5, memory: 0.25 },
    { priority: 4, start: 600, end: 700, cpu: [0.125], cpuRequest: 0.3, memory: 0.3 },
  ],
});

describe("requestUse", () => {
  it("weighs requests and memory by running time; CPU samples are means over the step", () => {
    const [prod, beb, free] = requestUse(workload, "tier");
    expect(prod).toEqual({
      group: "prod",
      cpuRequest: 2 / 8,
      cpuUse: 0.75 / 8,
      memoryRequest: 1 / 8,
      memoryUse: 1 / 8,
    });
    expect(free).toEqual({
      group: "free",
      cpuRequest: 0.5 / 8,
      cpuUse: 0.5 / 8,
      memoryRequest: 0.25 / 8,
      memoryUse: 0.25 / 8,
    });
    expect(beb.cpuRequest).toBeCloseTo(0.1 / 8, 12);
  });

  it("draws requested beside used, CPU and memory, in percent", () => {
    const { data } = requestAgainstUse(workload, { by: "class" });
    expect(data.map(({ y, xaxis }) => [y, xaxis])).toEqual([
      [[25, expect.closeTo(7.5, 9)], "x"],
      [[9.375, expect.closeTo(7.8125, 9)], "x"],
      [[12.5, expect.closeTo(4.375, 6)], "x2"],
      [[12.5, expect.closeTo(4.375, 6)], "x2"],
    ]);
  });
});

it("requestAgainstUse says the sums over the groups", () => {
  // CPU: 2 + 0.5 + 0.1 requested and 0.75 + 0.5 + 0.125 used of 8; memory: 1.35 requested.
  expect(requestAgainstUse(workload).says?.en).toMatch(
    /^Tasks request 33 % of the CPU and use 17 %; of the memory, they request 17 % and use 17 %\.$/,
  );
});

describe("taskDurations", () => {
  it("says by when half of each group has ended", () => {
    expect(taskDurations(workload).says?.en).toBe(
      "Half of the new executions have ended after 1.7 min (Batch) and 5 min (Free).",
    );
  });

  it("leaves out executions that were running at the beginning", () => {
    const { data } = taskDurations(workload);
    expect(data.map(({ name, x, y }) => [(name as { en: string }).en, x, y])).toEqual([
      ["Batch", [100], [100]],
      ["Free", [300], [100]],
    ]);
  });
});

describe("taskArrivals", () => {
  it("counts the executions that start in an hour; the last, shorter hour as a rate", () => {
    const { data } = taskArrivals(workload, { by: "class" });
    // 20 minutes of trace: two best-effort arrivals are six an hour.
    expect(data.map(({ y }) => y)).toEqual([[0], [6]]);
    expect(taskArrivals(workload, { by: "class" }).says?.en).toBe(
      "6 executions start per hour, 100 % of them in the group BE.",
    );
  });
});
