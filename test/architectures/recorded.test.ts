import { expect, it } from "vitest";
import { jobsOf } from "../../src/architectures/jobs/jobs-of.js";
import { scheduleMetrics } from "../../src/architectures/metrics.js";
import { recordedSchedule } from "../../src/architectures/recorded.js";
import { workloadFrom } from "../../src/workload/from-rows/workload-from.js";

/** Two jobs: one of two tasks that wait 2 s and 5 s, and one that waits 10 s. */
const WORKLOAD = workloadFrom(
  {
    machines: [{ cpu: 1, memory: 1 }],
    tasks: [
      { job: 1, submit: 10, start: 12, end: 112, cpu: 0.1, memory: 0.1, cpuRequest: 0.2, machine: 1 },
      { job: 1, submit: 10, start: 15, end: 35, cpu: 0.1, memory: 0.1, cpuRequest: 0.2, machine: 1 },
      { job: 2, submit: 30, start: 40, end: 90, cpu: 0.1, memory: 0.1, cpuRequest: 0.2, machine: 1 },
    ],
  },
  { steps: 1 },
);

it("has the waits and responses that the trace recorded", () => {
  const recorded = recordedSchedule(WORKLOAD, jobsOf(WORKLOAD));
  expect([...recorded.tasks.machine]).toEqual([0, 0, 0]);
  const metrics = scheduleMetrics(recorded);
  expect(metrics.waitToFirstMean).toBe((2 + 10) / 2);
  expect(metrics.waitToFullMean).toBe((5 + 10) / 2);
  expect(metrics.responseMean).toBe((102 + 60) / 2);
  expect(metrics.makespan).toBe(112 - 10);
  expect(metrics.unfinished).toBe(0);
  expect(metrics.busyness).toBeNaN();
  expect(metrics.messagesPerTask).toBeNaN();
});
