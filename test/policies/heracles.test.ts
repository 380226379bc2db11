import { describe, expect, it } from "vitest";
import { createPolicy } from "../../src/policies/index.js";
import type { ClusterView } from "../../src/policies/policy.js";
import { simulate } from "../../src/simulate/simulate.js";
import { tinyWorkload } from "../tiny-workload.js";
import { arrival } from "./placement/made-up-view.js";

interface Seen {
  readonly slack: number;
  readonly load: number;
}

/** The caps of a machine, one per decision, if its LC work has this slack and load. */
function caps(seen: readonly Seen[], parameters: Record<string, number> = {}, capacity = 1): number[] {
  const policy = createPolicy("heracles", parameters);
  return seen.map(({ slack, load }, step) => {
    const view = {
      step,
      stepSeconds: 300,
      machines: 1,
      cpuCapacity: [capacity],
      lcTail: [1 - slack],
      lcLoad: [load],
    };
    return policy.control!(view as unknown as ClusterView, Math.random)[0].cap;
  });
}

const at = (slack: number, load = 0.5): Seen => ({ slack, load });

describe("heracles", () => {
  it("starts best-effort work with 2 cores and adds 2 cores per decision, up to the whole machine", () => {
    expect(caps([at(0.5), at(0.5), at(0.5)])).toEqual([0.125, 0.25, 0.375]);
    expect(caps([at(0.5), at(0.5), at(0.5), at(0.5), at(0.5)], {}, 0.5)).toEqual([0.25, 0.5, 0.75, 1, 1]);
    expect(caps([at(0.5), at(0.5)], { least: 0.25, growth: 0.5 })).toEqual([0.25, 0.75]);
  });

  it("stops it if the SLO is violated, until the cooldown is over", () => {
    expect(caps([at(0.5), at(-0.01), at(0.5), at(0.5)])).toEqual([0.125, 0, 0.125, 0.25]);
    const coolingSeconds = 900;
    expect(caps([at(0.5), at(-0.01), at(0.5), at(0.5), at(0.5)], { coolingSeconds })).toEqual([
      0.125, 0, 0, 0, 0.125,
    ]);
    // A violation during the cooldown restarts the cooldown; exactly at the SLO there is no violation.
    expect(caps([at(-0.1), at(-0.1), at(0.5), at(0.5)], { coolingSeconds: 600 })).toEqual([0, 0, 0, 0.125]);
    expect(caps([at(0)])).toEqual([0.125]);
  });

  it("stops it above a load of 0.85, without a cooldown, and lets it run again below 0.8", () => {
    expect(
      caps([at(0.5), at(0.5), at(0.5, 0.86), at(0.5, 0.82), at(0.5, 0.8), at(0.5, 0.79), at(0.5)]),
    ).toEqual([0.125, 0.25, 0, 0, 0, 0.125, 0.25]);
    expect(caps([at(0.5), at(0.5, 0.85)])).toEqual([0.125, 0.25]);
  });

  it("between the loads: no growth below a slack of 0.1, 2 cores below 0.05, growth only below 0.8", () => {
    const middle = 0.82;
    const before = [at(0.5), at(0.5), at(0.5)];
    expect(caps([...before, at(0.5, middle)]).slice(3)).toEqual([0.5]);
    expect(caps([...before, at(0.08, middle), at(0.5, middle), at(0.5, 0.7)]).slice(3)).toEqual([
      // From 0.5 to 0.08 for 0.125 CPU is a slope of -3.36: growth is then predicted to take 0.42 of the 0.5.
      0.375, 0.375, 0.375,
    ]);
    expect(caps([...before, at(0.08, middle), at(0.5, middle), at(0.6, 0.7)]).slice(3)).toEqual([
      0.375, 0.375, 0.5,
    ]);
    expect(caps([...before, at(0.04, middle), at(0.04, middle)]).slice(3)).toEqual([0.125, 0.125]);
  });

  it("below 0.8 a small slack stops only the growth", () => {
    expect(caps([at(0.5), at(0.5), at(0.02), at(0.02)])).toEqual([0.125, 0.25, 0.25, 0.25]);
  });

  it("grows only as far as the slope of the slack allows", () => {
    // 0.4 to 0.3 for 0.125 CPU predicts 0.2; 0.21 and a slope of -0.72 predict 0.12; 0.12 then predicts 0.03,
    // so growth stops. When less LC load brings back 0.2, 0.11 is predicted.
    expect(caps([at(0.4), at(0.4), at(0.3), at(0.21), at(0.12), at(0.12), at(0.2)])).toEqual([
      0.125, 0.25, 0.375, 0.5, 0.5, 0.5, 0.625,
    ]);
    // The effect of the start on the slack also counts: 0.16 - 0.06.
    expect(caps([at(-0.1), at(0.22), at(0.16), at(0.16)])).toEqual([0, 0.125, 0.25, 0.375]);
    expect(caps([at(-0.1), at(0.22), at(0.15), at(0.15)])).toEqual([0, 0.125, 0.125, 0.125]);
  });

  it("does not control a machine without LC work, and discards its state", () => {
    expect(caps([at(0.5), at(0.5), at(1, 0), at(0.5)])).toEqual([0.125, 0.25, 1, 0.125]);
  });

  it("places best-effort tasks only where they may run, LC tasks anywhere", () => {
    const policy = createPolicy("heracles");
    const view = {
      step: 0,
      stepSeconds: 300,
      machines: 3,
      cpuCapacity: [1, 1, 1],
      lcTail: [1.5, 0.5, 0],
      lcLoad: [0.5, 0.5, 0],
      fits: (_: unknown, machine: number) => machine !== 1,
      coldest: (_: unknown, passes: (machine: number) => boolean = () => true) =>
        [0, 1, 2].find((machine) => passes(machine)) ?? -1,
    } as unknown as ClusterView;
    const place = (machine: number, latencyCritical = false): number =>
      policy.place!({ ...arrival(0.1, 0.1), latencyCritical, traceMachine: machine }, view, Math.random);
    expect(place(0)).toBe(0);
    policy.control!(view, Math.random);
    expect(place(0)).toBe(1);
    expect(place(1)).toBe(1);
    expect(place(2)).toBe(2);
    expect(place(-1)).toBe(1);
    expect(place(0, true)).toBe(0);
  });

  it("restores the SLO of LC work in a simulation", () => {
    // On 16 cores at a load of 0.5 almost no request waits: the SLO is 1.2, the slack without best-effort
    // work is 1 / 6. Here LC work loses all CPU that best-effort work uses: 0.25 of it makes every request
    // take 4 / 3 of its time.
    const lc = { lc: true, cpu: [0.5, 0.5, 0.5], machine: 0 };
    const workload = tinyWorkload({
      machines: [{}],
      tasks: [lc, { cpu: [0.25, 0.25, 0.25], machine: 0 }],
      steps: 3,
    });
    const model = { interference: 1 };
    const plain = simulate(workload, createPolicy("no-migration"), { model });
    expect(Array.from(plain.steps.lcTailViolations)).toEqual([1, 1, 1]);
    const { steps } = simulate(workload, createPolicy("heracles", { coolingSeconds: 900 }), { model });
    expect(Array.from(steps.lcTailViolations)).toEqual([1, 0, 0]);
    expect(Array.from(steps.beUtilization)).toEqual([0.25, 0, 0]);
    const again = simulate(workload, createPolicy("heracles", { least: 0.0625 }), { model });
    expect(Array.from(again.steps.beUtilization)).toEqual([0.25, 0, 0.0625]);
    expect(Array.from(again.steps.lcTailViolations)).toEqual([1, 0, 0]);
  });
});

