import { describe, expect, it } from "vitest";
import { SELECTION } from "../../../src/policies/overload/selection.js";
import type { TaskView } from "../../../src/policies/policy.js";

const task = (id: number, cpu: number, memory: number): TaskView => ({
  id,
  cpu,
  memory,
  latencyCritical: false,
  priority: 0,
  cpuRequest: cpu,
  machine: 0,
  traceMachine: 0,
  age: 1,
});
const TASKS = [task(1, 0.3, 0.1), task(2, 0.1, 0.2), task(3, 0.2, 0.1), task(4, 0.1, 0.4)];
const never = (): number => {
  throw new Error("draws nothing");
};

describe("selection", () => {
  it("MMT takes the least memory and MU the least CPU, ties by id", () => {
    expect(SELECTION.mmt.select(TASKS, 0, never).id).toBe(1);
    expect(SELECTION.mu.select(TASKS, 0, never).id).toBe(2);
  });

  it("HPG takes the smallest that covers the excess, else the largest", () => {
    const chosen = (excess: number): number => SELECTION.hpg.select(TASKS, excess, never).id;
    expect([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35].map(chosen)).toEqual([2, 2, 3, 3, 1, 1, 1]);
  });

  it("RS takes any, as drawn", () => {
    expect([0, 0.3, 0.5, 0.99].map((draw) => SELECTION.rs.select(TASKS, 0, () => draw).id)).toEqual([
      1, 2, 3, 4,
    ]);
  });
});
