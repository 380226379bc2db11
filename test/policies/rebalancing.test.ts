import { describe, expect, it } from "vitest";
import { createBounceMemory } from "../../src/policies/bounce.js";
import type { TaskView } from "../../src/policies/policy.js";
import { moved, movingSteps, on, run } from "./hand-made.js";

describe("sandpiper", () => {
  it("after three hot samples moves the task with the highest volume per memory to the least volume", () => {
    // Volume over memory: 1 / (0.75 x 0.9) / 0.1 = 14.8 and 1 / (0.875 x 0.95) / 0.05 = 24.1. Volumes of the
    // targets: 1 / (0.8 x 0.5) = 2.5, 1 / (0.6 x 0.9) = 1.85 though the load is higher.
    const tasks = [
      on(0, 0.5, true),
      on(0, 0.25, false, { memory: 0.1 }),
      on(0, 0.125, false, { memory: 0.05 }),
      on(1, 0.2, true, { memory: 0.5 }),
      on(2, 0.4, true, { memory: 0.1 }),
    ];
    const result = run("sandpiper", tasks, { machines: 3, steps: 4 });
    expect(movingSteps(result)).toEqual([2]);
    expect(moved(result, 2)).toEqual([[2, 0, 2]]);
  });

  it("swaps with a smaller task if there is no room for the task alone", () => {
    // 0.9375 and 0.5: the task of 0.4375 would make 0.9375; against 0.25 the machines come to 0.75 and
    // 0.6875.
    const tasks = [on(0, 0.5, true), on(0, 0.4375), on(1, 0.25, true), on(1, 0.25)];
    expect(moved(run("sandpiper", tasks, { machines: 2, steps: 4 }), 2)).toEqual([
      [3, 1, 0],
      [1, 0, 1],
    ]);
  });

  it("does not swap with tasks of the same total size", () => {
    const tasks = [
      on(0, 0.5, true),
      on(0, 0.4375),
      on(1, 0.0625, true),
      on(1, 0.4375, false, { memory: 0.2 }),
    ];
    expect(movingSteps(run("sandpiper", tasks, { machines: 2, steps: 4 }))).toEqual([]);
  });

  it("ignores spikes, and a load that is expected to fall although three of five samples are hot", () => {
    const spike = [on(0, 0.5, true, { cpu: [0.5, 0.5, 0.9, 0.5, 0.9, 0.5] }), on(0, 0.1), on(1, 0.1)];
    expect(movingSteps(run("sandpiper", spike, { machines: 2, steps: 6 }))).toEqual([]);
    // 0.9, 0.5, 0.9, 0.5, 0.9: mean 0.74, phi -0.92, hence 0.59 next.
    const swinging = [on(0, 0.5, true, { cpu: [0.8, 0.4, 0.8, 0.4, 0.8, 0.8] }), on(0, 0.1), on(1, 0.1)];
    expect(movingSteps(run("sandpiper", swinging, { machines: 2, steps: 6 }))).toEqual([]);
  });
});

describe("descheduler", () => {
  /** Requests of CPU and memory 0.75, 0, 0.3, 0.1. */
  const ask = (machine: number, request: number, priority = 0) =>
    on(machine, 0.01, false, { memory: request, cpuRequest: request, priority });
  const tasks = [ask(0, 0.25, 1), ask(0, 0.25), ask(0, 0.25), ask(2, 0.3), ask(3, 0.1)];

  it("uses fixed marks: one task of the lowest priority brings the machine down to 0.5", () => {
    const parameters = { deviation: 0, low: 0.2, high: 0.5 };
    expect(moved(run("descheduler", tasks, { parameters }))).toEqual([[1, 0, 1]]);
    // No machine is below the low mark: nothing moves.
    expect(moved(run("descheduler", tasks, { parameters: { ...parameters, low: 0 } }))).toEqual([]);
  });

  it("uses marks relative to the mean: 0.1875 and 0.3875", () => {
    expect(moved(run("descheduler", tasks))).toEqual([
      [1, 0, 1],
      [2, 0, 3],
    ]);
    expect(moved(run("descheduler", tasks, { parameters: { perMachine: 1 } }))).toEqual([[1, 0, 1]]);
  });
});

