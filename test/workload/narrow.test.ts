import fc from "fast-check";
import { simulate } from "../../src/simulate/simulate.js";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/base/errors.js";
import { findFault } from "../../src/workload/check.js";
import { applyLcRule, keepMachines, keepSteps, keepWindow } from "../../src/workload/narrow.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";
import type { Workload } from "../../src/workload/workload.js";
import { arbitraryWorkload } from "./arbitrary-workload.js";

/** Four steps of 300 s on machines 10, 20, 30; executions on rows 0, 2, nowhere, 1. */
const workload: Workload = {
  source: "google2011",
  stepSeconds: 300,
  steps: 4,
  originSeconds: 600,
  lcRule: "class>=2",
  machines: {
    id: BigInt64Array.of(10n, 20n, 30n),
    cpu: Float64Array.of(0.5, 0.25, 1),
    memory: Float64Array.of(0.5, 0.25, 1),
    up: Uint8Array.of(1, 1, 1),
  },
  machineEvents: {
    time: Float64Array.of(100, 650),
    machine: Int32Array.of(1, 2),
    kind: Uint8Array.of(1, 2),
    cpu: Float64Array.of(0.25, 0.5),
    memory: Float64Array.of(0.25, 0.5),
  },
  executions: {
    job: BigInt64Array.of(1n, 2n, 3n, 4n),
    index: Int32Array.of(0, 0, 0, 0),
    taskClass: Uint8Array.of(0, 1, 1, 0),
    priority: Uint8Array.of(0, 9, 2, 9),
    schedulingClass: Uint8Array.of(0, 3, 2, 1),
    submit: Float64Array.of(0, 0, 250, 500),
    start: Float64Array.of(0, 0, 310, 600),
    end: Float64Array.of(1200, 600, 900, 700),
    outcome: Uint8Array.of(255, 4, 5, 2),
    cpuRequest: Float64Array.of(0.1, 0.2, 0.3, 0.4),
    memoryRequest: Float64Array.of(0.1, 0.2, 0.3, 0.4),
    machine: Int32Array.of(0, 2, -1, 1),
    initial: Uint8Array.of(1, 1, 0, 0),
    measured: Uint8Array.of(1, 1, 1, 0),
  },
  usage: {
    offsets: Int32Array.of(0, 4, 6, 8, 9),
    firstStep: Int32Array.of(0, 0, 1, 2),
    cpu: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9),
    memory: Float32Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90),
  },
  provenance: { inputs: [], options: {}, usage: "mixed", report: {} },
};

describe("keepSteps", () => {
  it("drops later executions and events, and ends longer executions at the cut", () => {
    const { steps, executions, usage, machineEvents } = keepSteps(workload, 2);
    expect(steps).toBe(2);
    expect([...executions.job]).toEqual([1n, 2n, 3n]);
    expect([...executions.end]).toEqual([600, 600, 600]);
    // Job 2 finished at the cut itself; jobs 1 and 3 go on.
    expect([...executions.outcome]).toEqual([255, 4, 255]);
    expect([...usage.offsets]).toEqual([0, 2, 4, 5]);
    expect([...usage.cpu]).toEqual([1, 2, 5, 6, 7]);
    expect([...usage.memory]).toEqual([10, 20, 50, 60, 70]);
    expect([...machineEvents.time]).toEqual([100]);
  });

  it("returns the workload itself where it has no more steps", () => {
    expect(keepSteps(workload, 4)).toBe(workload);
    expect(keepSteps(workload, 9)).toBe(workload);
  });

  it.each([0, -1, 1.5, NaN])("refuses %d", (steps) => {
    expect(() => keepSteps(workload, steps)).toThrow(InputError);
  });
});

