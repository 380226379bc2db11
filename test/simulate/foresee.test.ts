import { describe, expect, it } from "vitest";
import type { ForesightView, Policy } from "../../src/policies/policy.js";
import { simulate } from "../../src/simulate/simulate.js";
import type { SimulationOptions } from "../../src/simulate/settings.js";
import { generateWorkload } from "../../src/traces/synthetic/generate.js";
import type { Workload } from "../../src/workload/workload.js";
import { tinyWorkload } from "../tiny-workload.js";

/** The foreseen and the observed loads of each step. */
function foreseenAndSeen(
  workload: Workload,
  options: SimulationOptions = {},
  { steps = 1, move }: { steps?: number; move?: { task: number; to: number } } = {},
): { foreseen: Float64Array[][]; seen: Float64Array[][] } {
  const foreseen: Float64Array[][] = [];
  const seen: Float64Array[][] = [];
  const columns = ({ load, lcLoad }: Pick<ForesightView, "load" | "lcLoad">): Float64Array[] => [
    Float64Array.from(load),
    Float64Array.from(lcLoad),
  ];
  const policy: Policy = {
    name: "seer",
    rebalanceForeseeing(view) {
      foreseen[view.step + steps] = columns(view.ahead(steps));
      seen[view.step] = columns(view);
      return view.step === 0 && move !== undefined ? [move] : [];
    },
  };
  simulate(workload, policy, options);
  return { foreseen, seen };
}

function expectEqual(a: readonly Float64Array[], b: readonly Float64Array[]): void {
  a.forEach((column, i) => {
    column.forEach((value, m) => {
      expect(value).toBeCloseTo(b[i][m], 9);
    });
  });
}

describe("foresight", () => {
  it("sees exactly the future loads: arrivals, ends, and work that fell behind", () => {
    const workload = generateWorkload({ machines: 40, steps: 24, seed: 5 });
    const { foreseen, seen } = foreseenAndSeen(workload);
    let right = 0;
    let all = 0;
    for (let step = 1; step < 24; step++) {
      seen[step][0].forEach((load, m) => {
        all++;
        if (Math.abs(foreseen[step][0][m] - load) < 1e-9) right++;
      });
    }
    // In the other steps, tasks that do not fit on their machines in the trace go to others.
    expect(right / all).toBeGreaterThan(0.98);
    expect(all).toBe(23 * 40);
  });

  it("continues best-effort work where it stopped", () => {
    // 0.5 wanted, 0.25 left by LC: half of the first sample is done, then half of it and half of the second
    // is wanted.
    const workload = tinyWorkload({
      machines: [{}],
      tasks: [
        { lc: true, cpu: [0.75, 0.25, 0.25], machine: 0 },
        { cpu: [0.5, 0.25, 0.125], machine: 0 },
      ],
      steps: 3,
    });
    const { foreseen } = foreseenAndSeen(workload);
    expect(foreseen[1][0][0]).toBeCloseTo(0.25 + 0.5 * 0.5 + 0.5 * 0.25, 12);
    expect(foreseen[1][1][0]).toBeCloseTo(0.25, 12);
  });

  it("sees two steps ahead which tasks stay, end and arrive", () => {
    const workload = tinyWorkload({
      machines: [{}, { cpu: 0.5 }],
      tasks: [
        { lc: true, cpu: [0.1, 0.2, 0.3, 0.4], machine: 0 },
        { cpu: [0.25, 0.25], machine: 0 },
        { lc: true, start: 300, cpu: [0.25, 0.125], machine: 1 },
        { start: 300, cpu: [0.25], machine: 1 },
        { start: 600, cpu: [0.125], machine: 1 },
        { start: 900, cpu: [0.0625], machine: 1 },
      ],
      steps: 4,
    });
    const { foreseen, seen } = foreseenAndSeen(workload, {}, { steps: 2 });
    expect(foreseen[2][0][0]).toBeCloseTo(0.3, 7);
    expect(foreseen[2][0][1]).toBeCloseTo(0.5, 12);
    expect(foreseen[2][1][1]).toBeCloseTo(0.25, 12);
    expectEqual(foreseen[3], seen[3]);
  });

  it("follows a migration that takes longer than a step, and is above 0 at both ends", () => {
    // 32 GiB at 62.5 MB/s: 550 s, plus the memory written meanwhile.
    const task = { cpu: Array.from({ length: 8 }, (_, i) => 0.0625 * (i + 1)), memory: 0.5, machine: 0 };
    const workload = tinyWorkload({ machines: [{}, {}], tasks: [task], steps: 8 });
    const { foreseen, seen } = foreseenAndSeen(workload, {}, { move: { task: 0, to: 1 } });
    for (let step = 2; step < 7; step++) expectEqual(foreseen[step], seen[step]);
    expect(seen.some(([load]) => load[0] > 0 && load[1] > 0)).toBe(true);
  });

  it("shows a task's future CPU", () => {
    const workload = tinyWorkload({
      machines: [{}],
      tasks: [{ cpu: [0.5, 0.25, 0.125], machine: 0 }],
      steps: 3,
    });
    const shown: number[] = [];
    simulate(workload, {
      name: "seer",
      rebalanceForeseeing(view) {
        if (view.step === 0) for (const k of [1, 2, 3]) shown.push(view.ahead(k).tasksOn(0)[0].cpu);
        return [];
      },
    });
    expect(shown).toEqual([0.25, 0.125, 0]);
  });
});
