/** Whether a placement is a schedule: checked from the rows of the graph, not with what made it. */
import { expect } from "vitest";
import type { Dag } from "../../../src/systems/dag/dag.js";
import type { Placement } from "../../../src/systems/dag/packing.js";

/** Expects every task to run once, on one machine, behind what it waits for, with room for all beside it. */
export function expectFeasible(dag: Dag, made: Placement, machines: number, from = 0): void {
  const { duration, stage, after, stageAfter } = dag;
  const { start, end, machine } = made;
  const width = dag.resources.length;
  const precedes = (before: number, task: number): void => {
    expect(start[task], `${dag.ids[task]} after ${dag.ids[before]}`).toBeGreaterThanOrEqual(end[before]);
  };
  for (let t = 0; t < duration.length; t++) {
    expect(start[t]).toBeGreaterThanOrEqual(from);
    expect(end[t]).toBe(start[t] + duration[t]);
    expect(machine[t]).toBeGreaterThanOrEqual(0);
    expect(machine[t]).toBeLessThan(machines);
    for (const before of after.nodes.subarray(after.offsets[t], after.offsets[t + 1])) precedes(before, t);
    const stages = stageAfter.nodes.subarray(stageAfter.offsets[stage[t]], stageAfter.offsets[stage[t] + 1]);
    stage.forEach((s, before) => {
      if (stages.includes(s)) precedes(before, t);
    });
    for (let r = 0; r < width; r++) {
      let use = 0;
      for (let u = 0; u < duration.length; u++)
        if (machine[u] === machine[t] && start[u] <= start[t] && start[t] < end[u])
          use += dag.demand[u * width + r];
      expect(use).toBeLessThanOrEqual(1 + 1e-6);
    }
  }
}
