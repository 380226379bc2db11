import { expect, it } from "vitest";
import { simulate } from "../../src/simulate/simulate.js";
import { tinyWorkload } from "../tiny-workload.js";

it("asks the policy for each class, even if a smaller task of the other class was refused", () => {
  const task = { cpu: [0.1, 0.1], memory: 0.1, cpuRequest: 0.1 };
  const workload = tinyWorkload({
    machines: [{}],
    steps: 2,
    tasks: [
      { ...task, priority: 9 },
      { ...task, priority: 0, lc: true, memory: 0.2 },
    ],
  });
  const { tasks } = simulate(workload, {
    name: "latency-critical-only",
    place: ({ latencyCritical }) => (latencyCritical ? 0 : -1),
  });
  expect([...tasks.machine]).toEqual([-1, 0]);
});