describe("koord-low-node-load", () => {
  const tasks = [
    on(0, 0.25, true),
    on(0, 0.25, false, { priority: 1 }),
    on(0, 0.25),
    on(0, 0.125),
    on(1, 0.125),
    on(2, 0.1875),
    on(3, 0.3),
  ];

  it("acts at the fifth abnormal observation: moves the lowest priority to underused targets", () => {
    // 0.375 above 0.5: no task of priority 0 covers it, so 0.25 moves; 0.125 covers the rest.
    const result = run("koord-low-node-load", tasks, { steps: 6 });
    expect(movingSteps(result)).toEqual([4]);
    expect(moved(result, 4)).toEqual([
      [2, 0, 1],
      [3, 0, 2],
    ]);
  });

  it("does nothing if no machine is underused", () => {
    const low = 0.1;
    expect(movingSteps(run("koord-low-node-load", tasks, { steps: 6, parameters: { low } }))).toEqual([]);
  });
});

describe("koord-suppress", () => {
  it("limits best-effort work to 0.65 less the LC load from the second step on, at least to its floor", () => {
    const { steps } = run("koord-suppress", [on(0, 0.5, true), on(0, 0.5)], { machines: 1, steps: 3 });
    [0.5, 0.15, 0.15].forEach((share, i) => {
      expect(steps.beUtilization[i]).toBeCloseTo(share, 12);
    });
    const busy = run("koord-suppress", [on(0, 0.625, true), on(0, 0.25)], { machines: 1 });
    expect(busy.steps.beUtilization[1]).toBeCloseTo(0.125, 12);
    expect(busy.steps.utilization[1]).toBeCloseTo(0.75, 12);
  });
});

describe("koord", () => {
  /** Machine 0 has LC 0.25 and best-effort 0.5, which gets 0.4 until a task of 0.25 moves to machine 1. */
  const tasks = [on(0, 0.25, true), on(0, 0.25), on(0, 0.25), on(1, 0.125)];
  const shares = (parameters = {}) =>
    Array.from(run("koord", tasks, { machines: 2, steps: 7, parameters }).steps.beUtilization);

  it("limits best-effort work at the second step and moves it after the fifth", () => {
    const result = run("koord", tasks, { machines: 2, steps: 7 });
    expect(movingSteps(result)).toEqual([4]);
    expect(moved(result, 4)).toEqual([[1, 0, 1]]);
    // Means of two machines: 0.5 and 0.125, then 0.4 and 0.125, then 0.25 and 0.375.
    [0.3125, 0.2625, 0.2625, 0.2625, 0.2625, 0.3125].forEach((share, step) => {
      expect(shares()[step]).toBeCloseTo(share, 12);
    });
  });

  it("takes the parameters of both", () => {
    expect(shares({ reclaim: 0.5 })[1]).toBeCloseTo((0.25 + 0.125) / 2, 12);
    expect(movingSteps(run("koord", tasks, { machines: 2, steps: 7, parameters: { high: 0.8 } }))).toEqual(
      [],
    );
  });
});

describe("dcsim-relocate", () => {
  it("uses partly used machines first, each once, then the fullest of the others", () => {
    // 0.1 above 0.9 on machine 0: 0.125 moves to the machine at 0.55, not at 0.5625. Machine 4: 0.25 makes
    // 0.8125 on the other. For machine 5 both are taken: it uses 0.45, not 0.3.
    const tasks = [
      on(0, 0.5, true),
      on(0, 0.25),
      on(0, 0.125),
      on(0, 0.125),
      on(1, 0.5625),
      on(2, 0.55),
      on(3, 0.45),
      on(4, 0.7, true),
      on(4, 0.25),
      on(5, 0.6875, true),
      on(5, 0.25),
      on(6, 0.3),
    ];
    expect(moved(run("dcsim-relocate", tasks, { machines: 7 }))).toEqual([
      [2, 0, 2],
      [8, 4, 1],
      [10, 5, 3],
    ]);
  });

  it("moves nothing if every target would exceed the goal", () => {
    expect(
      moved(run("dcsim-relocate", [on(0, 0.5, true), on(0, 0.45), on(1, 0.45)], { machines: 2 })),
    ).toEqual([]);
  });
});

