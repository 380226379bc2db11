import { describe, expect, it } from "vitest";
import type { Sharing } from "../../src/cluster/share.js";
import { InputError } from "../../src/base/errors.js";
import type { ClusterView, Policy } from "../../src/policies/policy.js";
import type { ModelOptions } from "../../src/simulate/model.js";
import type { Order } from "../../src/workload/task-order.js";
import type { SimulationOptions } from "../../src/simulate/settings.js";
import { simulate } from "../../src/simulate/simulate.js";
import { tinyWorkload } from "../tiny-workload.js";

const first: Policy = { name: "first", place: (task, view) => (view.fits(task, 0) ? 0 : -1) };
const QUIET = { interference: 0, migrationOverhead: 0 };

describe("simulate", () => {
  it("delivers all demand if there is room", () => {
    const workload = tinyWorkload({
      machines: [{}, {}],
      tasks: [
        { lc: true, cpu: [0.5, 0.25], machine: 0 },
        { cpu: [0.25, 0.25], machine: 1 },
      ],
      steps: 2,
    });
    const { steps, tasks, summary } = simulate(workload, { name: "trace" });
    expect(Array.from(steps.utilization)).toEqual([0.375, 0.25]);
    // Utilizations 0.5 and 0.25, then equal: sum |x_i - x_j| / (2 n^2 mean) = 0.5 / (8 * 0.375).
    expect(steps.gini[0]).toBeCloseTo(1 / 6, 12);
    expect(steps.gini[1]).toBe(0);
    expect(Array.from(tasks.ended)).toEqual([600, 600]);
    expect(summary.lcShortfall).toBe(0);
    expect(summary.beThroughput).toBe(1);
    expect(summary.beSlowdown).toBe(1);
  });

  it("LC is open-loop: demand that is not served is lost, and the end does not change", () => {
    const workload = tinyWorkload({
      machines: [{}],
      tasks: [
        { lc: true, cpu: [0.75, 0.5] },
        { lc: true, cpu: [0.75, 0.25] },
      ],
      steps: 2,
    });
    const { steps, tasks, summary } = simulate(workload, first);
    expect(steps.lcUtilization[0]).toBe(1);
    expect(steps.lcShortfall[0]).toBeCloseTo(0.5 / 1.5, 12);
    // Both got 0.5 of 0.75: below 95 %.
    expect(steps.lcViolations[0]).toBe(1);
    expect(steps.lcViolations[1]).toBe(0);
    expect(Array.from(tasks.ended)).toEqual([600, 600]);
    expect(summary.lcShortfall).toBeCloseTo(0.5 / 2.25, 12);
    expect(summary.lcViolations).toBe(0.5);
  });

  it("best-effort work is closed-loop: demand that is not served delays the task", () => {
    const workload = tinyWorkload({
      machines: [{}],
      tasks: [{ lc: true, cpu: [0.75, 0.25, 0.25] }, { cpu: [0.5, 0.5] }],
      steps: 3,
    });
    const { steps, tasks, summary } = simulate(workload, first);
    // Served 0.25 of 0.5, then 0.5, then the remaining half step of 0.5.
    expect(Array.from(steps.beUtilization)).toEqual([0.25, 0.5, 0.25]);
    expect(Array.from(steps.steal)).toEqual([0.25, 0, 0]);
    expect(tasks.ended[1]).toBe(750);
    expect(summary.beSlowdown).toBe(1.25);
    expect(summary.beThroughput).toBe(1);
  });

  it("delays uneven demand without gaining or losing work", () => {
    const workload = tinyWorkload({
      machines: [{}],
      tasks: [{ lc: true, cpu: [0.75, 0.75, 0, 0] }, { cpu: [0.5, 0.125, 0.5] }],
      steps: 4,
    });
    const { steps } = simulate(workload, first);
    // Step 0: 0.25 of 0.5 done. Step 1: wants 0.25 + 0.5 * 0.125 = 0.3125, gets 0.25 = the rest of the first
    // sample. Step 2: wants 0.125; step 3: 0.5.
    expect(Array.from(steps.beUtilization)).toEqual([0.25, 0.25, 0.125, 0.5]);
  });

  it("ends a task within its last step, at the time in the trace", () => {
    const workload = tinyWorkload({
      machines: [{}],
      tasks: [{ start: 100, end: 400, cpu: [0.2, 0.1] }],
      steps: 2,
    });
    const { tasks } = simulate(workload, first);
    expect([tasks.placed[0], tasks.ended[0]]).toEqual([100, 400]);
  });

  it("treats memory as a hard limit and lets other tasks wait by priority", () => {
    const workload = tinyWorkload({
      machines: [{ memory: 1 }],
      tasks: [
        { cpu: [0.1, 0.1], memory: 0.5 },
        { cpu: [0.1], memory: 0.75, priority: 2 },
        { cpu: [0.1], memory: 0.5, priority: 1 },
        { cpu: [0.1], memory: 0.5, priority: 9 },
      ],
      steps: 3,
    });
    const { tasks, steps } = simulate(workload, first);
    // Priority 9 and 1 fit together (priority 2 does not fit beside 9), then 2, then 0.
    expect(Array.from(tasks.placed)).toEqual([600, 300, 0, 0]);
    expect(Array.from(steps.waiting)).toEqual([2, 1, 0]);
  });

  it("always ends and reports pending tasks", () => {
    const workload = tinyWorkload({
      machines: [{ memory: 0.5 }],
      tasks: [
        { cpu: [0.1], memory: 0.75 },
        { lc: true, cpu: [0.25], memory: 0.75 },
      ],
      steps: 3,
    });
    const { summary, counts, steps } = simulate(workload, first);
    expect(summary.pending).toBe(1);
    expect(summary.expired).toBe(1);
    expect(counts).toMatchObject({ arrived: 2, placed: 0, ended: 0, waiting: 1, expired: 1, running: 0 });
    expect(steps.lcShortfall[0]).toBe(1);
    expect(steps.lcViolations[0]).toBe(1);
  });

  it("keeps the placement from before the trace, even if it over-commits", () => {
    const workload = tinyWorkload({
      machines: [{ memory: 0.5 }, {}],
      tasks: [
        { cpu: [0.1], memory: 0.5, machine: 0, initial: true },
        { cpu: [0.1], memory: 0.5, machine: 0, initial: true },
        { cpu: [0.1], memory: 0.5, machine: 0 },
      ],
      steps: 1,
    });
    const { tasks } = simulate(workload, { name: "trace" });
    // The third task arrives later: its own machine is full, the other is free.
    expect(Array.from(tasks.machine)).toEqual([0, 0, 1]);
  });

  it("restarts the tasks of a machine that leaves on other machines", () => {
    const workload = tinyWorkload({
      machines: [{}, {}],
      tasks: [
        { cpu: [0.5, 0.5], machine: 0 },
        { lc: true, cpu: [0.25, 0.125], machine: 0 },
      ],
      steps: 4,
      events: [
        { time: 300, machine: 0, kind: "remove" },
        { time: 900, machine: 0, kind: "add", cpu: 0.5 },
      ],
    });
    const { tasks, steps, summary } = simulate(workload, { name: "trace" });
    expect(Array.from(steps.machines)).toEqual([2, 1, 1, 2]);
    expect(summary.evicted).toBe(2);
    expect(Array.from(tasks.machine)).toEqual([1, 1]);
    // Best-effort work starts again at 300; LC work continues at the current time of the trace.
    expect(Array.from(tasks.ended)).toEqual([900, 600]);
    expect(steps.lcUtilization[1]).toBe(0.125);
    expect(steps.utilization[3]).toBe(0);
  });

  it("ends, and does not restart, an execution that ended in the trace when its machine left", () => {
    const workload = tinyWorkload({
      machines: [{}, {}],
      tasks: [{ cpu: [0.5, 0.25], end: 450, machine: 0 }],
      steps: 3,
      events: [{ time: 450, machine: 0, kind: "remove" }],
    });
    const { tasks, summary } = simulate(workload, { name: "trace" });
    expect(summary.evicted).toBe(0);
    expect(tasks.ended[0]).toBe(450);
  });

  it("fair sharing serves by request, independent of the class", () => {
    const workload = tinyWorkload({
      machines: [{}],
      tasks: [
        { lc: true, cpu: [1], cpuRequest: 0.75 },
        { cpu: [1], cpuRequest: 0.25 },
      ],
      steps: 1,
    });
    const { steps } = simulate(workload, first, { sharing: "fair" });
    expect([steps.lcUtilization[0], steps.beUtilization[0]]).toEqual([0.75, 0.25]);
  });

  it("caps best-effort work as the policy says", () => {
    const capped: Policy = { ...first, control: () => [{ machine: 0, cap: 0.25 }] };
    const workload = tinyWorkload({ machines: [{}], tasks: [{ cpu: [0.5, 0.5] }], steps: 3 });
    const { steps } = simulate(workload, capped);
    // The cap applies from the step after the decision.
    expect(Array.from(steps.beUtilization)).toEqual([0.5, 0.25, 0.25]);
  });

  it("does not overcommit CPU requests beyond the factor", () => {
    const workload = tinyWorkload({
      machines: [{}],
      tasks: [
        { cpu: [0.1], cpuRequest: 0.75 },
        { cpu: [0.1], cpuRequest: 0.5 },
      ],
      steps: 1,
    });
    expect(simulate(workload, first, { model: { cpuOvercommit: 1 } }).summary.pending).toBe(1);
    expect(simulate(workload, first, { model: { cpuOvercommit: 1.25 } }).summary.pending).toBe(0);
  });

  it("takes a plain function as a rebalancing policy", () => {
    const workload = tinyWorkload({ machines: [{}, {}], tasks: [{ cpu: [0.5, 0.5], machine: 0 }], steps: 2 });
    const toOne = (): { task: number; to: number }[] => [{ task: 0, to: 1 }];
    const { summary } = simulate(workload, toOne, { model: QUIET });
    expect(summary.policy).toBe("toOne");
    expect(summary.migrations).toBe(1);
  });

  it.each<[SimulationOptions, RegExp]>([
    [{ steps: 3 }, /invalid number of steps: 3; the workload has 2/],
    [{ steps: 0 }, /invalid number of steps/],
    [{ seed: 0.5 }, /invalid seed/],
    [
      { sharing: "unfair" as Sharing },
      /unknown sharing: unfair .did you mean fair\?.; known: lc-first, fair/,
    ],
    [
      { order: "enforce" as Order },
      /unknown order: enforce .did you mean enforced\?.; known: trace, enforced/,
    ],
    [{ model: { linkGbps: 0 } }, /invalid linkGbps of the model: 0; it must be at least/],
    [{ model: { nosuch: 1 } as ModelOptions }, /unknown parameter of the model: nosuch/],
  ])("refuses %j", (options, message) => {
    const workload = tinyWorkload({ machines: [{}], tasks: [{ cpu: [0.5] }], steps: 2 });
    expect(() => simulate(workload, first, options)).toThrow(InputError);
    expect(() => simulate(workload, first, options)).toThrow(message);
  });

  it("names the policy whose move or placement is invalid", () => {
    const workload = tinyWorkload({ machines: [{}], tasks: [{ cpu: [0.5] }], steps: 1 });
    const astray: Policy = { name: "astray", place: () => 7 };
    expect(() => simulate(workload, astray)).toThrow(
      "policy astray at step 0: place returned 7 for task 0; machines are numbered from 0 to 0, or -1",
    );
    const moving: Policy = { name: "moving", rebalance: () => [{ task: 0, to: 7 }] };
    expect(() => simulate(workload, moving)).toThrow(
      "policy moving at step 0: move 1 of rebalance names no machine (7)",
    );
  });

  it("gives the same bytes for the same seed, and another policy stream for another seed", () => {
    const workload = tinyWorkload({
      machines: Array.from({ length: 8 }, () => ({})),
      tasks: Array.from({ length: 20 }, () => ({ cpu: [0.1, 0.1, 0.1, 0.1], memory: 0.01 })),
      steps: 4,
    });
    const restless: Policy = {
      name: "restless",
      rebalance: (view, random) => [
        { task: Math.floor(random() * 20), to: Math.floor(random() * view.machines) },
      ],
    };
    const result = (seed: number): string => {
      const { summary, steps, migrations: moves, manifest } = simulate(workload, restless, { seed });
      return JSON.stringify({ summary, steps, moves, manifest });
    };
    expect(result(1)).toBe(result(1));
    expect(result(1)).not.toBe(result(2));
  });

  it("shows a policy only the past and the present, delayed as the model says", () => {
    const workload = tinyWorkload({ machines: [{}], tasks: [{ cpu: [0.125, 0.25, 0.5, 1] }], steps: 4 });
    const seen = (model: object): number[] => {
      const loads: number[] = [];
      const watch = (view: ClusterView): [] => {
        loads.push(view.load[0]);
        return [];
      };
      simulate(workload, { ...first, rebalance: watch }, { model });
      return loads;
    };
    expect(seen({})).toEqual([0.125, 0.25, 0.5, 1]);
    expect(seen({ staleness: 2 })).toEqual([0.125, 0.125, 0.125, 0.25]);
    expect(seen({ smoothing: 0.5 })).toEqual([0.125, 0.1875, 0.34375, 0.671875]);
    expect(seen({ interval: 2 })).toEqual([0.25, 1]);
  });
});