describe("lcTail of the view", () => {
  const workload = tinyWorkload({
    machines: [{}, {}, {}],
    tasks: [
      { lc: true, cpu: [0.5, 0.75, 0.875, 0.25], machine: 0 },
      { lc: true, cpu: [0.5, 0.5, 0.5, 0.5], machine: 1 },
      { cpu: [0.5, 0.5, 0.5, 0.5], machine: 2 },
    ],
    steps: 4,
  });
  const seen = (staleness: number): number[][] => {
    const found: number[][] = [];
    simulate(
      workload,
      (view) => {
        found.push(Array.from({ length: 3 }, (_, m) => view.lcTail[m]));
        return [];
      },
      { model: { staleness } },
    );
    return found;
  };

  it("is the step's recorded tail over the SLO, 0 without LC work, and as stale as the loads", () => {
    const fresh = seen(0);
    const { steps, summary } = simulate(workload, createPolicy("no-migration"));
    fresh.forEach(([first, second, third], step) => {
      // The recorded tail is the mean weighted by LC load.
      const [a, b] = [[0.5, 0.75, 0.875, 0.25][step], 0.5];
      expect(((a * first + b * second) / (a + b)) * summary.lcSlo).toBeCloseTo(steps.lcTail[step], 12);
      expect(third).toBe(0);
    });
    expect(fresh[2][0]).toBeGreaterThan(fresh[1][0]);
    expect(seen(1).slice(1)).toEqual(fresh.slice(0, 3));
  });
});