describe("ward", () => {
  const rising = Array.from({ length: 6 }, (_, i) => 0.225 + 0.0625 * i);
  const others = [on(0, 0.125), on(0, 0.25), on(1, 0.2), on(2, 0.1), on(3, 0.15)];

  it("moves only the largest task from the busiest machine when its rising load is above 0.7", () => {
    // 0.6, 0.6625, 0.725: the third acts. Without 0.25 the load is below 0.7 until 0.5375 + 0.25 of the next
    // steps.
    const result = run("ward", [on(0, 0, true, { cpu: rising }), ...others], { steps: 4 });
    expect(movingSteps(result)).toEqual([2]);
    expect(moved(result, 2)).toEqual([[2, 0, 2]]);
  });

  it("ignores a falling load, and treats a constant load as rising", () => {
    // At first machine 1 is the busiest, with LC work alone; then machine 0, at 0.925, 0.875, 0.825 after
    // 0.975.
    const falling = [
      on(0, 0, true, { cpu: [0.6, 0.55, 0.5, 0.45] }),
      on(0, 0.375),
      on(1, 0, true, { cpu: [1, 0.2, 0.2, 0.2] }),
    ];
    expect(movingSteps(run("ward", falling, { machines: 3, steps: 4 }))).toEqual([]);
    expect(moved(run("ward", [on(0, 0.5, true), ...others]))).toEqual([[2, 0, 2]]);
  });
});

describe("steal-ewma", () => {
  /**
   * Machine 0 wants 1.25, and its best-effort work gets half of its CPU; machine 1 is full of LC, machine 2
   * is half empty.
   */
  const tasks = [
    on(0, 0.75, true),
    on(0, 0.25, false, { memory: 0.02 }),
    on(0, 0.25, false, { memory: 0.01 }),
    on(1, 1, true),
    on(2, 0.5, true),
  ];

  it("moves the task with the least memory at the third hot step, not to a machine full of LC work", () => {
    const result = run("steal-ewma", tasks, { machines: 3, steps: 5 });
    expect(movingSteps(result)).toEqual([2]);
    expect(moved(result, 2)).toEqual([[2, 0, 2]]);
    expect(movingSteps(run("steal-ewma", tasks.slice(0, 4), { machines: 2, steps: 5 }))).toEqual([]);
  });

  it("weighs the gain against the cost: 0.5 x horizon against 5.5 s of copying", () => {
    for (const [horizon, steps] of [
      [10.9, []],
      [11.1, [2]],
    ] as const) {
      const result = run("steal-ewma", tasks, { machines: 3, steps: 5, parameters: { horizon } });
      expect(movingSteps(result)).toEqual(steps);
    }
  });

  it("smooths: a steal of 0.15 is seen as 0.1 at its fifth step, and as hot for three at its seventh", () => {
    const cpu = [0.25, ...Array.from({ length: 8 }, () => 0.575)];
    const late = [on(0, 0, true, { cpu }), on(0, 0.25), on(0, 0.25), on(1, 0.5, true)];
    expect(movingSteps(run("steal-ewma", late, { machines: 2, steps: 9 }))).toEqual([7]);
  });

  it("does not move to a machine with recent steal time", () => {
    const target = [on(2, 0, true, { cpu: [1, 0.25, 0.25, 0.25, 0.25] }), on(2, 0.125)];
    const result = run("steal-ewma", [...tasks.slice(0, 4), ...target], { machines: 3, steps: 5 });
    expect(movingSteps(result)).toEqual([]);
  });

  it("lets a task that bounces wait twice as long", () => {
    const memory = createBounceMemory(3);
    const at = (machine: number) => ({ id: 7, machine }) as TaskView;
    const free = (from: number): number => {
      let step = from;
      while (!memory.mayMove(at(0), step)) step++;
      return step;
    };
    expect(memory.mayMove(at(0), 0)).toBe(true);
    memory.note(at(0), 1, 0);
    expect(free(0)).toBe(4);
    memory.note(at(1), 0, 4);
    expect(free(4)).toBe(11);
    memory.note(at(0), 1, 11);
    expect(free(11)).toBe(24);
    // A return after a long time, or to another machine, is not a bounce.
    memory.note(at(1), 2, 24);
    expect(free(24)).toBe(37);
  });
});

describe("lpt-repack", () => {
  it("distributes best-effort work again, the largest first, and does not move for a tie", () => {
    // 0.5 stays on 0; 0.375 to 2; 0.25 to 1, which has 0.25 of LC; 0.125 to 2: all machines come to 0.5.
    const tasks = [on(0, 0.5), on(0, 0.375), on(0, 0.25), on(0, 0.125), on(1, 0.25, true)];
    const result = run("lpt-repack", tasks, { machines: 3 });
    expect(moved(result)).toEqual([
      [1, 0, 2],
      [2, 0, 1],
      [3, 0, 2],
    ]);
    expect(result.steps.gini[1]).toBeCloseTo(0, 12);
  });
});
