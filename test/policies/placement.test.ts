import { describe, expect, it } from "vitest";
import { createPolicy } from "../../src/policies/index.js";
import { simulate } from "../../src/simulate/simulate.js";
import { tinyWorkload, type TinyTask } from "../tiny-workload.js";

/**
 * Three machines of memory 1. At step 0 the trace puts LC load 0.5, 0.25 and 0.75 on them (memory 0.5 each,
 * on machine 1 0.75); at step 1 tasks arrive that use 0.1 CPU and 0.25 memory each, then one that only an
 * empty machine could hold.
 */
const residents: TinyTask[] = [
  { lc: true, cpu: [0.5, 0.5], memory: 0.5, machine: 0, initial: true },
  { lc: true, cpu: [0.25, 0.25], memory: 0.75, machine: 1, initial: true },
  { lc: true, cpu: [0.75, 0.75], memory: 0.5, machine: 2, initial: true },
];
const arrivals: TinyTask[] = Array.from({ length: 4 }, () => ({
  start: 300,
  cpu: [0.125],
  cpuRequest: 0.25,
  memory: 0.25,
  machine: 2,
}));

function placements(policy: string, parameters = {}): number[] {
  const workload = tinyWorkload({
    machines: [{}, {}, {}],
    tasks: [...residents, ...arrivals, { start: 300, cpu: [0.1], memory: 0.9 }],
    steps: 2,
  });
  const { tasks } = simulate(workload, createPolicy(policy, parameters), { seed: 7 });
  return Array.from(tasks.machine.subarray(3));
}

describe("placement, each task counted at 0.4 of its request of 0.25 until it is observed", () => {
  // Loads before: 0.5, 0.25, 0.75; room for 2, 1 and 2 tasks.
  it.each([
    // The machine in the trace while it has room (2 tasks), then the least loaded with room: 1 (0.25), then 0
    // (0.5).
    ["no-migration", [2, 2, 1, 0, -1]],
    ["first-fit", [0, 0, 1, 2, -1]],
    // After machine 0 comes 1, 2, then 0 again (machine 1 is full).
    ["round-robin", [0, 1, 2, 0, -1]],
    // The least loaded with room: 1 (0.25), then 0 (0.5, 0.6), then 2.
    ["least-loaded", [1, 0, 0, 2, -1]],
    // The most loaded that stays below 1: 2 (0.75 + 0.1, 0.85 + 0.1), then 0 (0.5), then 0 (0.6).
    ["best-fit", [2, 2, 0, 0, -1]],
  ])("%s", (policy, expected) => {
    expect(placements(policy)).toEqual(expected);
  });

  it("best-fit lets a task wait if its limit would be exceeded", () => {
    expect(placements("best-fit", { limit: 0.55 })).toEqual([1, -1, -1, -1, -1]);
  });

  it.each(["random", "power-of-two"])("%s puts tasks where they fit and nowhere else", (policy) => {
    const placed = placements(policy);
    expect(placed[4]).toBe(-1);
    for (const [machine, room] of [2, 1, 2].entries()) {
      expect(placed.filter((m) => m === machine).length).toBeLessThanOrEqual(room);
    }
    expect(placed.slice(0, 4)).not.toContain(-1);
  });

  it("power-of-two with very many draws is least-loaded", () => {
    expect(placements("power-of-two", { choices: 200 })).toEqual(placements("least-loaded"));
  });
});
