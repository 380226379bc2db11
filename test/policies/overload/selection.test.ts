import { describe, expect, it } from "vitest";
import { multipleCorrelations } from "../../../src/metrics/correlation.js";
import { SELECTION } from "../../../src/policies/overload/selection.js";
import type { ClusterView, TaskView } from "../../../src/policies/policy.js";

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
const blind = {} as ClusterView;
const never = (): number => {
  throw new Error("draws nothing");
};

describe("selection", () => {
  it("MMT takes the task with the least memory and MU with the least CPU, ties by id", () => {
    expect(SELECTION.mmt.select(TASKS, 0, never, blind).id).toBe(1);
    expect(SELECTION.mu.select(TASKS, 0, never, blind).id).toBe(2);
  });

  it("HPG takes the smallest task that covers the excess, else the largest", () => {
    const chosen = (excess: number): number => SELECTION.hpg.select(TASKS, excess, never, blind).id;
    expect([0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35].map(chosen)).toEqual([2, 2, 3, 3, 1, 1, 1]);
  });

  it("RS takes the task that is drawn", () => {
    expect([0, 0.3, 0.5, 0.99].map((draw) => SELECTION.rs.select(TASKS, 0, () => draw, blind).id)).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it("MC takes the task that the others predict best; LC tasks are among the others", () => {
    const a = [1, 3, 2, 5, 4, 6, 8, 2, 9, 1];
    const b = [2, 2, 7, 1, 8, 2, 8, 1, 8, 2];
    const histories: Record<number, number[]> = { 1: a, 2: b, 3: [3, 1, 4, 1, 5, 9, 2, 6, 5, 3] };
    const lc = { ...task(9, 0.1, 0.1), latencyCritical: true };
    const view = (more: Record<number, number[]>): ClusterView =>
      ({
        tasksOn: () => [...TASKS, lc],
        taskHistory: ({ id }: TaskView) => ({ ...histories, ...more })[id] ?? [],
      }) as unknown as ClusterView;
    const chosen = (more: Record<number, number[]>): number =>
      SELECTION.mc.select(TASKS, 0, never, view(more)).id;
    expect(chosen({ 9: b.map((x, i) => 3 * x + (i === 4 ? 1 : 0)) })).toBe(2);
    expect(chosen({ 9: a.map((x, i) => 3 * x + (i === 4 ? 1 : 0)) })).toBe(1);
    // The k tasks observed longest count if all have at least 2k observations: 4 of 10, 10, 10 and 8, but 3
    // of 10, 10, 10 and 7.
    expect(chosen({ 9: b.slice(2) })).toBe(2);
    const three = multipleCorrelations([histories[1], histories[2], histories[3]]);
    expect(chosen({ 9: b.slice(3) })).toBe(1 + three.indexOf(Math.max(...three)));
    // No observations: least memory.
    expect(chosen({ 1: [1, 2, 3], 2: [1, 2, 3], 3: [1, 2, 3] })).toBe(1);
    expect(SELECTION.mc.select([TASKS[3], TASKS[1]], 0, never, view({})).id).toBe(2);
  });
});