describe("keepWindow", () => {
  it("begins as the trace stood: executions under way are there from its start, on their machine, with what is left of them", () => {
    const { steps, originSeconds, executions, usage } = keepWindow(workload, 1, 2);
    expect([steps, originSeconds]).toEqual([2, 900]);
    // Jobs 1 and 2 began before step 1 and are under way; jobs 3 and 4 come 10 s and 300 s into it.
    expect([...executions.job]).toEqual([1n, 2n, 3n, 4n]);
    expect([...executions.initial]).toEqual([1, 1, 0, 0]);
    expect([...executions.submit]).toEqual([-300, -300, -50, 200]);
    expect([...executions.start]).toEqual([0, 0, 10, 300]);
    expect([...executions.end]).toEqual([600, 300, 600, 400]);
    // Job 1 goes on after the window, job 3 ends with it.
    expect([...executions.outcome]).toEqual([255, 4, 5, 2]);
    expect([...executions.machine]).toEqual([0, 2, -1, 1]);
    expect([...usage.firstStep]).toEqual([0, 0, 0, 1]);
    expect([...usage.offsets]).toEqual([0, 2, 3, 5, 6]);
    expect([...usage.cpu]).toEqual([2, 3, 6, 7, 8, 9]);
    expect([...usage.memory]).toEqual([20, 30, 60, 70, 80, 90]);
  });

  it("leaves out executions that ended by its start, and applies the machine events before it", () => {
    const { executions, machines, machineEvents } = keepWindow(workload, 3, 1);
    expect([...executions.job]).toEqual([1n]);
    expect([...machines.up]).toEqual([1, 0, 1]);
    expect([...machines.cpu]).toEqual([0.5, 0.25, 0.5]);
    expect([...machines.memory]).toEqual([0.5, 0.25, 0.5]);
    expect(machineEvents.time.length).toBe(0);
    // The event at 650 s belongs to the step that begins at 600 s; that at 100 s is over.
    const middle = keepWindow(workload, 2, 2);
    expect([...middle.machineEvents.time]).toEqual([50]);
    expect([...middle.machines.up]).toEqual([1, 0, 1]);
    expect([...workload.machines.up]).toEqual([1, 1, 1]);
  });

  it("orders executions under way as executions that all begin at 0: by job, then index", () => {
    const job = BigInt64Array.of(9n, 2n, 3n, 1n);
    const { executions, usage } = keepWindow(
      { ...workload, executions: { ...workload.executions, job } },
      1,
      3,
    );
    expect([...executions.job]).toEqual([2n, 9n, 3n, 1n]);
    expect([...usage.cpu]).toEqual([6, 2, 3, 4, 7, 8, 9]);
  });

  it("of the trace placed as it was, shows the very steps that the whole shows", () => {
    const whole = generateWorkload({ machines: 12, steps: 24, seed: 3 });
    const options = { model: { cpuOvercommit: 10 } };
    const all = simulate(whole, "no-migration", options);
    for (const from of [0, 6, 12, 18]) {
      const part = simulate(keepWindow(whole, from, 6), "no-migration", options);
      for (const column of ["lcUtilization", "runningLc", "machines"] as const) {
        expect([...part.steps[column]]).toEqual([...all.steps[column].slice(from, from + 6)]);
      }
    }
  });

  it.each([
    [-1, 2],
    [3, 2],
    [0, 0],
    [0.5, 1],
  ])("refuses step %d and %d more", (from, steps) => {
    expect(() => keepWindow(workload, from, steps)).toThrow(
      `invalid window: ${steps} steps from step ${from}; the workload has 4, give a window inside them`,
    );
  });
});

describe("keepMachines", () => {
  const rows = Int32Array.of(1, 2);

  it("keeps the executions and events of these machines under their new rows, and all unplaced executions of all machines", () => {
    const kept = keepMachines(workload, { rows, isWhole: false, fraction: 1 }, 1);
    expect([...kept.machines.id]).toEqual([20n, 30n]);
    expect([...kept.machines.cpu]).toEqual([0.25, 1]);
    expect([...kept.executions.job]).toEqual([2n, 3n, 4n]);
    expect([...kept.executions.machine]).toEqual([1, -1, 0]);
    expect([...kept.executions.cpuRequest]).toEqual([0.2, 0.3, 0.4]);
    expect([...kept.usage.offsets]).toEqual([0, 2, 4, 5]);
    expect([...kept.usage.cpu]).toEqual([5, 6, 7, 8, 9]);
    expect([...kept.machineEvents.machine]).toEqual([0, 1]);
    expect(findFault(kept)).toBeUndefined();
  });

  it("drops unplaced executions at the share of the machines dropped", () => {
    const kept = keepMachines(workload, { rows, isWhole: false, fraction: 0 }, 1);
    expect([...kept.executions.job]).toEqual([2n, 4n]);
  });

  it("gives a workload that holds together, whichever machines are kept", () => {
    fc.assert(
      fc.property(
        arbitraryWorkload(),
        fc.infiniteStream(fc.boolean()),
        fc.double({ min: 0, max: 1 }),
        (any, keep, fraction) => {
          const chosen = Int32Array.from(any.machines.id, (_, row) => row).filter(
            () => keep.next().value === true,
          );
          const kept = keepMachines(any, { rows: chosen, isWhole: false, fraction }, 7);
          expect(findFault(kept)).toBeUndefined();
          expect(kept.machines.id.length).toBe(chosen.length);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe("applyLcRule", () => {
  it.each([
    ["class>=2", [0, 1, 1, 0]],
    ["class==3", [0, 1, 0, 0]],
    ["priority>=9", [0, 1, 0, 1]],
  ] as const)("%s", (rule, classes) => {
    const changed = applyLcRule(workload, rule);
    expect([...changed.executions.taskClass]).toEqual(classes);
    expect(changed.lcRule).toBe(rule);
    expect([...workload.executions.taskClass]).toEqual([0, 1, 1, 0]);
  });
});
