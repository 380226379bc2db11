import { describe, expect, it } from "vitest";
import { requestShares } from "../../src/simulate/requests.js";
import { simulate } from "../../src/simulate/simulate.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";
import { tinyWorkload } from "../tiny-workload.js";

describe("requestShares", () => {
  it("counts a request for the part of a step in which its task is there, over the capacity that is up", () => {
    const workload = tinyWorkload({
      machines: [{}, { cpu: 0.5 }, { up: false }],
      steps: 4,
      tasks: [
        { machine: 0, initial: true, cpu: [0.1, 0.1, 0.1, 0.1], cpuRequest: 0.75 },
        // Half of step 1 and a quarter of step 2.
        { machine: 0, start: 450, end: 675, cpu: [0.1, 0.1], cpuRequest: 0.2 },
      ],
      events: [
        { time: 650, machine: 1, kind: "remove" },
        { time: 900, machine: 2, kind: "add", cpu: 0.5 },
      ],
    });
    const run = simulate(workload, "no-migration");
    const expected = [0.75 / 1.5, 0.85 / 1.5, 0.8 / 1, 0.75 / 1.5];
    requestShares(run, workload).forEach((share, step) => {
      expect(share).toBeCloseTo(expected[step], 12);
    });
  });

  it("is the sum over all executions, and NaN without machines", () => {
    const workload = generateWorkload({ machines: 10, steps: 12, seed: 4 });
    const run = simulate(workload, "gini-greedy");
    const capacity = workload.machines.cpu.reduce((sum, cpu) => sum + cpu, 0);
    const { placed, ended } = run.tasks;
    requestShares(run, workload).forEach((share, step) => {
      const [from, to] = [300 * step, 300 * (step + 1)];
      let sum = 0;
      placed.forEach((begin, i) => {
        const end = Number.isNaN(ended[i]) ? Infinity : ended[i];
        const there = Math.max(0, Math.min(to, end) - Math.max(from, begin)) / 300;
        if (there > 0) sum += there * workload.executions.cpuRequest[i];
      });
      expect(share).toBeCloseTo(sum / capacity, 9);
    });
    const none = tinyWorkload({ machines: [{ up: false }], steps: 1, tasks: [{ cpu: [0.1] }] });
    expect([...requestShares(simulate(none, "no-migration"), none)]).toEqual([NaN]);
  });
});
