import { describe, expect, it } from "vitest";
import type { Policy } from "../../src/policies/policy.js";
import type { ModelOptions } from "../../src/simulate/model.js";
import { simulate } from "../../src/simulate/simulate.js";
import { tinyWorkload } from "../tiny-workload.js";

const CPU = [1, 2, 3, 4, 5, 6].map((x) => x / 16);
const workload = tinyWorkload({
  machines: [{}],
  tasks: [
    { cpu: CPU, machine: 0 },
    { cpu: [0.25], machine: 0 },
    { start: 900, cpu: [0.125, 0.0625, 0.125], machine: 0 },
  ],
  steps: 6,
});

/**
 * The history of every task after each step, in sixteenths, for a policy that asks for `length` observations.
 */
function seen(length: number | undefined, model: ModelOptions = {}): Record<number, number[]>[] {
  const found: Record<number, number[]>[] = [];
  const policy: Policy = {
    name: "reader",
    taskHistory: length,
    rebalance(view) {
      const histories = view.tasksOn(0).map((task) => [task.id, view.taskHistory(task).map((x) => 16 * x)]);
      found.push(Object.fromEntries(histories) as Record<number, number[]>);
      return [];
    },
  };
  simulate(workload, policy, { model });
  return found;
}

describe("history of a task", () => {
  it("holds its last observations since it was placed, also if its slot was used before", () => {
    const found = seen(3);
    expect(found.map((of) => of[0])).toEqual([[1], [1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], undefined]);
    // The task of the first step ends after it; its slot is used again in step 3.
    expect(found.map((of) => of[2])).toEqual([undefined, undefined, undefined, [2], [2, 1], undefined]);
  });

  it("is delayed and smoothed like the loads", () => {
    expect(seen(2, { staleness: 2 }).map((of) => of[0])).toEqual([[1], [1], [1], [1, 2], [2, 3], undefined]);
    expect(seen(2, { staleness: 2 })[4][2]).toEqual([]);
    expect(seen(3, { smoothing: 0.5 })[2][0]).toEqual([1, 1.5, 2.25]);
  });

  it("is kept only for a policy that asks", () => {
    expect(() => seen(undefined)).toThrow(
      "no task history is kept: give the policy a taskHistory, the number of steps",
    );
  });
});
